"""The processes of a handbook, in pieces that fit on a page."""

import re
from collections.abc import Iterator, Mapping

from engine.handbook import Handbook
from engine.handbook.structure import Picture
from engine.model import Procedure
from renderers.bpmn import Speech, Which, draw_pages
from renderers.bpmn.graph import TextOf

_NARROW = 640  # pixels; at nine points a letter wider ones need a page that lies on its side
_UPRIGHT, _LYING = 1.35, 0.62  # height by width of what a page has room for


def pictures(
    handbook: Handbook, procedure: Procedure, say: TextOf
) -> Mapping[str, tuple[bytes, ...]]:
    """SVG by process, in pieces for an upright page if it is narrow, else for one on its side."""
    found: dict[str, tuple[bytes, ...]] = {}
    for one in _asked_for(handbook):
        speech = Speech(one.alternative, handbook.language, say)
        which: Which = "ist" if one.process == "ist" else "soll"
        whole = draw_pages(procedure, which, speech)
        ratio = _LYING if any(map(is_wide, whole)) else _UPRIGHT
        found[one.process] = draw_pages(procedure, which, speech, ratio)
    return found


def is_wide(picture: bytes) -> bool:
    """Whether it needs a page on its side."""
    box = re.search(rb'viewBox="0 0 (\d+) ', picture)
    return box is not None and int(box[1]) > _NARROW


def _asked_for(handbook: Handbook) -> Iterator[Picture]:
    for chapter in handbook.chapters:
        for section in chapter.walk():
            yield from (block for block in section.blocks if isinstance(block, Picture))
