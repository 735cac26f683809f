"""How the handbook says things: rules in words with their FEEL, texts of the author, values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.explain.condition import Condition
from engine.explain.naming import Names, form_names, quick_check_names
from engine.explain.speech import Speech
from engine.explain.words import condition_words, value_words
from engine.handbook.structure import CODE, PLAIN, QUIET, STRONG, Cell, Line, Run
from engine.model import Check, Expression, Procedure, SettingValue
from engine.model_parts import Duration, Template, Text
from engine.plan.plan import Plan
from engine.rules.durations import Days, Months
from engine.rules.print import print_tree
from engine.texts.catalogue import Catalogue, fill, product
from engine.texts.shown import show_day, show_days, show_months, show_number
from engine.unconfirmed import MARK

_BULLET = re.compile(r"\s*(?:[-*]|\d{1,3}[.)]) +(.*)")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A plan, the day its law is told for, and the language."""

    plan: Plan
    day: date
    speech: Speech
    names: Names
    questions: Names
    words: Catalogue

    @property
    def procedure(self) -> Procedure:
        """What is told."""
        return self.plan.procedure

    def t(self, key: str, **values: object) -> str:
        """A word of the handbook."""
        text = self.words.get(key)
        if text is None:
            raise KeyError(key)
        return fill(text, {name: str(value) for name, value in values.items()})

    def author(self, text: Text | None) -> str:
        """A sentence of the author on one line, without its marks."""
        return "" if text is None else _plain(self.speech.author(text))

    def paragraphs(self, text: Text | None) -> Cell:
        """A longer text of the author, line by line."""
        if text is None:
            return ()
        said = self.speech.whole(text)
        return tuple(Line(tuple(_runs(words)), indent) for words, indent in _lines(said))

    def rule(self, name: str, rule: Expression, names: Names) -> Cell:
        """»Nur wenn: …« with the points below, and the rule itself as the engine reads it."""
        if rule.tree is None:
            return ()
        found = condition_words(self.plan.checked.typed[rule], names, self.speech)
        first, *rest = _points(found, 0)
        lead = Line((Run(f"{name}: ", STRONG), *first.runs))
        return (lead, *rest, self.feel(rule))

    def value(self, rule: Expression, names: Names) -> str:
        """A value in words."""
        return value_words(self.plan.checked.typed[rule], names, self.speech)

    def feel(self, rule: Expression) -> Line:
        """The rule in its one spelling."""
        text = rule.text if rule.tree is None else print_tree(rule.tree)
        return Line((Run("FEEL: ", QUIET), Run(text, CODE)))

    def check(self, one: Check, names: Names) -> Cell:
        """What must hold, or is warned of, with its sentence and paragraph."""
        key = "check.warning" if one.is_warning else "check.error"
        message = self.speech.quoted(self.author(one.message))
        because = f" ({self.law(one.because)})" if one.because else ""
        return (
            *self.rule(self.t(key), one.condition, names),
            Line((Run(f"{self.t('check.message')}: ", STRONG), Run(f"{message}{because}"),
                  Run(f" [{one.id}]", QUIET))),
        )  # fmt: skip

    def template(self, template: Template | None) -> str:
        """As the author wrote it: `{name}` stands for an answer."""
        if template is None:
            return ""
        return "".join(
            part if isinstance(part, str) else f"{{{part.text}}}" for part in template.parts
        )

    def setting(self, value: SettingValue) -> str:
        """A value of the law."""
        match value:
            case Duration():
                return self.duration(value)
            case tuple():
                return ", ".join(value)
            case str():
                return value
            case bool():
                return self.yes(value)
            case _:
                return self.speech.value(value)

    def duration(self, value: Duration) -> str:
        """»56 Tage«, »3 Monate«."""
        if value.days:
            return show_days(value.days, self.speech.language)
        return show_months(value.months, self.speech.language)

    def period(self, value: timedelta) -> str:
        """»30 Tage«."""
        return show_days(value.days, self.speech.language)

    def date(self, value: date | None) -> str:
        """A day, or a dash."""
        return "–" if value is None else show_day(value, self.speech.language)

    def number(self, value: int) -> str:
        """With the separators of the language."""
        return show_number(value, self.speech.language)  # type: ignore[arg-type]

    def law(self, text: str | None) -> str:
        """A paragraph or source; what is open is said in the language."""
        return law((text or "").replace(MARK, self.t("open")))

    def yes(self, flag: bool) -> str:
        """Ja, Nein."""
        return self.t("yes" if flag else "no")


def telling(plan: Plan, day: date, speech: Speech) -> Telling:
    """Everything that is needed to tell a procedure."""
    return Telling(
        plan,
        day,
        speech,
        form_names(plan.procedure, day),
        quick_check_names(plan.procedure, day),
        product("handbook", language=speech.language),
    )


def law(text: str | None) -> str:
    """A paragraph with its sign kept at the number: »§ 10« never breaks."""
    return re.sub(r"(§§?|Art\.|Abs\.|Nr\.|Satz) ", "\\1\u00a0", text or "")


def as_duration(value: Months | Days) -> Duration:
    """A duration of a rule as the definition has it."""
    return Duration(months=value.count) if isinstance(value, Months) else Duration(days=value.count)


def _points(one: Condition, indent: int) -> Iterator[Line]:
    yield Line((Run(one.text),), indent)
    for point in one.points:
        yield from _points(point, indent + 1)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Paragraphs and points; lines of one paragraph are joined."""
    held: list[str] = []
    indent = 0
    for row in (*text.splitlines(), ""):
        point = _BULLET.fullmatch(row)
        if held and (point or not row.strip()):
            yield " ".join(held), indent
            held, indent = [], 0
        if point:
            held, indent = [point[1]], 1
        elif row.strip():
            held.append(row.strip())


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for match in _BOLD.finditer(text):
        yield from _run(text[at : match.start()], PLAIN)
        yield from _run(match[1], STRONG)
        at = match.end()
    yield from _run(text[at:], PLAIN)


def _run(text: str, style: str) -> Iterator[Run]:
    if text:
        yield Run(law(_LINK.sub(r"\1 (\2)", text)), style)


def _plain(text: str) -> str:
    return law(_LINK.sub(r"\1 (\2)", _BOLD.sub(r"\1", text)))
