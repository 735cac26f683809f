"""Encryption at rest: one data key per case, wrapped by the master key (AES-256-GCM)."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class WrongKeyError(Exception):
    """What is stored was sealed with another key, or was changed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The data key of one case; the case's id is bound into every ciphertext."""

    case: str
    key: bytes

    def close(self, content: bytes, what: str) -> bytes:
        """Encrypt; `what` names the place, so that ciphertexts cannot be swapped."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self.key).encrypt(nonce, content, f"{self.case}/{what}".encode())

    def open(self, sealed: bytes, what: str) -> bytes:
        """Decrypt what `close` made for the same place."""
        try:
            return AESGCM(self.key).decrypt(
                sealed[:_NONCE], sealed[_NONCE:], f"{self.case}/{what}".encode()
            )
        except InvalidTag as fault:
            raise WrongKeyError(f"the stored {what} cannot be opened") from fault


class MasterKey:
    """Wraps data keys; destroying a wrapped key makes the case unreadable, backups included."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the master key has 32 bytes")
        self._cipher = AESGCM(key)

    @classmethod
    def from_file(cls, path: Path) -> "MasterKey":
        """The key in the file; a new one if there is no file yet."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls(path.read_bytes())
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        return cls(path.read_bytes())

    def new_seal(self, case: str) -> tuple[Seal, bytes]:
        """A fresh data key and its wrapped form."""
        key = os.urandom(32)
        nonce = os.urandom(_NONCE)
        return Seal(case, key), nonce + self._cipher.encrypt(nonce, key, case.encode())

    def seal(self, case: str, wrapped: bytes) -> Seal:
        """The data key of a case."""
        try:
            key = self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], case.encode())
        except InvalidTag as fault:
            raise WrongKeyError("the master key does not fit the stored data") from fault
        return Seal(case, key)
