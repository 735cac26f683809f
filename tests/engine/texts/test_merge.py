"""Catalogues brought up to date: nothing a translator wrote is lost, nothing old passes as new."""

from hypothesis import given
from hypothesis import strategies as st

from engine.texts.catalogue import Catalogue
from engine.texts.ledger import State, Wanted, read_ledger, state_of
from engine.texts.merge import marked, merged, template

NEXT = Wanted("page.a.title", "Weiter", "Weiter")
BACK = Wanted("page.b.title", "Zurück", "Zurück")
KEY = Wanted("", "button.next", "Weiter")
COUNTED = Wanted("", "row.count", "{number} Eintrag | {number} Einträge", is_counted=True)


def translated(catalogue: str, german: str, other: str) -> str:
    """As a translator would type it."""
    return catalogue.replace(f'msgid "{german}"\nmsgstr ""', f'msgid "{german}"\nmsgstr "{other}"')


def test_a_new_language_lacks_everything() -> None:
    """And has a line for each text."""
    ledger = read_ledger(merged("", [NEXT, BACK], "tr"))

    assert {State.MISSING} == {state_of(one, ledger) for one in (NEXT, BACK)}
    assert len(ledger) == 2
    assert read_ledger(template([NEXT])).keys() == {("page.a.title", "Weiter")}


def test_what_is_translated_stays() -> None:
    """Updating twice changes nothing more."""
    text = translated(merged("# Über uns\n", [NEXT], "tr"), "Weiter", "İleri")
    once = merged(text, [NEXT, BACK], "tr")

    assert "İleri" == Catalogue.from_po(once, "tr").get("page.a.title", "Weiter")
    assert once.startswith("# Über uns\n")
    assert once == merged(once, [NEXT, BACK], "tr")


def test_a_changed_german_text_makes_its_translation_stale() -> None:
    """It is kept for the translator, and not shown; nobody signs it off unseen."""
    text = translated(merged("", [NEXT], "tr"), "Weiter", "İleri")
    changed = Wanted("page.a.title", "Weiter gehen", "Weiter gehen")
    after = merged(text, [changed], "tr")

    assert '#| msgid "Weiter"' in after
    assert "İleri" in after
    assert state_of(changed, read_ledger(after)) is State.STALE
    assert Catalogue.from_po(after, "tr").get("page.a.title", "Weiter gehen") is None
    signed = read_ledger(marked(after, "tr", State.APPROVED))
    assert state_of(changed, signed) is State.STALE


def test_a_renamed_field_keeps_its_translations() -> None:
    """`was` leads from the new place to the old one; the same words elsewhere serve as well."""
    old = Wanted("field.wohnort.label", "Ort", "Ort")
    new = Wanted("field.ort.label", "Ort", "Ort")
    text = translated(merged("", [old], "tr"), "Ort", "Şehir")

    after = read_ledger(merged(text, [new], "tr", {".ort.": ".wohnort."}))
    assert after["field.ort.label", "Ort"].forms == ("Şehir",)
    assert state_of(new, after) is State.HUMAN
    reworded = Wanted("field.ort.label", "Wohnort", "Wohnort")
    after = read_ledger(merged(text, [reworded], "tr", {".ort.": ".wohnort."}))
    assert state_of(reworded, after) is State.STALE


def test_what_nobody_asks_for_is_kept_aside() -> None:
    """And comes back with its text."""
    text = translated(merged("", [NEXT, BACK], "tr"), "Zurück", "Geri")
    without = merged(text, [NEXT], "tr")

    assert '#~ msgid "Zurück"' in without
    assert state_of(BACK, read_ledger(merged(without, [NEXT, BACK], "tr"))) is State.HUMAN


def test_a_text_of_the_product_is_stale_when_its_german_changes() -> None:
    """Its key stays the same: only the comment tells."""
    text = translated(merged("", [KEY], "tr"), "button.next", "İleri")
    changed = Wanted("", "button.next", "Nächste Seite")

    assert state_of(KEY, read_ledger(text)) is State.HUMAN
    assert state_of(changed, read_ledger(text)) is State.STALE
    after = merged(text, [changed], "tr")
    assert state_of(changed, read_ledger(after)) is State.STALE
    assert "#. Nächste Seite" in after


def test_a_long_german_text_stays_what_it_is() -> None:
    """Comments are broken into lines when they are written: that is no change."""
    long = Wanted("", "start.intro", "Wählen Sie zuerst eine E-Mail-Adresse. " * 9)
    text = translated(merged("", [long], "tr"), "start.intro", "Seçin")
    held = marked(text, "tr", State.MACHINE)

    assert state_of(long, read_ledger(held)) is State.MACHINE
    assert merged(held, [long], "tr") == held


def test_counted_texts_have_the_forms_of_the_language() -> None:
    """Six in Arabic; each number gets its own."""
    text = merged("", [COUNTED], "ar")
    assert text.count("msgstr[") == 6
    for form in range(6):
        text = text.replace(f'msgstr[{form}] ""', f'msgstr[{form}] "form {form}"')
    catalogue = Catalogue.from_po(text, "ar")

    said = [catalogue.counted("row.count", number) for number in (0, 1, 2, 5, 100, 11)]
    assert [f"form {form}" for form in range(6)] == said
    assert text == merged(text, [COUNTED], "ar")


def test_marks_hold_until_somebody_edits() -> None:
    """A machine's text that is edited is a person's; an approved one is approved no longer."""
    text = translated(merged("", [NEXT], "tr"), "Weiter", "İleri")
    for state in (State.MACHINE, State.APPROVED):
        held = marked(text, "tr", state)
        assert state_of(NEXT, read_ledger(held)) is state
        assert merged(held, [NEXT], "tr") == held
        edited = held.replace("İleri", "Devam")
        assert state_of(NEXT, read_ledger(edited)) is State.HUMAN
        assert marked(held, "tr", State.HUMAN) == text


def test_a_catalogue_shows_only_what_is_good_enough() -> None:
    """A gate for each language."""
    text = marked(translated(merged("", [NEXT], "tr"), "Weiter", "İleri"), "tr", State.MACHINE)

    assert Catalogue.from_po(text, "tr").get("page.a.title", "Weiter") == "İleri"
    assert Catalogue.from_po(text, "tr", State.HUMAN).get("page.a.title", "Weiter") is None


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(WORDS, WORDS), min_size=1))
def test_any_texts_survive_updating(texts: dict[str, tuple[str, str]]) -> None:
    """Quotes, backslashes, percent signs and braces included."""
    wanted = [Wanted(f"page.{name}", german, german) for name, (german, _) in texts.items()]
    filled = "".join(
        f'msgctxt "page.{name}"\nmsgid {_quoted(german)}\nmsgstr {_quoted(other)}\n\n'
        for name, (german, other) in texts.items()
    )
    text = 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n\n' + filled
    ledger = read_ledger(merged(text, wanted, "tr"))

    assert {(one.context, one.id): (texts[one.context[5:]][1],) for one in wanted} == {
        key: entry.forms for key, entry in ledger.items()
    }
    assert all(state_of(one, ledger) is State.HUMAN for one in wanted)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
