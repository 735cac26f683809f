"""Names of folders and files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.delivery.transports.dms.names import segment


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("33.20.04 Beschäftigung von Ausländern", "33.20.04 Beschäftigung von Ausländern"),
        ("Antrag 24/2026: Teil 1", "Antrag 24 2026 Teil 1"),
        ("..", "_"),
        ("", "_"),
        ("../../etc", "etc"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a\u202egpj.exe", "a gpj.exe"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_becomes_one_harmless_part_of_a_path(text: str, name: str) -> None:
    """What people read stays; what leads elsewhere does not."""
    assert segment(text) == name


@given(st.text())
def test_no_title_leads_anywhere_else(text: str) -> None:
    """Whatever an applicant is called."""
    name = segment(text)
    assert name not in ("", ".", "..")
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert segment(name) == name
    assert len(name) <= 81
