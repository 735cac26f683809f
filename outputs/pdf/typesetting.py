"""Typst, kept warm: one compiler for the process, our own fonts and nothing of the system's."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from outputs.pdf.glyphs import showable

FAMILIES = ("Noto Sans", "Noto Sans Arabic")

_HERE = Path(str(resources.files("outputs.pdf")))
_FONTS, _TEMPLATES = _HERE / "fonts", _HERE / "templates"
_WEIGHTS = {
    weight: (f"NotoSans-{weight}.ttf", f"NotoSansArabic-{weight}.ttf")
    for weight in ("Regular", "Bold")
}
_lock = threading.Lock()


class FontsMissing(RuntimeError):
    """The fonts of the product are not where they belong."""


def known_characters() -> frozenset[int]:
    """Code points that every weight of our fonts can show."""
    return showable(tuple(map(_font_files, _WEIGHTS)))


def typeset(template: str, data: Mapping[str, object], created: datetime) -> bytes:
    """A PDF/A-3b and PDF/UA-1; `data` reaches the template as JSON and is never evaluated."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    with _lock:
        made = _compiler().compile(
            input=str(_TEMPLATES / template),
            format="pdf",
            sys_inputs={"data": text},
            pdf_standards=["a-3b", "ua-1"],
            timestamp=_fixed_offset(created),
        )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _fixed_offset(when: datetime) -> datetime:
    offset = when.utcoffset()
    if offset is None:
        raise ValueError("a PDF needs a time with a time zone")
    return when.astimezone(timezone(offset))


@cache
def _compiler() -> typst.Compiler:
    known_characters()  # says which font is missing before typst draws boxes
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )
    return typst.Compiler(root=str(_TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


@cache
def _font_files(weight: str) -> tuple[Path, ...]:
    files = tuple(_FONTS / name for name in _WEIGHTS[weight])
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise FontsMissing(
            f"{', '.join(missing)} are missing in outputs/pdf/fonts; ./run fetches them"
        )
    return files
