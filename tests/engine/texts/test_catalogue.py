"""Catalogues: by key for the product, by place and German wording for definitions."""

import pytest

from engine.texts.catalogue import Catalogue, diagnostics, fill

PO = """\
msgid ""
msgstr "Language: tr\\n"

msgid "button.next"
msgstr "İleri"

msgctxt "page.person.title"
msgid "Angaben zur Person"
msgstr "Kişi bilgileri"

#, fuzzy
msgctxt "page.kinder.title"
msgid "Kinder"
msgstr "Çocuk"

msgid "empty"
msgstr ""
"""
CATALOGUE = Catalogue.from_po(PO, "tr")


def test_product_texts_are_found_by_key() -> None:
    """A missing or empty one is None."""
    assert "İleri" == CATALOGUE.get("button.next")
    assert CATALOGUE.get("button.back") is None
    assert CATALOGUE.get("empty") is None


def test_authors_texts_are_found_by_place_and_wording() -> None:
    """If the German has changed, the old translation no longer counts."""
    assert "Kişi bilgileri" == CATALOGUE.get("page.person.title", "Angaben zur Person")
    assert CATALOGUE.get("page.person.title", "Angaben zum Menschen") is None


def test_a_fuzzy_translation_counts_as_missing() -> None:
    """Nobody has looked at it since the German changed."""
    assert CATALOGUE.get("page.kinder.title", "Kinder") is None


def test_a_text_that_is_no_catalogue_is_refused() -> None:
    """The portal says which file it was."""
    with pytest.raises(ValueError, match=r"."):
        Catalogue.from_po('msgid "a"\nmsgstr "b\nmsgid', "tr")


def test_values_are_put_in_once() -> None:
    """What is put in is never looked at again; unknown places stay."""
    values = {"a": "{b}", "b": "x"}

    assert "{b} x {c} {" == fill("{a} {b} {c} {", values)


def test_languages_without_a_catalogue_get_english() -> None:
    """Authors read German or English."""
    key = "label-repeats:headline"
    assert diagnostics("uk").get(key) == diagnostics("en").get(key) is not None
