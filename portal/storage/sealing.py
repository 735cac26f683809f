"""Encryption at rest: one data key per case, wrapped by the master key (AES-256-GCM)."""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.storage.files import make_folder, sync_folder, write_synced
from portal.storage.refusals import UnsafeStorageError, WrongKeyError

__all__ = ["MasterKey", "Seal", "WrongKeyError"]

_NONCE = 12
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Seal:
    """The data key of one case; the case's id is bound into every ciphertext."""

    case: str
    key: bytes = field(repr=False)

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
        except (InvalidTag, ValueError) as fault:  # ValueError: cut short, no room for a nonce
            raise WrongKeyError(f"the stored {what} cannot be opened") from fault


class MasterKey:
    """Wraps data keys. It never lies in the database: a copy of that alone cannot be read."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _LENGTH:
            raise UnsafeStorageError(
                f"Der Hauptschlüssel hat {len(key)} statt {_LENGTH} Bytes. Stellen Sie ihn aus der "
                "Sicherung wieder her."
            )
        self._cipher = AESGCM(key)
        self.audit_key = hmac.new(key, b"vordruck/audit", hashlib.sha256).digest()

    @classmethod
    def from_file(cls, path: Path) -> "MasterKey":
        """The key in the file; a new one if there is no file yet."""
        if not path.exists():
            _make_key_file(path)
        return cls(path.read_bytes())

    @classmethod
    def from_text(cls, text: str) -> "MasterKey":
        """The key as 64 hexadecimal digits, as a secret store hands it out."""
        try:
            return cls(bytes.fromhex(text.strip()))
        except ValueError as fault:
            raise UnsafeStorageError(
                f"Der Hauptschlüssel besteht aus {2 * _LENGTH} hexadezimalen Ziffern."
            ) from fault

    def new_seal(self, case: str) -> tuple[Seal, bytes]:
        """A fresh data key and its wrapped form."""
        key = os.urandom(_LENGTH)
        nonce = os.urandom(_NONCE)
        return Seal(case, key), nonce + self._cipher.encrypt(nonce, key, case.encode())

    def seal(self, case: str, wrapped: bytes) -> Seal:
        """The data key of a case."""
        try:
            key = self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], case.encode())
        except (InvalidTag, ValueError) as fault:
            raise WrongKeyError("the master key does not fit the stored data") from fault
        return Seal(case, key)


def _make_key_file(path: Path) -> None:
    """A whole key or none: what is sealed with a key that a power cut takes away is lost."""
    make_folder(path.parent)
    unfinished = path.with_name(f"{path.name}.{os.urandom(6).hex()}")
    try:
        write_synced(unfinished, os.urandom(_LENGTH), mode=0o600)
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:  # another process was quicker; its key is the key
            return
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
