"""Reads the shapes of messages: facts of their schemas, one text file per standard and version.

namespace NUMBER URI                               of elements that are not in the standard's own
message NAME | sequence NAME | choice NAME
  element type [least..most] [=fixed] [~|@number]  ~: in no namespace
codes NAME list-URI version                        -: the schema leaves it open
  code code …
content NAME base [datatype] [length..length] [least-most] [.decimals] [/pattern/]
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from engine.message.shape import Codes, Content, Element, Kind, Parts

_OFTEN = re.compile(r"(\d+)\.\.(\d+|\*)")
_LENGTH = re.compile(r"(\d*)\.\.(\d*)")
_RANGE = re.compile(r"(\d*)-(\d*)")


@cache
def read_shapes(name: str) -> Mapping[str, Kind]:
    """Messages and types of a standard by name; a message has its own name."""
    text = (resources.files("outputs.xoev") / "shapes" / f"{name}.txt").read_text("utf-8")
    return parse_shapes(text)


def parse_shapes(text: str) -> Mapping[str, Kind]:
    """The same from the text of a file."""
    return dict(_kinds(text.splitlines()))


def _kinds(lines: Iterable[str]) -> Iterator[tuple[str, Kind]]:
    blocks: list[list[str]] = []
    spaces: dict[str, str] = {}
    for line in lines:
        if line.startswith("namespace "):
            _, number, uri = line.split(" ")
            spaces[f"@{number}"] = uri
            continue
        if line.startswith("  "):
            blocks[-1].append(line.strip())
        elif line and not line.startswith("#"):
            blocks.append([line])
    for head, *inside in blocks:
        word, name, rest = (*head.split(" ", 2), "")[:3]
        match word:
            case "codes":
                yield name, _codes(name, rest, inside)
            case "content":
                yield name, _content(name, rest)
            case _:
                elements = tuple(_element(line, spaces) for line in inside)
                yield name, Parts(name, elements, word == "choice")


def _element(line: str, spaces: Mapping[str, str]) -> Element:
    name, kind, *marks = line.split(" ")
    least, most = 1, "1"
    fixed: str | None = None
    for mark in marks:
        often = _OFTEN.fullmatch(mark)
        if often:
            least, most = int(often[1]), often[2]
        elif mark.startswith("="):
            fixed = mark[1:]
    limit = None if most == "*" else int(most)
    other = next((spaces[mark] for mark in marks if mark in spaces), None)
    return Element(name, kind, least, limit, fixed, "~" not in marks, other)


def _codes(name: str, rest: str, inside: list[str]) -> Codes:
    uri, version = ("" if one == "-" else one for one in rest.split(" "))
    codes = tuple(code for line in inside for code in line.split(" "))
    return Codes(name, uri, version or None, codes or None)


def _content(name: str, rest: str) -> Content:
    rest, _, pattern = rest.partition(" /")
    base, *marks = rest.split(" ")
    datatype = next((one for one in marks if one.isalpha()), None)
    length = _bounds(_LENGTH, marks)
    least, most = _bounds(_RANGE, marks)
    decimals = next((int(one[1:]) for one in marks if one[0] == "." and one[1:].isdigit()), None)
    return Content(
        name=name,
        base=base,
        datatype=datatype,
        min_length=length[0] or 0,
        max_length=length[1],
        pattern=pattern[:-1] or None,
        minimum=least,
        maximum=most,
        decimals=decimals,
    )


def _bounds(written: re.Pattern[str], marks: Iterable[str]) -> tuple[int | None, int | None]:
    for mark in marks:
        found = written.fullmatch(mark)
        if found:
            return int(found[1]) if found[1] else None, int(found[2]) if found[2] else None
    return None, None
