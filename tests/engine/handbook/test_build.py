"""The handbook holds everything of a definition, in every language, in an order that stays."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from engine.explain.speech import Speech
from engine.handbook import Handbook, build
from engine.handbook.structure import CODE, Paragraphs, Picture, Run, Section, Table, texts
from engine.load.cases import EXPECT_KEYS
from engine.load.process import KINDS
from engine.model import Procedure
from engine.model_dms import ACTIONS
from engine.model_purposes import DESTINATIONS
from engine.texts.catalogue import product
from tests.engine.made import PROCEDURES, TODAY, page_of, real_plan

LANGUAGES = ("de", "en")


@cache
def book(name: str, language: str = "de") -> Handbook:
    """The handbook of a real procedure."""
    return build(real_plan(name), TODAY, Speech(language))


def codes(handbook: Handbook) -> frozenset[str]:
    """Every word in it that the machine reads, ids among them."""
    return frozenset(run.text for run in _runs(handbook) if run.style == CODE)


def _runs(part: object) -> Iterator[Run]:
    match part:
        case Run():
            yield part
        case tuple():
            for one in part:
                yield from _runs(one)
        case _ if hasattr(part, "__slots__") and not isinstance(part, str):
            for name in part.__slots__:
                yield from _runs(getattr(part, name))


def sections(handbook: Handbook) -> Iterator[Section]:
    """Chapters and their parts."""
    for chapter in handbook.chapters:
        yield from chapter.walk()


def _ids(procedure: Procedure) -> Iterator[str]:
    """Every id that the definition declares."""
    yield from (path for path, _ in procedure.fields())
    yield from (page.id for page in procedure.pages)
    yield from (setting.id for setting in procedure.settings)
    yield from (document.id for document in procedure.documents)
    yield from (purpose.id for purpose in procedure.purposes)
    yield from (recipient.id for recipient in procedure.recipients)
    yield from (kept.id for kept in procedure.retention_classes)
    yield from (invitation.id for invitation in procedure.invitations)
    yield from (assertion.id for assertion in procedure.assertions)
    yield from (case.id for case in procedure.cases if case.expect)
    check, process, dms = procedure.quick_check, procedure.process, procedure.outputs.dms
    if check is not None:
        yield from (question.id for question in check.questions)
        yield from (outcome.id for outcome in check.outcomes)
        yield from (rule.id for decision in check.decisions for rule in decision.rules)
    if process is not None:
        yield from (step.id for step in (*process.ist, *process.soll))
    if dms is not None:
        yield from (one.id for one in dms.document_types)
        yield from (one.id for one in dms.rights)
        yield from (one.id for one in dms.retention)
        yield from (one.id for one in dms.handover)


@pytest.mark.parametrize("name", PROCEDURES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_of_the_definition_is_in_the_book(name: str, language: str) -> None:
    """Questions, rules, values, documents, outcomes, steps, purposes, cases, lines of the filing:
    what is not in the book is not signed."""
    said = codes(book(name, language))

    assert [] == [one for one in _ids(real_plan(name).procedure) if one not in said]


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_decision_and_every_sentence_of_the_author_is_in_the_book(name: str) -> None:
    """Labels, helps, reasons, outcomes, messages of checks: as the applicant reads them."""
    procedure = real_plan(name).procedure
    said = _plain(" ".join(texts(book(name))))
    wanted = [field.label.german for _, field in procedure.fields()]
    wanted += [field.help.german for _, field in procedure.fields() if field.help is not None]
    wanted += [check.message.german for page in procedure.pages for check in page.checks]
    wanted += [document.title.german for document in procedure.documents]
    quick = procedure.quick_check
    assert quick is not None
    wanted += [outcome.title.german for outcome in quick.outcomes]
    rules = [rule for decision in quick.decisions for rule in decision.rules]
    wanted += [rule.reason.german for rule in rules if rule.reason is not None]
    wanted += [str(rule.because) for rule in rules if rule.because]

    assert [] == [text for text in wanted if _plain(text) not in said]
    titles = " ".join(section.title for section in sections(book(name)))
    assert [] == [one.id for one in quick.decisions if one.id not in titles]


def _plain(text: str) -> str:
    """Without spaces and marks, so that only words are compared."""
    return re.sub(r"[\s*]|\[|\]\([^()\s]+\)|\([^()\s]*://[^()\s]+\)|\(mailto:[^()\s]+\)", "", text)


@pytest.mark.parametrize("name", PROCEDURES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    """The same numbers, places and rows: an English reader can follow a German one."""
    german, english = (list(sections(book(name, language))) for language in LANGUAGES)

    assert [(one.number, one.anchor) for one in german] == [
        (one.number, one.anchor) for one in english
    ]
    for one, other in zip(german, english, strict=True):
        assert [_shape(block) for block in one.blocks] == [_shape(block) for block in other.blocks]


def _shape(block: object) -> object:
    return [len(row) for row in block.rows] if isinstance(block, Table) else type(block)


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_numbers_of_chapters_never_move(name: str) -> None:
    """Chapter 7 is the message in every version of every procedure, sent or not."""
    anchors = [(one.number, one.anchor) for one in book(name).chapters]

    assert [
        ("1", "lesen"), ("2", "ueberblick"), ("3", "grundlagen"), ("4", "quick-check"),
        ("5", "antrag"), ("6", "unterlagen"), ("7", "nachricht"), ("8", "ablage"),
        ("9", "ablauf"), ("10", "pruefung"), ("11", "listen"), ("12", "freigabe"),
    ] == anchors  # fmt: skip


@pytest.mark.parametrize("name", PROCEDURES)
def test_places_to_link_to_are_there_once(name: str) -> None:
    """A link into the book leads to one place."""
    places = [one.anchor for one in sections(book(name))]
    for section in sections(book(name)):
        for block in section.blocks:
            if isinstance(block, Table):
                places += [anchor for anchor in block.anchors if anchor]

    assert sorted(set(places)) == sorted(places)


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_table_is_whole(name: str) -> None:
    """As many cells as heads, widths that make a whole, and an id or a place per row at most."""
    for section in sections(book(name)):
        for block in section.blocks:
            if isinstance(block, Table):
                assert 100 == sum(block.widths), (section.number, block.title)
                assert {len(block.widths)} >= {len(row) for row in block.rows}, section.number
                assert block.heads == () or len(block.heads) == len(block.widths)
                assert len(block.anchors) <= len(block.rows), section.number


def test_a_rule_stands_in_words_and_as_the_engine_reads_it() -> None:
    """Both from the same tree."""
    plan = page_of(
        "- {field: art, type: choice, label: Art, options: {a: Haus, b: Hof}}\n"
        "- {field: zimmer, type: integer, label: Zimmer, min: 1, show_if: 'art = \"a\"'}\n"
    )
    (table,) = [
        block
        for section in sections(build(plan, TODAY, Speech()))
        if section.anchor == "seite-eins"
        for block in section.blocks
        if isinstance(block, Table)
    ]
    said = [line.text for line in table.rows[1][1]]

    assert ["Nur wenn: »Art« ist „Haus“", 'FEEL: art = "a"'] == said[:2]
    assert "Grenzen: mindestens 1" in said


def test_an_answer_tells_where_it_goes_in_the_message() -> None:
    """Also those of rows, and parts of addresses."""
    elements = {
        anchor: row
        for section in sections(book("einbuergerung"))
        for block in section.blocks
        if isinstance(block, Table)
        for anchor, row in zip(block.anchors, block.rows, strict=False)
    }
    said = " ".join(line.text for line in elements["feld-familienname"][1])
    row = " ".join(line.text for line in elements["feld-fruehere_antraege[].behoerde"][1])

    assert "antragsteller/" in said or "/familienname" in said, said
    assert "antrag/fruehererAntrag[]/behoerde" in row


def test_what_the_authority_has_to_check_is_listed_and_counted() -> None:
    """Nobody signs a value that nobody has looked at without seeing that."""
    procedure = real_plan("einbuergerung").procedure
    open_ones = {
        setting.id
        for setting in procedure.settings
        for held in setting.values
        if "to be checked by the authority" in held.source
    }
    listed = next(one for one in sections(book("einbuergerung")) if one.anchor == "offen")
    (table,) = listed.blocks
    assert isinstance(table, Table)

    assert open_ones
    assert open_ones <= {row[1][0].text for row in table.rows}
    assert "to be checked" not in " ".join(texts(book("einbuergerung")))


def test_a_procedure_with_next_to_nothing_has_a_book() -> None:
    """No Quick Check, no outputs, no process: the chapters say so."""
    made = build(page_of("- {field: ort, type: text, label: Ort}"), TODAY, Speech())
    empty = [one.number for one in made.chapters if _says_none(one)]

    assert {"4", "8", "9"} <= set(empty)


def _says_none(section: Section) -> bool:
    return any(
        isinstance(block, Paragraphs) and block.lines and block.lines[0].text == "Keine."
        for block in section.blocks
    )


def test_pictures_say_in_words_what_they_show() -> None:
    """The table of steps stands in front of the picture, and the picture says so."""
    found = [
        (at, block)
        for section in sections(book("musterprozess"))
        for at, block in enumerate(section.blocks)
        if isinstance(block, Picture)
    ]

    assert ["ist", "soll"] == [block.process for _, block in found]
    assert all(at == 1 for at, _ in found)
    assert "5 Schritte" in found[1][1].alternative


def test_every_key_of_the_language_has_its_words() -> None:
    """A new expectation, kind of step, action or destination needs its words here, too."""
    keys = {f"expect.{key}" for key in EXPECT_KEYS} | {f"step.{kind}" for kind in KINDS}
    keys |= {f"action.{action}" for action in ACTIONS} | {f"way.{way}" for way in DESTINATIONS}
    for language in LANGUAGES:
        assert keys <= product("handbook", language=language).every_key()
