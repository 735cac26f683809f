"""A folder on an SFTP server: `sftp`.

What keeps doubles out: the file's name follows from the key, and it gets that name by the plain
SFTP rename, which refuses a name that is taken (OpenSSH makes a hard link of it). A file of that
name with our bytes counts as delivered, with others as refused for good. Until then it has a name
that begins with a dot; receivers read whatever does not. What they take away they move into the
sub-folder `abgeholt`, where it is still known.

The server's key is pinned: the operator names a file as ssh writes it (`known_hosts`).
"""

import asyncio
import hashlib
import logging
import os
import socket
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncssh

from portal.delivery.transports.folder import PART, PICKED_UP, name_for
from portal.delivery.transports.transport import (
    Acknowledgement,
    LockedOutError,
    RefusedError,
    TargetDownError,
    UnknownTransportError,
    UnreachableError,
)
from portal.loops import wait_for
from portal.settings import Target
from portal.storage.faults import failpoint

PATIENCE = 150.0  # seconds for one attempt; it ends before its lease
_CONNECT, _LOGIN, _ALIVE = 10.0, 20.0, 15.0
_CHUNK = 256 * 1024
_GONE = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)
# It names hosts and files at every connection; what matters is in our own journal.
logging.getLogger("asyncssh").setLevel(logging.WARNING)


class Sftp:
    """Delivers by uploading; a connection for each file."""

    def __init__(self, target: Target, patience: float = PATIENCE) -> None:
        self.target = target
        self._address = urlsplit(target.url)
        self._folder = unquote(self._address.path).rstrip("/")
        self._patience = patience

    def send(self, key: str, name: str, media_type: str, content: bytes) -> Acknowledgement:
        """Upload, unless it is there already; tell what can be read back."""
        try:
            file_name = name_for(key, name)
            return wait_for(lambda: self._send(file_name, content))
        except (RefusedError, UnreachableError):
            raise
        except Exception as fault:
            raise _told(fault) from fault

    async def _send(self, name: str, content: bytes) -> Acknowledgement:
        connection = await self._connect()
        loop = asyncio.get_running_loop()
        # Not a cancellation: closing a file would wait for the very server that is silent.
        leaving = loop.call_later(self._patience, connection.abort)
        try:
            told = await self._deliver(await connection.start_sftp_client(), name, content)
            connection.close()
            await connection.wait_closed()
            return told
        except Exception as fault:
            if loop.time() >= leaving.when():
                raise UnreachableError("too-slow") from fault
            raise
        finally:
            leaving.cancel()
            connection.abort()

    async def _deliver(
        self, sftp: asyncssh.SFTPClient, name: str, content: bytes
    ) -> Acknowledgement:
        if (known := await self._known(sftp, name, content)) is not None:
            return known
        part = await self._upload(sftp, name, content)
        try:
            await sftp.rename(part, self._place(name))
        except asyncssh.SFTPError:
            await _remove(sftp, part)
            # Another worker was quicker, or the answer to the rename was lost.
            if (known := await self._known(sftp, name, content)) is not None:
                return known
            raise
        failpoint("parcel-placed")
        known = await self._known(sftp, name, content)
        if known is None:
            raise UnreachableError("not-there-after-rename")
        return known

    async def _connect(self) -> asyncssh.SSHClientConnection:
        secret = _secret(self.target)
        key_file = self.target.key_file
        try:
            return await asyncssh.connect(
                self._address.hostname or "",
                self._address.port or 22,
                known_hosts=str(self.target.known_hosts),
                username=self.target.user,
                password=None if key_file else secret,
                client_keys=[str(key_file)] if key_file else None,
                passphrase=secret if key_file and secret else None,
                agent_path=None,
                config=None,
                connect_timeout=_CONNECT,
                login_timeout=_LOGIN,
                keepalive_interval=_ALIVE,
            )
        except TimeoutError as fault:
            raise TargetDownError("no-connection") from fault

    async def _known(
        self, sftp: asyncssh.SFTPClient, name: str, content: bytes
    ) -> Acknowledgement | None:
        """What lies there under our name: ours, or somebody has to look."""
        for place in (self._place(name), self._place(f"{PICKED_UP}/{name}")):
            try:
                found = await _read_back(sftp, place, len(content))
            except _GONE:
                continue
            if found != (len(content), hashlib.sha256(content).hexdigest()):
                raise RefusedError("other-file-there")
            return Acknowledgement(*found, name)
        return None

    async def _upload(self, sftp: asyncssh.SFTPClient, name: str, content: bytes) -> str:
        """All of it under another name, forced to the disk if the server can, and read back."""
        await self._remove_parts(sftp, name)
        part = self._place(f".{name}.{os.urandom(4).hex()}{PART}")
        try:
            await _write(sftp, part, content)
            failpoint("parcel-synced")
            found = await _read_back(sftp, part, len(content))
            if found != (len(content), hashlib.sha256(content).hexdigest()):
                raise UnreachableError("stored-differs")
        except Exception:
            await _remove(sftp, part)
            raise
        return part

    async def _remove_parts(self, sftp: asyncssh.SFTPClient, name: str) -> None:
        """What a dead worker left of this very file."""
        try:
            left = [os.fsdecode(one) for one in await sftp.listdir(self._folder or ".")]
        except _GONE as fault:
            raise LockedOutError("folder-missing") from fault
        for one in left:
            if one.startswith(f".{name}.") and one.endswith(PART):
                await _remove(sftp, self._place(one))

    def _place(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder else name


def open_sftp(name: str, target: Target, data: Path) -> Sftp:
    """As all transports are opened; nothing works without the server's pinned key."""
    address = urlsplit(target.url)
    if address.scheme != "sftp" or not address.hostname or address.password:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt die Adresse des Servers (url), zum "
            "Beispiel sftp://dateien.example.de/eingang, ohne Kennwort darin."
        )
    if target.known_hosts is None:
        raise UnknownTransportError(
            f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt die Datei mit dem Schlüssel des Servers "
            "(known_hosts). Sie entsteht mit »ssh-keyscan« und wird mit dem Betreiber des Servers "
            "verglichen."
        )
    if not target.user:
        raise UnknownTransportError(f"VORDRUCK_TARGETS: Dem Ziel »{name}« fehlt der Name (user).")
    return Sftp(target)


async def _write(sftp: asyncssh.SFTPClient, place: str, content: bytes) -> None:
    # "x": a name that is taken is an error, never overwritten.
    async with sftp.open(place, "xb") as file:
        for start in range(0, len(content), _CHUNK):
            await file.write(content[start : start + _CHUNK])
            if start <= len(content) // 2 < start + _CHUNK:
                failpoint("half-sent")
        try:
            await file.fsync()
        except asyncssh.SFTPOpUnsupported:
            return  # then the read-back has to be enough


async def _read_back(sftp: asyncssh.SFTPClient, place: str, most: int) -> tuple[int, str]:
    """Size and hash of what lies there; of more than `most` bytes, the size alone."""
    size = (await sftp.stat(place)).size
    if size is not None and size > most:
        return size, ""
    digest, read = hashlib.sha256(), 0
    async with sftp.open(place, "rb") as file:
        while read <= most and (piece := await file.read(_CHUNK)):
            digest.update(piece if isinstance(piece, bytes) else piece.encode())
            read += len(piece)
    return read, digest.hexdigest()


async def _remove(sftp: asyncssh.SFTPClient, place: str) -> None:
    try:
        await sftp.remove(place)
    except (asyncssh.Error, OSError):
        return  # the next attempt clears it away


def _secret(target: Target) -> str:
    try:
        return target.secret()
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreachableError("password-unreadable") from fault


def _told(fault: Exception) -> UnreachableError:
    """What a fault means for this delivery and for all others that go there."""
    match fault:
        case asyncssh.HostKeyNotVerifiable():
            return LockedOutError("host-key-unknown")
        case asyncssh.PermissionDenied():
            return LockedOutError("login-refused")
        case asyncssh.SFTPPermissionDenied() | asyncssh.SFTPWriteProtect():
            return LockedOutError("folder-not-writable")
        case asyncssh.KeyImportError() | asyncssh.KeyEncryptionError() | FileNotFoundError():
            return LockedOutError("key-file-unreadable")
        case ConnectionRefusedError() | socket.gaierror():
            return TargetDownError("no-connection")
        case asyncssh.SFTPNoSpaceOnFilesystem() | asyncssh.SFTPQuotaExceeded():
            return TargetDownError("target-full")
        case asyncssh.DisconnectError() | asyncssh.SFTPConnectionLost():
            return UnreachableError("connection-lost")
        case asyncssh.SFTPError():
            return UnreachableError(f"sftp-{fault.code}")
    return UnreachableError("no-connection" if isinstance(fault, OSError) else type(fault).__name__)
