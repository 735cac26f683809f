"""The handbook as one HTML file: no scripts, nothing from elsewhere, to be read and printed."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from engine.handbook import Handbook
from engine.handbook.structure import Cell, Line
from renderers.handbook.pictures import is_wide

Nested: TypeAlias = list[tuple[Line | None, "Nested"]]


def write(handbook: Handbook, pictures: Mapping[str, tuple[bytes, ...]]) -> bytes:
    """The same bytes for the same handbook; `pictures`: SVG by process."""
    drawn = {
        name: {"pieces": [*map(_svg, pieces)], "is_wide": any(map(is_wide, pieces))}
        for name, pieces in pictures.items()
    }
    values = {"book": handbook, "pictures": drawn, "style": Markup(_file("handbook.css"))}  # noqa: S704 - our own
    return f"{_template().render(values)}\n".encode()


@cache
def _template() -> Template:
    made = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["nested"] = nested
    made.filters["kind"] = lambda block: type(block).__name__
    return made.get_template("handbook.html")


def _file(name: str) -> str:
    return (files("renderers.handbook") / name).read_text("utf-8")


def _svg(picture: bytes) -> Markup:
    """Without the declaration, which may stand at the beginning of a file only."""
    text = picture.decode("utf-8")
    return Markup(text[text.index("<svg") :])  # noqa: S704 - drawn by us, texts are escaped


def nested(lines: Cell) -> Nested:
    """Each line with the points below it; a point that stands alone hangs below nothing."""
    found: Nested = []
    levels = [found]
    for line in lines:
        while len(levels) > line.indent + 1:
            levels.pop()
        while len(levels) <= line.indent:
            if not levels[-1]:
                levels[-1].append((None, []))
            levels.append(levels[-1][-1][1])
        levels[-1].append((line, []))
    return found
