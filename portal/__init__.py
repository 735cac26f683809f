"""The running product: web, storage, login, delivery, commands."""
