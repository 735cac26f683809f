"""Decisions in words: a value, or a table with a row per rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.explain.naming import Names
from engine.explain.speech import Speech
from engine.explain.words import Wording, cell_words, value_words
from engine.model import Decision, Expression, TableRule
from engine.rules.scope import Typed


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: what has to be so, what follows, and why."""

    rule: str
    when: tuple[str, ...]  # cells, then the condition; empty: always
    then: str
    because: str


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision: `value` if it is worked out, else the rows of its table."""

    id: str
    value: str
    policy: str
    rows: tuple[Row, ...]
    otherwise: str
    because: str

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        rows = [
            {"rule": row.rule, "when": list(row.when), "then": row.then, "because": row.because}
            for row in self.rows
        ]
        return {
            "decision": self.id,
            "because": self.because,
            "value": self.value,
            "policy": self.policy,
            "rules": rows,
            "otherwise": self.otherwise,
        }

    def as_markdown(self, speech: Speech) -> str:
        """A heading and a table that can be read as plain text, too."""
        head = f"### {self.id}" + (f" ({self.because})" if self.because else "")
        return "\n".join([head, "", *self._body(speech), ""])

    def _body(self, speech: Speech) -> Iterator[str]:
        if not self.rows:
            yield self.value
            return
        yield self.policy
        yield ""
        yield _line(speech.t(f"table.{name}") for name in ("rule", "when", "then", "because"))
        yield _line("---" for _ in range(4))
        for row in self.rows:
            when = "; ".join(row.when) or speech.t("table.always")
            yield _line((row.rule, when, row.then, row.because))
        if self.otherwise:
            yield _line((speech.t("table.otherwise"), "", self.otherwise, ""))


def decision_words(
    decision: Decision, typed: Mapping[Expression, Typed], names: Names, speech: Speech
) -> DecisionWords:
    """A decision of the Quick Check."""

    def said(rule: Expression | None) -> str:
        return "" if rule is None else value_words(typed[rule], names, speech)

    return DecisionWords(
        decision.id,
        said(decision.value),
        speech.t(f"policy.{decision.hit_policy}") if decision.rules else "",
        tuple(
            Row(
                one.id,
                rule_words(one, typed, names, speech),
                said(one.then),
                one.because or "",
            )
            for one in decision.rules
        ),
        said(decision.otherwise),
        decision.because or "",
    )


def rule_words(
    rule: TableRule, typed: Mapping[Expression, Typed], names: Names, speech: Speech
) -> tuple[str, ...]:
    """What has to be so: a sentence per cell, and one for the condition."""
    found = [cell_words(typed[cell], name, names, speech) for name, cell in rule.cells.items()]
    if rule.condition is not None:
        wording = Wording(typed[rule.condition], names, speech)
        found.append(wording.inline(rule.condition.tree) if rule.condition.tree else "")
    return tuple(one for one in found if one)


def _line(cells: "Iterator[str] | tuple[str, ...]") -> str:
    return "| " + " | ".join(one.replace("|", "/").replace("\n", " ") for one in cells) + " |"
