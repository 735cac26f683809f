"""All chapters in their order; chapters without content stay, so that numbers never move."""

from datetime import date

from engine.explain.speech import Speech
from engine.handbook.cases import cases
from engine.handbook.documents import documents
from engine.handbook.fields import form, lists
from engine.handbook.filing import filing
from engine.handbook.front import authority_lines, overview, reading, release, title_facts
from engine.handbook.message import elements_by_answer, entries_of, message
from engine.handbook.process import process
from engine.handbook.questions import quick_check
from engine.handbook.rights import basis
from engine.handbook.structure import Handbook
from engine.handbook.telling import telling
from engine.plan.plan import Plan

_SHORT = 16  # characters of the digest at the foot of a page


def build(plan: Plan, day: date, speech: Speech) -> Handbook:
    """The handbook of a procedure; rules are told with the law of `day`."""
    one = telling(plan, day, speech)
    procedure, t = plan.procedure, one.t
    entries = entries_of(one)
    return Handbook(
        language=speech.language,
        kicker=t("kicker"),
        title=one.author(procedure.title),
        subtitle=t("subtitle", version=procedure.version),
        authority=authority_lines(one),
        facts=title_facts(one),
        contents=t("contents"),
        foot=f"{procedure.id} {procedure.version} · {procedure.digest[:_SHORT]}",
        page_words=(t("page"), t("of")),
        chapters=(
            reading(one),
            overview(one),
            basis(one),
            quick_check(one),
            form(one, elements_by_answer(entries)),
            documents(one),
            message(one, entries),
            filing(one),
            process(one),
            cases(one),
            lists(one),
            release(one),
        ),
    )
