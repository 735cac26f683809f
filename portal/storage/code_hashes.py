"""Codes that people type: stored as Argon2id alone, because sixty bits could be tried out."""

import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


def hash_code(code: str) -> str:
    """What is stored of a code."""
    hasher = Argon2id(
        salt=secrets.token_bytes(16), length=32, iterations=2, lanes=1, memory_cost=19 * 1024
    )
    return hasher.derive_phc_encoded(code.encode())


def fits(code: str, code_hash: str) -> bool:
    """Whether this is the code."""
    try:
        Argon2id.verify_phc_encoded(code.encode(), code_hash)
    except InvalidKey:
        return False
    return True


def fits_nothing(code: str) -> None:
    """Take as long as `fits`: what is not there must not answer sooner (R58)."""
    fits(code, _of_nothing())


@lru_cache(maxsize=1)
def _of_nothing() -> str:
    return hash_code(secrets.token_urlsafe(16))
