"""The ZIP of a file: cut, joined, and nothing taken that was not announced."""

from dataclasses import replace
from itertools import permutations

import pytest

from outputs.aktenversendung.archive import IncompleteDelivery, build, cut, join, missing
from outputs.aktenversendung.messages import FileMetadata, Piece
from tests.outputs.aktenversendung.samples import ENTRY, PERSON

SECOND = replace(ENTRY, id="7c1f2a50-0f0b-4b2e-9a55-3d1c8e6b4f02", format="011", position=2)
FILES = {ENTRY.id: b"%PDF-1.7 invented", SECOND.id: b"\xff\xd8\xff invented"}
ARCHIVE = build([(ENTRY.archive_name, FILES[ENTRY.id]), (SECOND.archive_name, FILES[SECOND.id])])


def _delivery(size: int) -> tuple[FileMetadata, tuple[Piece, ...]]:
    parts = cut(ARCHIVE, size)
    pieces = tuple(Piece("id", number, part) for number, part in enumerate(parts, 1))
    return FileMetadata(PERSON, (ENTRY, SECOND), len(pieces), len(ARCHIVE)), pieces


@pytest.mark.parametrize("size", [1, 7, 100, len(ARCHIVE), 10**6])
def test_pieces_of_any_size_give_the_file_again(size: int) -> None:
    """To the byte."""
    metadata, pieces = _delivery(size)
    assert join(metadata, pieces) == FILES


def test_pieces_may_come_in_any_order_and_twice() -> None:
    """Transport promises nothing."""
    metadata, pieces = _delivery(len(ARCHIVE) // 3 + 1)
    assert len(pieces) == 3
    for order in permutations(pieces):
        assert join(metadata, [*order, order[0]]) == FILES


def test_what_has_not_come_is_named() -> None:
    """So that somebody can ask for it."""
    metadata, pieces = _delivery(len(ARCHIVE) // 3 + 1)
    assert missing(metadata, pieces[1:]) == (1,)
    with pytest.raises(IncompleteDelivery, match="piece-missing"):
        join(metadata, pieces[1:])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"archive_size": 1}, "other-size"),
        ({"entries": (ENTRY,)}, "other-documents"),
        ({"package_count": 10**6}, "too-many"),
    ],
)
def test_other_than_announced_is_not_taken(change: dict[str, object], code: str) -> None:
    """A file more or less, another size."""
    metadata, pieces = _delivery(10**6)
    with pytest.raises(IncompleteDelivery) as caught:
        join(replace(metadata, **change), pieces)  # type: ignore[arg-type]
    assert str(caught.value) == code


def test_a_name_cannot_lead_out_of_the_archive() -> None:
    """Names inside are made of ids; whatever else is in there makes it another file."""
    bad = build([("../" + ENTRY.archive_name, b"x"), (SECOND.archive_name, b"y")])
    metadata = FileMetadata(PERSON, (ENTRY, SECOND), 1, len(bad))
    with pytest.raises(IncompleteDelivery, match="other-documents"):
        join(metadata, [Piece("id", 1, bad)])


def test_no_archive_at_all() -> None:
    """Announced with the right size."""
    with pytest.raises(IncompleteDelivery, match="not-an-archive"):
        join(FileMetadata(PERSON, (ENTRY,), 1, 3), [Piece("id", 1, b"abc")])
