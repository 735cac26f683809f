"""One payload of an application given as answers, for the command line."""

from datetime import date, datetime, time

from engine import Plan
from outputs import Schemas, build_all
from outputs.application import Application, OutputFile
from portal.commands.procedures import BERLIN
from portal.commands.words import refuse, say
from portal.settings import Settings


def build_payload(
    plan: Plan,
    answers: dict[str, object],
    output: str,
    today: date,
    submission: str,
    at: str | None,
) -> tuple[OutputFile | None, list[str]]:
    """The document named `output`, or the problems of the answers ("field: code")."""
    evaluation = plan.check(answers, today)
    if evaluation.problems:
        return None, [f"{one.field}: {one.code}" for one in evaluation.problems]
    application = Application(
        plan=plan,
        evaluation=evaluation,
        submission_id=submission,
        submitted_at=_moment(at, today),
        today=today,
        language="de",
        uploads=(),
    )
    made = {one.output: one for one in build_all(application, _schemas())}
    if output not in made:
        refuse(f"»{plan.procedure.id}« hat keine Ausgabe »{output}«. Es gibt: {', '.join(made)}.")
    for problem in made[output].problems or ():
        say(f"Schema, Zeile {problem.line}: {problem.message}")
    return made[output], []


def _moment(text: str | None, today: date) -> datetime:
    if text is None:
        return datetime.combine(today, time(12), BERLIN)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        refuse(f"»{text}« ist keine Zeit. Beispiel: --time 2026-11-23T12:00:00+01:00")
    return moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)


def _schemas() -> Schemas | None:
    folder = Settings().standards
    return Schemas.from_folder(folder) if folder else None
