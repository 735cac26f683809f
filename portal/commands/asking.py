"""The Quick Check with answers from a file, for the command line."""

from datetime import date

from engine import Plan, QuickCheckResult
from engine.answers import read_answers
from engine.plan.messages import german
from portal.commands.words import refuse, say, shown

_NAMED = 10


def run_quick_check(
    plan: Plan, given: dict[str, object], today: date
) -> tuple[QuickCheckResult, bool]:
    """The result, and whether every answer could be read; what was left out is told."""
    questions = plan.procedure.quick_check
    if questions is None:
        refuse(f"»{plan.procedure.id}« hat keinen Quick Check.", "It has no Quick Check.")
    reading = read_answers(questions.questions, given, internal=True)
    state = plan.question_state(reading.answers, today)
    unread = {one.field for one in reading.problems}
    for problem in (*reading.problems, *(one for one in state.problems if one.field not in unread)):
        say(f"{problem.field}: {german(problem)}")
    if reading.dropped:
        names = ", ".join(shown(name) for name in reading.dropped[:_NAMED])
        more = ", …" if len(reading.dropped) > _NAMED else ""
        say(f"Danach wird nicht gefragt: {names}{more}", "These are not asked; see above.")
    return plan.quick_check(reading.answers, today), not reading.problems
