"""Answers of the Quick Check that the applicant takes along into the form."""

from collections.abc import Iterator

from engine.model import Field, Procedure
from portal.fill.taking import take
from portal.web.posted import Posted

CARRIED = "carried"  # hidden inputs of the result page: one per answer, named like the field


def carry(procedure: Procedure, posted: Posted) -> dict[str, object]:
    """The posted answers to questions that the form asks as well, under the same id."""
    asked = set(posted.all(CARRIED))
    fields = [item for page in procedure.pages for item in page.items if isinstance(item, Field)]
    return take(fields, {}, posted, asked & set(shared_ids(procedure)))


def shared_ids(procedure: Procedure) -> Iterator[str]:
    """Ids that both the Quick Check and the form ask for, with the same kind of answer."""
    if procedure.quick_check is None:
        return
    questions = {one.id: one for one in procedure.quick_check.questions}
    for page in procedure.pages:
        for item in page.items:
            twin = questions.get(item.id)
            if twin and isinstance(item, Field) and item.type.kind is twin.type.kind:
                yield item.id
