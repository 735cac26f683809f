"""The ways in which storage says no. Messages are for operators and never quote what is stored."""


class UnsafeStorageError(Exception):
    """The database or the files cannot keep what we promise; the process must not start."""


class UnavailableError(Exception):
    """For now nothing can be kept (disk full, locked, gone): say so and let people try again."""


class WrongKeyError(Exception):
    """What is stored was sealed with another key, or was changed."""


class DamagedError(Exception):
    """What is stored is not what was accepted; nothing of it may leave the house (R21)."""
