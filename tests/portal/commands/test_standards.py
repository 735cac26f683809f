"""`vordruck standards`: an operator's own XSD set becomes a message that definitions map to."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

from outputs.schemas import Schemas
from outputs.xoev.standards import use_installed
from tests.portal.commands.terminal import Said, codes, vordruck
from tests.portal.commands.test_evaluate import WHOLE

BROUGHT = Path(__file__).resolve().parents[2] / "outputs" / "xoev" / "brought"
SET = {
    "musteramt/nachrichten.xsd": (BROUGHT / "musteramt-nachrichten.xsd").read_bytes(),
    "musteramt/bausteine/bausteine.xsd": (BROUGHT / "bausteine.xsd").read_bytes(),
    "musteramt/LIES.txt": b"nicht gemeint",
}
ADD = ("--id", "musteramt", "--version", "2.0")
MAPPING = """outputs:
  xoev:
    standard: musteramt
    version: "2.0"
    message: ausweis.antrag.0100
    map:
      kennung: submission.id
      eingang: submission.date
      person:
        familienname: familienname
        vorname: vornamen
      anschrift: {ort: anschrift.ort}
      fahrzeug:
        $each: fahrzeuge
        $limit: 2
        kennzeichen: item.kennzeichen
"""
Change = Callable[[str, str], None]


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def add(folder: Path, files: Mapping[str, bytes], *more: str) -> Said:
    """Install a set."""
    file = folder / "satz.zip"
    file.write_bytes(zipped(files))
    return vordruck("standards", "add", str(file), *(more or ADD))


@pytest.fixture
def standards(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty standards folder, and the blueprint mapped to a message that is not known yet."""
    folder = workshop / "standards"
    folder.mkdir()
    monkeypatch.setenv("VORDRUCK_STANDARDS", str(folder))
    path = workshop / "definitions" / "musterprozess.yaml"
    text = path.read_text("utf-8").replace("receives: [dms]", "receives: [dms, xoev]", 1)
    path.write_text(text.replace("outputs:\n", MAPPING, 1), "utf-8")
    yield folder
    use_installed(())


@pytest.fixture
def change(workshop: Path) -> Change:
    """Change the mapping."""

    def make(old: str, new: str) -> None:
        path = workshop / "definitions" / "musterprozess.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return make


def check() -> Said:
    """Hold the mapping against its message."""
    return vordruck("check", "musterprozess", "--format", "json")


def test_a_mapping_can_be_pointed_at_an_installed_set(standards: Path, tmp_path: Path) -> None:
    """Unknown before; afterwards checked, written, and valid for the schema that was brought."""
    assert "unknown-standard" in codes(check())

    said = add(tmp_path, SET)
    assert said.code == 0, said.err
    assert "2 XSD-Dateien, 1 Nachrichten, SHA-256" in said.err

    assert not [one for one in check().data["diagnostics"] if one["severity"] == "error"]
    made = vordruck("payload", "musterprozess", "-", "--output", "xoev", "--out", str(tmp_path),
                    "--today", "2026-11-23", given=json.dumps(WHOLE))  # fmt: skip
    assert made.code == 0, made.err
    root = etree.fromstring(Path(made.data["file"]).read_bytes())
    schema = Schemas.from_folder(standards).declaring(
        "urn:musteramt:nachrichten:2.0", "ausweis.antrag.0100"
    )
    assert schema is not None
    assert schema.problems(root) == ()
    assert root.get("standard") == "Musteramt"
    assert [str(one.tag).rpartition("}")[::2] for one in root.iter()][3:6] == [
        ("{urn:musteramt:nachrichten:2.0", "person"),
        ("{urn:musteramt:bausteine:2.0", "familienname"),
        ("", "vorname"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("        vorname: vornamen\n", "", "element-missing"),
        ("        vorname: vornamen\n", "        rufname: vornamen\n", "unknown-element"),
        ("      eingang: submission.date\n", "      eingang: familienname\n", "element-other-type"),
        ("        $limit: 2\n", "        $limit: 3\n", "element-too-often"),
    ],
)
def test_what_does_not_fit_is_told_like_in_any_message(
    standards: Path, tmp_path: Path, change: Change, old: str, new: str, code: str
) -> None:
    """With its place in the definition, before anything is sent."""
    add(tmp_path, SET)
    change(old, new)

    found = {one["code"]: one for one in check().data["diagnostics"] if one["severity"] == "error"}

    assert code in found, sorted(found)
    assert found[code]["line"] > 1


def test_the_einbuergerung_can_be_pointed_at_another_set(
    standards: Path, tmp_path: Path, workshop: Path
) -> None:
    """Every element that is not there is named, in one run."""
    add(tmp_path, SET)
    path = workshop / "definitions" / "einbuergerung.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ("standard: vordruck-einbuergerung", "standard: musteramt"),
        ('version: "1.0"', 'version: "2.0"'),
        ("message: einbuergerung.antrag.0001", "message: ausweis.antrag.0100"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")

    found = codes(vordruck("check", "einbuergerung", "--format", "json"))

    assert found.count("unknown-element") > 5
    assert "element-missing" in found


def test_sets_are_listed_replaced_and_removed(standards: Path, tmp_path: Path) -> None:
    """By their hash one sees which state is installed."""
    add(tmp_path, SET)
    first = vordruck("standards", "list").data["standards"]
    add(tmp_path, {**SET, "neu.xsd": SET["musteramt/bausteine/bausteine.xsd"]})
    second = vordruck("standards", "list").data["standards"]

    assert [one["id"] for one in first] == [one["id"] for one in second] == ["musteramt"]
    assert first[0]["sha256"] != second[0]["sha256"]
    assert vordruck("standards", "remove", "musteramt-2.0").code == 0
    assert vordruck("standards", "list").data == {"standards": []}
    assert vordruck("standards", "remove", "musteramt-2.0").code == 2
    assert vordruck("standards", "remove", "../installed").code == 2
    assert "unknown-standard" in codes(check())


BAD_SETS: dict[str, dict[str, bytes]] = {
    "there is no XSD file": {"a.txt": b"x"},
    "wants to lie elsewhere": {"../../a.xsd": SET["musteramt/bausteine/bausteine.xsd"]},
    "is no XML Schema": {"a.xsd": b"<a/>"},
    "a document type is not allowed": {
        "a.xsd": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    },
    "several namespaces have messages": {
        f"{name}.xsd": SET["musteramt/bausteine/bausteine.xsd"].replace(
            b"urn:musteramt:bausteine", b"urn:" + name.encode()
        )
        for name in ("eins", "zwei")
    },
    "extend one another in a circle": {
        "a.xsd": b'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="u" '
        b'xmlns="u"><x:element name="n" type="T"/><x:complexType name="T"><x:complexContent>'
        b'<x:extension base="T"/></x:complexContent></x:complexType></x:schema>'
    },
    "is missing": {"a.xsd": SET["musteramt/nachrichten.xsd"]},
}


@pytest.mark.parametrize("reason", BAD_SETS)
def test_a_set_that_cannot_be_used_is_refused_in_words(
    standards: Path, tmp_path: Path, reason: str
) -> None:
    """Nothing of it is installed."""
    said = add(tmp_path, BAD_SETS[reason])

    assert said.code == 2
    assert reason in said.err
    assert list(standards.rglob("*.xsd")) == []
    assert list(tmp_path.parent.rglob("passwd")) == []


@pytest.mark.parametrize(
    "more",
    [
        ("--id", "xauslaender", "--version", "26.11"),
        ("--id", "../x", "--version", "1"),
        ("--id", "x", "--version", "1/2"),
    ],
)
def test_a_name_that_is_taken_or_leads_elsewhere_is_refused(
    standards: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    """The product's own standards cannot be replaced by a file."""
    assert add(tmp_path, SET, *more).code == 2
    assert list(standards.rglob("*.xsd")) == []


def test_a_damaged_installation_is_told(standards: Path, tmp_path: Path) -> None:
    """No traceback, wherever it is met."""
    add(tmp_path, SET)
    (standards / "installed" / "musteramt-2.0" / "standard.json").write_text("{", "utf-8")

    said = check()

    assert said.code == 2
    assert "musteramt-2.0/standard.json" in said.err


@pytest.mark.parametrize("file", ["absent.zip", ""])
def test_what_is_no_zip_is_refused(standards: Path, tmp_path: Path, file: str) -> None:
    """A missing file, and none at all."""
    assert vordruck("standards", "add", file, *ADD).code == 2
