"""What an invited person has of an application: the one place that decides it.

`narrow` leaves of the answers only those the invitation names; whatever works on the result cannot
show, explain or compute anything else, because nothing else is there. `widen` puts back only what
belongs to the invited pages. The applicant's side is the same application without the part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.model import Document, Field, Group, Item, Page, Procedure
from engine.model_invitations import Invitation
from engine.plan.evaluation import DocumentNeed, Evaluation


@dataclass(frozen=True, slots=True)
class Part:
    """One invitation of a procedure, looked up."""

    invitation: Invitation
    pages: tuple[Page, ...]
    writes: frozenset[str]  # ids of the questions and groups on these pages
    reads: frozenset[str]  # those, and what the invitation lets them see or use
    documents: frozenset[str]

    def narrow(self, raw: Mapping[str, object]) -> dict[str, object]:
        """Of all answers those that the invited person's pages may work with."""
        return {name: value for name, value in raw.items() if name in self.reads}

    def widen(self, raw: Mapping[str, object], part: Mapping[str, object]) -> dict[str, object]:
        """All answers with those of the invited pages as they are in `part`."""
        kept = {name: value for name, value in raw.items() if name not in self.writes}
        return {**kept, **{name: part[name] for name in self.writes if name in part}}

    def without(self, raw: Mapping[str, object]) -> dict[str, object]:
        """All answers but those of the invited pages."""
        return self.widen(raw, {})

    def shown_pages(self, state: Evaluation) -> list[str]:
        """The invited pages that show something."""
        own = {page.id for page in self.pages}
        return [name for name in state.pages if name in own]

    def needs(self, state: Evaluation) -> list[DocumentNeed]:
        """The documents that the invited person hands in."""
        return [need for need in state.documents if need.document in self.documents]

    def seen_items(self, procedure: Procedure) -> list[Item]:
        """The questions whose answers are shown, in the order of the form."""
        sees = set(self.invitation.sees)
        return [item for page in procedure.pages for item in page.items if item.id in sees]


def parts_of(procedure: Procedure) -> dict[str, Part]:
    """Every invitation by its id."""
    return {one.id: _part(procedure, one) for one in procedure.invitations}


def _part(procedure: Procedure, one: Invitation) -> Part:
    pages = tuple(page for page in procedure.pages if page.id in one.pages)
    writes = frozenset(_answers(pages))
    named = {str(name) for name in (*one.sees, *one.uses)}
    known: Iterable[Document] = (each for each in procedure.documents if each.id in one.documents)
    return Part(one, pages, writes, writes | named, frozenset(each.id for each in known))


def _answers(pages: tuple[Page, ...]) -> Iterable[str]:
    return (
        item.id
        for page in pages
        for item in page.items
        if isinstance(item, Group) or (isinstance(item, Field) and not item.internal)
    )
