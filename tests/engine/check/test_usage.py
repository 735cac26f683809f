"""What answers are used for: every way a rule may reach an answer is found, and nothing else."""

import pytest

from engine.check.directory import directory
from engine.check.usage import Use, usage
from tests.engine.load.procedures import HEAD, PURPOSES, loaded, with_fields

KIDS = """\
- group: kinder
  label: Kinder
  repeat: {min: 0, max: 5, item: "{rufname}"}
  fields:
    - {field: rufname, type: text, label: Rufname}
    - {field: alter, type: integer, label: Alter}
    - group: schulen
      label: Schulen
      repeat: {min: 0, max: 3}
      fields: [{field: ort, type: text, label: Ort}]
"""
OTHERS = """\
- {field: zahl, type: integer, label: Zahl}
- {field: wahl, type: yes_no, label: Wahl}
- {field: anschrift, type: address, label: Anschrift}
"""
FIELDS = (KIDS + OTHERS).splitlines()


def _uses(text: str) -> dict[str, set[str]]:
    procedure = loaded(text)
    found = usage(procedure, directory(procedure))
    return {path: {str(use) for use in uses} for path, uses in found.items() if uses}


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        ("zahl + 1", {"zahl"}),
        ("count(kinder)", set()),
        ("max(kinder.alter)", {"kinder[].alter"}),
        ("some k in kinder satisfies k.alter > 3", {"kinder[].alter"}),
        ("count(kinder[item.alter < 3])", {"kinder[].alter"}),
        ('some k in kinder satisfies (some s in k.schulen satisfies s.ort = "x")',
         {"kinder[].schulen[].ort"}),
        ("for k in kinder[item.alter > zahl] return k.rufname",
         {"kinder[].alter", "kinder[].rufname", "zahl"}),
        ("anschrift.ort", {"anschrift"}),
        ("for zahl in [1, 2] return zahl", set()),
        ("unbekannt", set()),
    ],
)  # fmt: skip
def test_a_rule_uses_what_it_reads(rule: str, read: set[str]) -> None:
    """Through loops, filters and paths; names that a loop binds are no answers."""
    found = _uses(with_fields(*FIELDS, f"- {{computed: c, value: '{rule}'}}"))

    assert {path: {"rule"} for path in read} == found


def test_in_a_row_the_own_name_comes_first() -> None:
    """`alter` in a row is the row's, whatever stands outside."""
    lines = [
        "- {field: alter, type: integer, label: Alter des Elternteils}",
        *(
            line.replace("label: Rufname}", "label: Rufname, show_if: alter > 3}")
            for line in FIELDS
        ),
    ]

    assert {"kinder[].alter": {"rule"}} == _uses(with_fields(*lines))


@pytest.mark.parametrize(
    ("check", "uses"),
    [
        ("valid_if: zahl > 0", {}),
        ("valid_if: wahl = true", {"wahl": {"rule"}}),
        ("valid_if: zahl > setting.grenze", {"zahl": {"rule"}}),
        ("valid_if: zahl > 0 or wahl = true", {"zahl": {"rule"}, "wahl": {"rule"}}),
        ("warn_if: zahl > 10", {"zahl": {"notice"}}),
    ],
)
def test_a_check_of_the_answer_alone_is_no_use(check: str, uses: dict[str, set[str]]) -> None:
    """Unless the answer is a decision, or the law is asked."""
    text = with_fields(*FIELDS) + "settings: {grenze: {value: 3, source: x}}\n"
    named = f"    checks: [{{check: c, {check}, message: M, fields: [zahl]}}]"

    assert uses == _uses(text.replace("    purpose: zweck", f"    purpose: zweck\n{named}"))


def test_documents_outputs_and_declarations_are_uses() -> None:
    """A row's name in the title of a document, `item` in a message, a title of the filing."""
    text = HEAD + PURPOSES + "pages:\n  - page: p\n    title: P\n    purpose: zweck\n    fields:\n"
    text += "".join(f"      {line}\n" for line in FIELDS) + (
        "      - {field: ja, type: declaration, label: Ja, version: 1}\n"
        "documents:\n"
        "  - {document: d, title: D, each: kinder, item: '{rufname}', required_if: wahl = true}\n"
        "outputs:\n"
        "  xoev:\n"
        "    standard: x\n"
        '    version: "1"\n'
        "    message: x.1\n"
        "    map:\n"
        "      k: {$each: 'kinder[item.alter > 3]', o: {$each: item.schulen, w: item.ort}}\n"
    )

    assert {
        "kinder[].rufname": {"document"},
        "wahl": {"document"},
        "ja": {"notice"},
        "kinder[].alter": {"xoev"},
        "kinder[].schulen[].ort": {"xoev"},
    } == _uses(text)


def test_every_kind_of_use_has_a_word_of_its_own() -> None:
    """The destinations of an application are named as in `receives`."""
    assert {"rule", "notice", "document", "xoev", "dms", "invitation"} == {str(use) for use in Use}
