"""The part of an invited person: what goes in, what comes back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.plan.part import Part
from tests.engine.made import TODAY, plan_of

FORM = """\
recipients: {amt: {text: Das Amt, receives: [invitation]}}
purposes:
  zweck: {text: T, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}
pages:
  - page: person
    title: Person
    purpose: zweck
    fields:
      - {field: geheim, type: text, label: Geheim}
      - {field: gezeigt, type: text, label: Gezeigt}
      - {field: gebraucht, type: yes_no, label: Gebraucht}
  - page: arbeit
    title: Arbeit
    purpose: zweck
    show_if: gebraucht = true
    fields:
      - {field: firma, type: text, label: Firma, required: true}
      - {info: hinweis, text: Hinweis}
      - {computed: laenge, value: string length(firma)}
      - {field: amt, type: text, label: Nur das Amt, internal: true}
      - group: orte
        label: Orte
        repeat: {min: 0, max: 3}
        fields: [{field: ort, type: text, label: Ort}]
documents:
  - {document: vertrag, title: Vertrag}
  - {document: ausweis, title: Ausweis}
invitations:
  - invitation: chef
    title: Chef
    pages: [arbeit]
    documents: [vertrag]
    sees: [gezeigt]
    uses: [gebraucht]
"""
PLAN = plan_of(FORM)
PART: Part = PLAN.parts["chef"]
NAMES = ("geheim", "gezeigt", "gebraucht", "firma", "amt", "orte", "laenge", "hinweis", "anders")
raws = st.dictionaries(st.sampled_from(NAMES), st.text(max_size=3))


def test_a_part_reads_what_is_named_and_writes_its_pages() -> None:
    """Nothing computed, nothing for the clerk, no texts."""
    assert PART.writes == {"firma", "orte"}
    assert PART.reads == {"firma", "orte", "gezeigt", "gebraucht"}
    assert PART.documents == {"vertrag"}


@settings(max_examples=200)
@given(raws, raws)
def test_whatever_is_sent_only_the_part_changes(
    whole: dict[str, str], sent: dict[str, str]
) -> None:
    """What is not theirs stays as it was; what is theirs is as it was sent."""
    after = PART.widen(whole, sent)

    for name in NAMES:
        assert after.get(name) == (sent if name in PART.writes else whole).get(name)
    assert PART.widen(after, PART.narrow(after)) == after
    assert set(PART.narrow(whole)) <= PART.reads
    assert PART.writes.isdisjoint(PART.without(whole))


@settings(max_examples=50)
@given(st.text(max_size=5), st.text(max_size=5))
def test_hidden_answers_make_no_difference(one: str, other: str) -> None:
    """Everything that an evaluation says of the part is the same for both."""
    given_answers = {"gezeigt": "a", "gebraucht": "ja", "firma": ""}
    states = [
        PLAN.check(PART.narrow({**given_answers, "geheim": text}), TODAY) for text in (one, other)
    ]

    assert states[0].values == states[1].values
    assert states[0].problems == states[1].problems
    assert PART.shown_pages(states[0]) == ["arbeit"]
    assert [need.document for need in PART.needs(states[0])] == ["vertrag"]
    assert [item.id for item in PART.seen_items(PLAN.procedure)] == ["gezeigt"]


def test_a_part_whose_pages_are_hidden_has_none() -> None:
    """Then nobody is asked to invite anybody."""
    assert PART.shown_pages(PLAN.check({"gebraucht": "nein"}, TODAY)) == []
