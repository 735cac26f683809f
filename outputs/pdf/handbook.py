"""The handbook as PDF/A-3b and PDF/UA-1, made of the same parts as the HTML file."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.handbook import Handbook
from engine.handbook.structure import (
    Block,
    Cell,
    Paragraphs,
    Picture,
    Section,
    Signatures,
    Table,
)
from engine.model import Procedure
from outputs.pdf.content import Data
from outputs.pdf.frame import day, language
from outputs.pdf.glyphs import replace_missing
from outputs.pdf.typesetting import FAMILIES, known_characters, typeset

TALL_ROW = 34  # lines; taller rows may break across pages
_LETTERS = 46  # in a line of a cell, about


def write(
    handbook: Handbook,
    procedure: Procedure,
    pictures: Mapping[str, tuple[bytes, ...]],
    created: datetime,
) -> bytes:
    """The same bytes for the same input; `pictures`: SVG by process, in pieces for a page."""
    return typeset("handbook.typ", _Writer(pictures).book(handbook, procedure, created), created)


class _Writer:
    def __init__(self, pictures: Mapping[str, tuple[bytes, ...]]) -> None:
        self._known = known_characters()
        self._pictures = pictures

    def book(self, handbook: Handbook, procedure: Procedure, created: datetime) -> Data:
        """Everything the template needs."""
        authority = procedure.authority
        page, of = handbook.page_words
        return {
            "fonts": list(FAMILIES),
            "title": self._text(f"{handbook.kicker}: {handbook.title}"),
            "description": self._text(f"{handbook.title}, {handbook.subtitle}, {authority.name}"),
            "keywords": [procedure.id, procedure.version, *procedure.leika],
            "created": day(created),
            "reference": handbook.foot,
            "language": language(handbook.language),
            "spoken": language(handbook.language)["code"],
            "authority": {"name": self._text(authority.name)},
            "words": {"page": page, "of": of},
            "kicker": self._text(handbook.kicker),
            "heading": self._text(handbook.title),
            "subtitle": self._text(handbook.subtitle),
            "letterhead": [self._text(line) for line in handbook.authority],
            "facts": self._block(handbook.facts),
            "contents": self._text(handbook.contents),
            "chapters": [self._section(one) for one in handbook.chapters],
        }

    def _section(self, one: Section) -> Data:
        return {
            "number": one.number,
            "title": self._text(one.title),
            "blocks": [self._block(block) for block in one.blocks],
            "sections": [self._section(inner) for inner in one.sections],
        }

    def _block(self, block: Block) -> Data:
        match block:
            case Paragraphs(lines=lines):
                return {"kind": "text", "lines": self._cell(lines)}
            case Table():
                return self._table(block)
            case Picture(process=process, alternative=alternative):
                pieces = [_piece(one) for one in self._pictures.get(process, ())]
                words = self._text(alternative)
                return {"kind": "picture", "pieces": pieces, "alternative": words}
            case Signatures(heads=heads, who=who):
                return {"kind": "signatures", "heads": self._all(heads), "who": self._all(who)}

    def _table(self, table: Table) -> Data:
        return {
            "kind": "table",
            "title": self._text(table.title),
            "heads": self._all(table.heads),
            "widths": list(table.widths),
            "rows": [
                {
                    "cells": [self._cell(one) for one in row],
                    "breakable": max(map(_height, row), default=0) > TALL_ROW,
                }
                for row in table.rows
            ],
        }

    def _cell(self, lines: Cell) -> list[Data]:
        return [
            {
                "indent": line.indent,
                "runs": [{"text": self._text(run.text), "style": run.style} for run in line.runs],
            }
            for line in lines
        ]

    def _all(self, texts: Iterable[str]) -> list[str]:
        return [self._text(text) for text in texts]

    def _text(self, text: str) -> str:
        return replace_missing(text, self._known)


def _piece(picture: bytes) -> Data:
    """A picture with its width in pixels: wide ones lie on their side."""
    text = picture.decode("utf-8")
    box = re.search(r'viewBox="0 0 (\d+) ', text)
    return {"svg": text, "width": int(box[1]) if box else 0}


def _height(cell: Cell) -> int:
    """About how many lines a cell has."""
    return sum(1 + len(line.text) // _LETTERS for line in cell)
