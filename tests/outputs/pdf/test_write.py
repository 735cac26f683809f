from itertools import pairwise

import pikepdf
import pytest

from engine.texts.catalogue import Catalogue
from outputs.application import Application, OutputFile
from outputs.json.write import write as write_json
from outputs.pdf import typesetting
from outputs.pdf.receipt import write_receipt
from outputs.pdf.write import write
from tests.outputs.golden import assert_golden
from tests.outputs.pdf.reading import opened, text
from tests.outputs.plans import COMPLETE, complete
from tests.outputs.standards_folder import ROOT
from tests.timing import within


def _written(application: Application, catalogue: Catalogue | None = None) -> OutputFile:
    return write(application, write_json(application), catalogue)


def _catalogue(name: str, language: str) -> Catalogue:
    file = ROOT / f"definitions/locales/{language}/LC_MESSAGES/{name}.po"
    return Catalogue.from_po(file.read_text("utf-8"), language)


def test_a_complete_application_gives_the_expected_document() -> None:
    """The text a clerk reads."""
    assert_golden(
        "pdf/cases/musterprozess/expected.txt", text(_written(complete("musterprozess")).content)
    )


def test_the_applicants_language_stands_beside_the_german() -> None:
    """German labels stay; the translation follows each."""
    name = "beschaeftigungserlaubnis"
    application = complete(name, language="en")
    found = text(_written(application, _catalogue(name, "en")).content)
    assert_golden("pdf/cases/beschaeftigungserlaubnis-en/expected.txt", found)
    assert "Geburtsdatum" in found
    assert "Date of birth" in found


def test_r06_a_receipt_names_every_file_with_its_checksum() -> None:
    """R06: the hash on the receipt is the hash of what was delivered."""
    application = complete("musterprozess")
    file = _written(application)
    receipt = write_receipt(application, (file,), None)
    found = text(receipt.content)
    assert_golden("pdf/cases/receipt/expected.txt", found)
    assert file.sha256 in "".join(found.split())


@pytest.mark.parametrize("name", COMPLETE)
def test_the_document_declares_both_standards(name: str) -> None:
    """PDF/A-3b and PDF/UA-1: metadata, language, tags, title, output intent."""
    with opened(_written(complete(name)).content) as pdf:
        with pdf.open_metadata() as metadata:
            found = {
                key: metadata.get(key)
                for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")
            }
        root = pdf.Root
        assert found == {
            "pdfaid:part": "3",
            "pdfaid:conformance": "B",
            "pdfuaid:part": "1",
            "dc:title": complete(name).procedure.title.german,
        }
        assert str(root.Lang) == "de-DE"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in root
        assert "/OutputIntents" in root


def test_the_answers_are_attached_as_data() -> None:
    """One file, AFRelationship Data, byte for byte the JSON output."""
    application = complete("musterprozess")
    data = write_json(application)
    with opened(write(application, data, None).content) as pdf:
        [attached] = [pdf.attachments[name] for name in pdf.attachments]
        assert attached.get_file().read_bytes() == data.content
        assert attached.obj.AFRelationship == "/Data"
        assert [str(one.UF) for one in pdf.Root.AF] == [data.name]


def test_every_font_is_embedded() -> None:
    """An archive has no fonts of its own."""
    with opened(_written(complete("einbuergerung")).content) as pdf:
        fonts = [
            one for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]  # fmt: skip
        assert fonts
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)


def test_headings_go_down_step_by_step() -> None:
    """A screen reader can jump: H1, H2, H3, H4 and no gap."""
    with opened(_written(complete("einbuergerung")).content) as pdf:
        levels = [
            int(str(one.S)[2:]) for one in _structure(pdf.Root.StructTreeRoot)
            if str(one.get("/S", "")) in ("/H1", "/H2", "/H3", "/H4", "/H5")
        ]  # fmt: skip
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _structure(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = [node]
    below = node.get("/K")
    for child in below if isinstance(below, pikepdf.Array) else (below,):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found.extend(_structure(child))
    return found


def _with(**answers: object) -> Application:
    return complete("einbuergerung", more=answers)


def test_answers_are_never_evaluated() -> None:
    """What looks like markup or code is printed as it was typed."""
    hostile = '#panic("x") #read("/etc/hostname") *a* _b_ $c$ [d] <e> @f "g" \\ // /* */'
    found = text(_written(_with(bemerkungen=hostile)).content)
    assert "".join(hostile.split()) in "".join(found.split())


def test_a_script_without_font_is_named_and_nothing_fails() -> None:
    """The clerk sees which characters are missing; the data file has them."""
    application = _with(name_originalschrift="አበበ 中文 😀")
    found = text(_written(application).content)
    assert "[nicht darstellbar: U+12A0 U+1260 U+1260]" in found
    assert "አበበ 中文 😀" in write_json(application).content.decode()


def test_scripts_with_fonts_are_shown() -> None:
    """Arabic and Cyrillic names are common; no replacement note for them."""
    found = text(_written(_with(name_originalschrift="محمد Анна Ελένη")).content)
    assert "Анна Ελένη" in found
    assert "nicht darstellbar" not in found


def test_a_very_long_word_stays_on_the_page() -> None:
    """It breaks instead of running out of the paper."""
    found = text(_written(_with(bemerkungen="x" * 3000)).content)
    assert found.count("x") >= 3000


def test_a_document_takes_less_than_a_fifth_of_a_second() -> None:
    """The first one included: the applicant waits for it."""
    application = complete("beschaeftigungserlaubnis")
    typesetting._compiler.cache_clear()
    data = write_json(application)
    with within(0.2):
        write(application, data, None)


def test_missing_fonts_are_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No silent boxes: the message names files and remedy."""
    monkeypatch.setattr(typesetting, "_FONTS", ROOT / "nowhere")
    typesetting._font_files.cache_clear()
    typesetting._compiler.cache_clear()
    try:
        with pytest.raises(typesetting.FontsMissing, match=r"NotoSans-Regular\.ttf.*\./run"):
            typesetting.known_characters()
    finally:
        monkeypatch.undo()
        typesetting._font_files.cache_clear()
