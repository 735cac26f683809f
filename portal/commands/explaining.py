"""What a procedure decides, in words; why a case came out as it did; why something is shown."""

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import typer

from engine import Evaluation, Plan
from engine.answers import read_answers
from engine.cases import answers_of
from engine.explain.explanation import Explainer, as_json, as_lines
from engine.explain.form import part_names, why_part
from engine.explain.naming import quick_check_names
from engine.explain.speech import Speech
from engine.explain.tables import decision_words
from engine.model import Case
from engine.plan.messages import german
from engine.suggest import nearest
from engine.values import Answers
from portal.commands.given import day, read_answers_file
from portal.commands.procedures import definition_files, definitions_folder, lists_folder_of, locate
from portal.commands.procedures import prepared as prepared_plan
from portal.commands.words import FINDINGS, give, refuse, say, shown, tell
from portal.texts import Texts


class Asked:
    """A procedure, the answers of a case or a file, and the day they count on."""

    def __init__(self, name: str, case: str | None, today: str | None, language: str) -> None:
        self.plan: Plan = prepared_plan(name)
        self.speech = _speech(name, self.plan, language)
        found = self._case(case)
        if found is None:
            given = read_answers_file(case) if case is not None else {}
            self.questions, self.form = given, given
            self.day = day(today)
        else:
            self.questions, self.form = answers_of(self.plan, found)
            self.day = found.on if today is None else day(today)

    def _case(self, name: str | None) -> Case | None:
        """A case of the definition; None if it is a file."""
        if name is None or name == "-":
            return None
        known = {one.id: one for one in self.plan.procedure.cases}
        is_known = name in known or _is_file(name)
        return known.get(name) if is_known else _no_case(name, known)

    def answers(self) -> tuple[Answers, bool]:
        """The answers to the questions, and whether all could be read; the rest is told."""
        check = self.plan.procedure.quick_check
        if check is None:
            name = self.plan.procedure.id
            refuse(f"»{name}« hat keinen Quick Check.", "It has no Quick Check.")
        reading = read_answers(check.questions, self.questions, internal=True)
        for problem in reading.problems:
            say(f"{problem.field}: {german(problem)}")
        for name in reading.dropped:
            say(f"{shown(name)}: Danach wird nicht gefragt. / This is not asked.")
        return reading.answers, not reading.problems

    def states(self) -> tuple[Evaluation, Evaluation]:
        """The form and the questions with these answers."""
        return (
            self.plan.check(self.form, self.day, internal=True),
            self.plan.check_questions(self.questions, self.day),
        )


def _no_case(name: str, known: Iterable[str]) -> NoReturn:
    near = nearest(name, tuple(known))
    refuse(
        f"Weder einen Fall noch eine Datei »{shown(name)}« gibt es."
        + (f" Meinten Sie »{near[0]}«?" if near else ""),
        "There is neither a case nor a file of this name.",
    )


def _is_file(name: str) -> bool:
    try:
        return Path(name).suffix == ".json" or Path(name).exists()
    except (OSError, ValueError):
        return False


def procedure_names() -> tuple[str, ...]:
    """Ids of all procedures."""
    return tuple(path.stem for path in definition_files(definitions_folder()))


def is_procedure(name: str) -> bool:
    """Whether a word names a definition: its id, or a YAML file."""
    return name in procedure_names() or name.endswith((".yaml", ".yml"))


def explain_result(asked: Asked, *, is_json: bool) -> None:
    """The result of the Quick Check, how it came about, and what would change it."""
    answers, is_readable = asked.answers()
    found = Explainer(asked.plan).explain(answers, asked.day, asked.speech)
    if is_json:
        give(as_json(found, asked.speech))
    else:
        _print(as_lines(found, asked.speech))
    if not is_readable:
        raise typer.Exit(FINDINGS)


def explain_part(asked: Asked, name: str, *, is_json: bool) -> None:
    """Why a field, page or document is shown, hidden, needed."""
    form, questions = asked.states()
    why = why_part(asked.plan, form, questions, name, asked.day, asked.speech)
    if why is None:
        near = nearest(name, part_names(asked.plan))
        refuse(
            f"»{shown(name)}« ist weder Feld noch Seite noch Unterlage von "
            f"»{asked.plan.procedure.id}«." + (f" Meinten Sie »{near[0]}«?" if near else ""),
            "There is no field, page or document of this name.",
        )
    if is_json:
        give(why.as_json())
    else:
        _print(why.lines(asked.speech))


def explain_procedure(asked: Asked, *, is_json: bool) -> None:
    """Every decision of the Quick Check, as a table."""
    plan, speech = asked.plan, asked.speech
    check = plan.procedure.quick_check
    if check is None:
        refuse(
            f"»{plan.procedure.id}« hat keinen Quick Check. Nennen Sie ein Feld: --field plz",
            "It has no Quick Check. Name a field: --field plz",
        )
    names = quick_check_names(plan.procedure, asked.day)
    said = [decision_words(one, plan.checked.typed, names, speech) for one in check.decisions]
    if is_json:
        give({"decisions": [one.as_json() for one in said]})
    else:
        _print(one.as_markdown(speech) for one in said)


def _print(lines: Iterable[str]) -> None:
    tell("".join(f"{line}\n" for line in lines))


def _speech(name: str, plan: Plan, language: str) -> Speech:
    words = Texts(lists_folder_of(locate(name))).words(language, plan.procedure)
    return Speech(language, lambda text: str(words.text(text)))
