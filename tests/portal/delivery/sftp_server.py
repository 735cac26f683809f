"""A real SFTP server on the loopback, locked into a folder, with faults that a test asks for."""

import asyncio
import errno
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh
from pydantic import SecretStr

from portal.settings import Target

USER, PASSWORD = "eingang", "not-a-secret"


@dataclass
class Faults:
    """What the server shall do wrong; nothing at first."""

    cut_after: int | None = None  # bytes
    full_after: int | None = None
    lose: int = 0  # bytes of each write that never reach the disk
    silent: bool = False
    opened: list[str] = field(default_factory=list)  # names of files opened for writing
    synced: int = 0
    taken: bytes | None = None  # somebody else's file appears just before the rename


class _Server(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class SftpServer:
    """The server, what it serves, and the files a client needs for it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "served"
        (self.root / "eingang").mkdir(parents=True)
        self.faults = Faults()
        self.known_hosts = folder / "known_hosts"
        self.key_file = folder / "id"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._host_key = asyncssh.generate_private_key("ssh-ed25519")
        client_key = asyncssh.generate_private_key("ssh-ed25519")
        client_key.write_private_key(str(self.key_file), "pkcs8-pem", passphrase=PASSWORD)
        (folder / "authorized").write_bytes(client_key.export_public_key())
        self._acceptor = self._run(self._listen(str(folder / "authorized")))
        self.port = self._acceptor.get_port()
        self.pin(self._host_key)

    def pin(self, key: asyncssh.SSHKey) -> None:
        """Write the file that the client trusts."""
        public = key.export_public_key().decode()
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {public}")

    def pin_right(self) -> None:
        """The key that the server really has."""
        self.pin(self._host_key)

    def target(self, folder: str = "/eingang", **more: object) -> Target:
        """As the settings would describe it."""
        told = {
            "transport": "sftp",
            "url": f"sftp://127.0.0.1:{self.port}{folder}",
            "user": USER,
            "password": SecretStr(PASSWORD),
            "known_hosts": self.known_hosts,
        }
        return Target.model_validate({**told, **more})

    def names(self) -> list[str]:
        """Everything that lies in the folder, hidden files too."""
        place = self.root / "eingang"
        return sorted(str(one.relative_to(place)) for one in place.rglob("*") if one.is_file())

    def close(self) -> None:
        """Give everything back."""
        self._acceptor.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def _run(self, task: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(task, self._loop).result(10)

    async def _listen(self, authorized: str) -> asyncssh.SSHAcceptor:
        def factory(chan: asyncssh.SSHServerChannel[bytes]) -> _Files:
            return _Files(chan, self.root, self.faults)

        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=_Server,
            server_host_keys=[self._host_key],
            authorized_client_keys=authorized,
            sftp_factory=factory,
        )


class _Files(asyncssh.SFTPServer):
    """Serves the folder and nothing above it."""

    def __init__(self, chan: Any, root: Path, faults: Faults) -> None:
        super().__init__(chan, chroot=str(root).encode())
        self._faults = faults

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        if pflags & asyncssh.FXF_WRITE:
            self._faults.opened.append(Path(path.decode()).name)
        return super().open(path, pflags, attrs)

    async def write(self, file_obj: Any, offset: int, data: bytes) -> int:
        end, faults = offset + len(data), self._faults
        if faults.silent:
            await asyncio.sleep(60)
        if faults.cut_after is not None and end > faults.cut_after:
            file_obj.write(data[: len(data) // 2])
            file_obj.flush()
            self.connection.abort()
        if faults.full_after is not None and end > faults.full_after:
            raise OSError(errno.ENOSPC, "No space left on device")
        file_obj.seek(offset)
        file_obj.write(data[: len(data) - faults.lose])
        return len(data)

    def fsync(self, file_obj: object) -> None:
        self._faults.synced += 1
        super().fsync(file_obj)

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        if self._faults.taken is not None:
            Path(self.map_path(newpath).decode()).write_bytes(self._faults.taken)
        super().rename(oldpath, newpath)


def serving(folder: Path) -> Iterator[SftpServer]:
    """A server as long as it is needed."""
    server = SftpServer(folder)
    try:
        yield server
    finally:
        server.close()
