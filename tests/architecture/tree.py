"""What the repository holds, without what was built or installed into it."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("engine", "renderers", "outputs", "portal")

# For a copy without Git, such as an unpacked source archive.
NOT_OURS = {".git", ".tools", ".venv", "node_modules", "__pycache__", "static", "fonts", "data"}


@cache
def our_files() -> tuple[Path, ...]:
    """List the files under version control, and new ones that are not ignored."""
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
        return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())
    everything = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(
        path for path in everything if not NOT_OURS.intersection(path.relative_to(ROOT).parts)
    )


@cache
def our_texts() -> dict[str, str]:
    """Give the text of each file that is one, by its name."""
    texts = {}
    for path in our_files():
        try:
            texts[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return texts
