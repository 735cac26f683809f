"""`look.yaml` of the operator: colours and coat of arms. What nobody could read is refused."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from lxml import etree

from portal.look.contrast import READABLE, Colour, as_text, colour, contrast, lightened

# The grounds on which KERN puts links and buttons' edges, the hardest of each theme.
LIGHT_GROUND: Final = (243, 244, 247)
DARK_GROUND: Final = (29, 32, 52)
_BLACK: Final = (0, 0, 0)
_WHITE: Final = (255, 255, 255)
MOST_BYTES: Final = 20_000  # of a picture: it comes with every first page
_KINDS: Final = {".svg": "image/svg+xml", ".png": "image/png"}
_KEYS: Final = ("colour", "colour_dark", "logo", "logo_dark")
_OUTSIDE = re.compile(rb"""(href\s*=\s*["'](?!\#|data:)|url\(\s*["']?(?!\#|data:)|@import)""")


class LookError(Exception):
    """What is wrong with the file, in words."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A coat of arms."""

    data: bytes
    media_type: str
    name: str  # of its address: changes with its content

    @property
    def address(self) -> str:
        """Where pages find it."""
        return f"/look/{self.name}"


@dataclass(frozen=True, slots=True)
class Look:
    """What lies over KERN: a style sheet, and pictures for a light and for a dark ground."""

    style: str
    logo: Picture | None
    logo_dark: Picture | None

    @property
    def address(self) -> str:
        """Where pages find the style sheet."""
        return f"/look/{hashlib.sha256(self.style.encode()).hexdigest()[:12]}.css"


def read_look(path: Path) -> Look:
    """Read the file and its pictures; `LookError` says everything that is wrong at once."""
    given = _read(path)
    wrong = [f"„{key}“ ist unbekannt; möglich: {', '.join(_KEYS)}" for key in given.keys() - _KEYS]
    light = _light(given.get("colour", ""), wrong)
    dark = _dark(given.get("colour_dark", ""), light, wrong)
    pictures = [_picture(path.parent, given.get(key, ""), wrong) for key in _KEYS[2:]]
    if wrong:
        raise LookError(f"{path.name}: " + "; ".join(sorted(wrong)) + ".")
    return Look(_style(light, dark), pictures[0], pictures[1])


def _read(path: Path) -> dict[str, str]:
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise LookError(f"{path.name} lässt sich nicht lesen ({type(fault).__name__}).") from fault
    except yaml.YAMLError as fault:
        raise LookError(f"{path.name} ist kein YAML: {getattr(fault, 'problem', '')}.") from fault
    if not isinstance(found, dict):
        raise LookError(f"{path.name}: hier stehen Zeilen wie colour: '#7a1f3d'.")
    return {str(key): str(value) for key, value in found.items()}


def _light(text: str, wrong: list[str]) -> Colour | None:
    return _readable("colour", text, LIGHT_GROUND, wrong) if text else None


def _dark(text: str, light: Colour | None, wrong: list[str]) -> Colour | None:
    if text:
        return _readable("colour_dark", text, DARK_GROUND, wrong)
    return lightened(light, DARK_GROUND) if light else None


def _readable(key: str, text: str, ground: Colour, wrong: list[str]) -> Colour | None:
    found = colour(text)
    if found is None:
        wrong.append(f"„{key}“ ist eine Farbe wie '#7a1f3d' (in Anführungszeichen)")
        return None
    ratio = contrast(found, ground)
    if ratio < READABLE:
        where = "hellem" if ground == LIGHT_GROUND else "dunklem"
        wrong.append(
            f"„{key}“ {text} ist auf {where} Grund schlecht zu lesen: Kontrast "
            f"{ratio:.1f}:1, nötig sind {READABLE}:1 (BITV 2.0, WCAG 1.4.3)"
        )
    return found


def _picture(folder: Path, name: str, wrong: list[str]) -> Picture | None:
    if not name:
        return None
    path = folder / name
    kind = _KINDS.get(path.suffix.lower(), "")
    try:
        data = path.read_bytes()
    except OSError:
        wrong.append(f"das Bild {name} fehlt neben der Datei")
        return None
    if len(data) > MOST_BYTES:
        wrong.append(f"das Bild {name} hat {len(data)} Bytes, höchstens {MOST_BYTES} sind möglich")
    if not kind or not _is_what_it_says(data, kind):
        wrong.append(f"das Bild {name} ist weder SVG noch PNG, oder es lädt etwas nach")
    suffix = ".svg" if kind == "image/svg+xml" else ".png"
    return Picture(data, kind, hashlib.sha256(data).hexdigest()[:12] + suffix)


def _is_what_it_says(data: bytes, kind: str) -> bool:
    if kind == "image/png":
        return data.startswith(b"\x89PNG\r\n\x1a\n")
    if b"<!DOCTYPE" in data or b"<script" in data.lower() or _OUTSIDE.search(data):
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser).tag == "{http://www.w3.org/2000/svg}svg"
    except etree.XMLSyntaxError:
        return False


def _style(light: Colour | None, dark: Colour | None) -> str:
    """KERN's action colour in both themes; hovering and pressing follow from it by themselves."""
    if light is None or dark is None:
        return ""
    return (
        f"@media screen{{:root{{{_tokens(light)}}}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_tokens(dark)}}}}}\n"
    )


def _tokens(one: Colour) -> str:
    on = max((_BLACK, _WHITE), key=lambda ink: contrast(one, ink))
    return (
        f"--kern-color-action-default:{as_text(one)};--kern-color-action-on-default:{as_text(on)}"
    )
