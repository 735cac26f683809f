"""The processes of a handbook, in pieces that fit on a page."""

from collections.abc import Iterator, Mapping

from engine.handbook import Handbook
from engine.handbook.structure import Picture
from engine.model import Procedure
from renderers.bpmn import Speech, Which, draw_pages
from renderers.bpmn.graph import TextOf

PAPER_HEIGHT = 1150  # of a piece in pixels; a page holds it whole at the width of five roles


def pictures(
    handbook: Handbook, procedure: Procedure, say: TextOf
) -> Mapping[str, tuple[bytes, ...]]:
    """SVG by process; each piece says which one of how many it is."""
    found = {}
    for one in _asked_for(handbook):
        speech = Speech(one.alternative, handbook.language, say)
        which: Which = "ist" if one.process == "ist" else "soll"
        found[one.process] = draw_pages(procedure, which, speech, PAPER_HEIGHT)
    return found


def _asked_for(handbook: Handbook) -> Iterator[Picture]:
    for chapter in handbook.chapters:
        for section in chapter.walk():
            yield from (block for block in section.blocks if isinstance(block, Picture))
