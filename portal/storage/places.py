"""Where a folder lies: on a disk of this machine, or on somebody else's over the network."""

from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "fuse.glusterfs"}
)


def network_file_system(folder: Path, mounts: str | None = None) -> str | None:
    """The kind of network file system a folder lies on; None on a disk, or if nobody can tell."""
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(errors="replace")
        except OSError:
            return None
    place = folder.resolve()
    deepest, found = -1, ""
    for line in mounts.splitlines():
        _, point, kind, *_ = [*line.split(" "), "", "", ""]
        mounted = Path(point.replace("\\040", " "))
        # The later of two mounts on the same point covers the earlier.
        if place.is_relative_to(mounted) and len(mounted.parts) >= deepest:
            deepest, found = len(mounted.parts), kind
    return found if found in _NETWORK else None
