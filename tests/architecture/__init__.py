"""The house stays in order: floors, names, sizes, locks."""
