import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from engine.plan import Plan
from outputs.application import Application, Upload
from outputs.xoev.documents import attached
from outputs.xoev.write import write
from tests.outputs.plans import PDF, RECEIVED, TODAY, application
from tests.outputs.xoev.probing import mapped, probe, shown

_TEXT = (Path(__file__).parent / "mapping.yaml").read_text("utf-8")
CASES = yaml.load(_TEXT, yaml.BaseLoader)  # noqa: S506 - makes texts of everything, nothing else
ECHO = probe("{a: name, b: text, c: absatz}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_an_instruction_writes_what_it_says(case: dict[str, Any]) -> None:
    """See mapping.yaml."""
    uploads = tuple(
        Upload("pass", None, name, "application/pdf", PDF) for name in case.get("uploads", ())
    )
    applied = application(probe(case["map"]), case["given"] or {}, uploads=uploads)
    assert shown(mapped(applied)) == case["expect"]


@given(st.fixed_dictionaries({"name": st.text(), "text": st.text(), "absatz": st.text()}))
@settings(max_examples=300, deadline=None)
def test_r42_every_accepted_text_comes_back_from_the_message(raw: dict[str, str]) -> None:
    """R42: what the form accepts, XML carries unchanged; nothing illegal is accepted."""
    evaluation = ECHO.check(raw, TODAY)
    message = write(_applied(ECHO, evaluation), PDF, None).content
    root = etree.fromstring(message)
    read = {tag: root.findtext(f"{{*}}{tag}") for tag in "abc"}
    values = evaluation.values
    assert read == {"a": values.get("name"), "b": values.get("text"), "c": values.get("absatz")}


def _applied(plan: Plan, evaluation: Any) -> Application:
    return Application(plan, evaluation, "MU-1", RECEIVED, TODAY, "de")


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1f", "\ud800", "\ufffe"])
def test_r42_what_xml_cannot_hold_is_refused_not_written(character: str) -> None:
    """R42: should an illegal character ever get past the form, no ill-formed message leaves."""
    accepted = ECHO.check({"name": "Ä"}, TODAY)
    values = {**accepted.all_values, "name": f"a{character}b"}
    broken = replace(application(ECHO, {}), plan=_PlanWith(ECHO, values), evaluation=accepted)
    with pytest.raises(ValueError, match=r"XML compatible|surrogates not allowed"):
        write(broken, PDF, None)


class _PlanWith(Plan):
    """A plan that finds other values than the form let in."""

    def __init__(self, plan: Plan, values: Mapping[str, object]) -> None:
        self.__dict__.update(plan.__dict__)
        self._values = values

    def environment(self, *_: object, **more: object) -> Mapping[str, object]:
        return {**self._values, **more}


def test_a_picture_the_standard_does_not_know_is_converted() -> None:
    """XAusländer takes PDF and JPEG only; a PNG arrives as JPEG, in the case file as it was."""
    written = io.BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(written, "PNG")
    upload = Upload("pass", None, "scan.png", "image/png", written.getvalue())
    applied = application(ECHO, {}, uploads=(upload,))
    [jpeg] = attached(applied, ("pass",), PDF, frozenset({"pdf", "jpg"}))
    assert (jpeg.name, jpeg.format, jpeg.content[:3]) == ("scan.jpg", "jpg", b"\xff\xd8\xff")
    [png] = attached(applied, ("pass",), PDF, frozenset({"pdf", "jpg", "png"}))
    assert (png.name, png.content) == ("scan.png", written.getvalue())
    with Image.open(io.BytesIO(jpeg.content)) as picture:
        assert picture.getpixel((0, 0)) == (255, 255, 255), "transparent becomes white"
