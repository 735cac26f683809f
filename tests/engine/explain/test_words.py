"""Every rule of the language has words, in German and in English."""

import pytest

from engine.explain.naming import form_names, quick_check_names
from engine.explain.speech import Speech, sentences
from engine.explain.tables import decision_words
from engine.explain.words import condition_words, value_words
from engine.rules import FUNCTIONS
from engine.rules import tree as nodes
from engine.rules.types import YES_NO
from engine.texts.catalogue import places
from tests.engine.explain.made import DAY, cases, plan_with_rules, typed_rule
from tests.engine.made import PROCEDURES, real_plan

CASES = cases()
# Only read where FEEL comes from elsewhere, or in cells.
_ELSEWHERE = {"Node", "Tree", "Cell", "Test", "Input", "Negation"}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[one["rule"] for one in CASES])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_rule_reads_as_its_author_meant_it(number: int, language: str) -> None:
    """The sentences of the table, word for word."""
    plan = plan_with_rules()
    typed, names, speech = (
        typed_rule(plan, number),
        form_names(plan.procedure, DAY),
        Speech(language),
    )
    is_condition = typed.type == YES_NO and not isinstance(typed.tree, nodes.Flag)

    said = str((condition_words if is_condition else value_words)(typed, names, speech))

    assert CASES[number][language].strip() == said


def test_no_function_and_no_node_is_missing() -> None:
    """The table of words has every function and every kind of node."""
    plan = plan_with_rules()
    trees = [typed_rule(plan, number).tree for number in range(len(CASES))]
    found = [node for tree in trees for node in nodes.walk(tree)]
    called = {node.function for node in found if isinstance(node, nodes.Call)}
    kinds = {
        name
        for name, kind in vars(nodes).items()
        if isinstance(kind, type) and issubclass(kind, nodes.Node)
    }

    assert set(FUNCTIONS) <= called | {"duration"}
    assert kinds - {type(node).__name__ for node in found} <= _ELSEWHERE


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_without_words_is_noticed(name: str) -> None:
    """Every function has its sentence in both catalogues, with the same places."""
    key = f"call.{name.replace(' ', '_')}"
    german, english = (sentences(language).get(key) for language in ("de", "en"))

    assert german is not None
    assert english is not None
    assert places(german) == places(english)


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    """A key that only one language has would be printed as it is."""
    german, english = sentences("de"), sentences("en")
    keys = german.every_key()

    assert keys == english.every_key()
    assert [] == [
        key for key in keys if places(german.get(key) or "") != places(english.get(key) or "")
    ]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_rule_of_the_real_procedures_has_words(procedure: str, language: str) -> None:
    """No key, no FEEL and no bracket that nobody closes is left in a sentence."""
    plan = real_plan(procedure)
    names, speech = quick_check_names(plan.procedure, DAY), Speech(language)
    check = plan.procedure.quick_check
    assert check is not None

    for decision in check.decisions:
        said = decision_words(decision, plan.checked.typed, names, speech).as_markdown(speech)
        assert said.count("(") == said.count(")")
        for key in (
            "call.",
            "is.",
            "value.",
            "setting.",
            "points.",
            "condition.",
            "{",
            " angegeben(",
        ):
            assert key not in said, (decision.id, said)


def test_a_table_is_told_row_by_row() -> None:
    """Columns, conditions, results and paragraphs of the smallest procedure."""
    plan = real_plan("musterprozess")
    check = plan.procedure.quick_check
    assert check is not None
    names, speech = quick_check_names(plan.procedure, DAY), Speech("de")
    decision = next(one for one in check.decisions if one.id == "ergebnis")

    said = decision_words(decision, plan.checked.typed, names, speech)

    assert "Die erste Regel, die zutrifft, gilt." == said.policy
    expected = {
        "E01": "»Wohnen Sie mit Hauptwohnung in einer Parkzone?« ist „Nein“",
        "E02": "»Haben Sie dort einen eigenen Stellplatz?« ist „Ja, gemietet“ oder "
        "„Ja, er gehört mir“",
        "E03": "schon_eingezogen trifft nicht zu",
    }
    assert expected == {row.rule: "; ".join(row.when) for row in said.rows}
    assert "„moeglich“" == said.otherwise
    assert said.as_markdown(speech).count("| § 45 Abs. 1b StVO |") == 2
