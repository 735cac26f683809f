"""A set of questions that can be filled in: the form, or the Quick Check."""

from dataclasses import dataclass
from datetime import date

from engine.coverage.spot import Seen, World
from engine.model import Decision, Field, Page
from engine.plan import Evaluation, Plan
from engine.plan.generate import question_page


@dataclass(frozen=True)
class Sheet:
    """The questions of one world on one day."""

    plan: Plan
    world: World
    today: date

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages; the questions of the Quick Check as one."""
        procedure = self.plan.procedure
        if self.world is World.FORM:
            return procedure.pages
        return (question_page(procedure.quick_check),) if procedure.quick_check else ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What is decided from the answers."""
        quick_check = self.plan.procedure.quick_check
        is_asked = self.world is World.QUICK_CHECK and quick_check is not None
        return quick_check.decisions if is_asked and quick_check else ()

    def check(self, raw: object) -> Evaluation:
        """What raw answers come to."""
        if self.world is World.FORM:
            return self.plan.check(raw, self.today)
        return self.plan.check_questions(raw, self.today)

    def asked(self, state: Evaluation) -> tuple[str, ...]:
        """Paths of the questions that can be answered.

        In the Quick Check also those that are never shown: cases answer them.
        """
        if self.world is World.FORM:
            return state.visible
        items = (item for page in self.pages for item in page.items)
        internal = (one.id for one in items if isinstance(one, Field) and one.internal)
        return (*state.visible, *internal)

    def seen(self, state: Evaluation) -> Seen:
        """The answers, to be looked at by rules."""
        return Seen(self.plan, self.world, state, self.today)
