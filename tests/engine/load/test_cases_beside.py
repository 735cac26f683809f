"""Cases in a file beside the definition."""

from engine import Source, prepare
from engine.load import SharedLists, load
from tests.engine.made import HEAD, ONE_PAGE

DEFINITION = (
    HEAD
    + ONE_PAGE
    + """\
      - {field: a, type: text, label: A}
cases:
  - case: erster
    title: Erster
    on: 2026-11-23
    given: {a: x}
"""
)


def _load(cases: str) -> tuple[list[str], list[str], str]:
    source = Source("beispiel.yaml", DEFINITION, Source("cases/beispiel.yaml", cases))
    procedure, found = load(source, SharedLists())
    assert procedure is not None
    places = [f"{one.span}: {one.code}" for one in found]
    return [one.id for one in procedure.cases], places, procedure.digest


def test_cases_beside_come_after_those_of_the_definition() -> None:
    """They may be based on a case of the definition, and take over its day."""
    cases = "procedure: beispiel\ncases:\n  - {case: zweiter, based_on: erster, given: {a: y}}\n"
    source = Source("beispiel.yaml", DEFINITION, Source("cases/beispiel.yaml", cases))

    plan, found = prepare(source, SharedLists())

    assert (plan is not None, found) == (True, ())
    assert plan is not None
    first, second = plan.procedure.cases
    assert (first.id, second.id, second.on) == ("erster", "zweiter", first.on)
    assert second.span.file == "cases/beispiel.yaml"


def test_a_name_may_be_used_once_in_both_files() -> None:
    """The complaint stands where the name is used again."""
    _, places, _ = _load(
        "procedure: beispiel\ncases:\n  - {case: erster, on: 2026-11-23, title: Noch einer}\n"
    )

    assert places == ["cases/beispiel.yaml:3:12: duplicate-name"]


def test_cases_of_another_procedure_are_not_run_for_this_one() -> None:
    """A copied file says so at the name."""
    _, places, _ = _load(
        "procedure: anderes\ncases:\n  - {case: zweiter, on: 2026-11-23, title: Noch einer}\n"
    )

    assert places == ["cases/beispiel.yaml:1:12: cases-of-another"]


def test_a_file_of_cases_holds_nothing_else() -> None:
    """Rules and texts stand in the definition alone."""
    _, places, _ = _load("procedure: beispiel\nsettings: {}\ncases: []\n")

    assert "cases/beispiel.yaml:2:1: unknown-key" in places


def test_what_is_published_does_not_depend_on_cases() -> None:
    """Drafts are pinned by digest: a new case must not make a new version."""
    few = _load("procedure: beispiel\ncases:\n  - {case: z, on: 2026-11-23, title: Z}\n")[2]
    more = _load("procedure: beispiel\ncases:\n  - {case: y, on: 2026-11-23, title: Y}\n")[2]

    assert few == more
