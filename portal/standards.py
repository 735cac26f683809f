"""Standards that the operator installed: known before any definition is read."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.message.shape import Shapes
from outputs.xoev.installed import INSTALLED, installed_in
from outputs.xoev.standards import all_shapes, use_installed
from portal.settings import Settings

if TYPE_CHECKING:  # reading XSD files takes lxml, which most commands do without
    from outputs.xoev.package import Package


def shapes_of(settings: Settings) -> Shapes:
    """Every message that a definition may be mapped to."""
    know_installed(settings)
    return all_shapes()


def know_installed(settings: Settings) -> None:
    """Let definitions and messages name what is installed."""
    use_installed(installed_in(settings.standards) if settings.standards else ())


def install(package: "Package", folder: Path) -> Path:
    """Put a set below the standards folder, whole or not at all; one of its name is replaced."""
    from outputs.xoev.package import described

    home = folder / INSTALLED
    home.mkdir(parents=True, exist_ok=True)
    target = home / package.folder
    with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as work:
        made = Path(work) / package.folder
        for name, content in package.files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (made / "shapes.txt").write_text(package.standard.shapes or "", "utf-8")
        (made / "standard.json").write_text(described(package), "utf-8")
        if target.exists():
            target.rename(Path(work) / "before")
        made.rename(target)
    return target


def uninstall(name: str, folder: Path) -> bool:
    """Take a set away by its folder's name, `<id>-<version>`; whether there was one."""
    target = folder / INSTALLED / name
    if target.parent != folder / INSTALLED or not (target / "standard.json").is_file():
        return False
    shutil.rmtree(target)
    return True
