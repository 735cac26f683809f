"""A claim: something that must be possible, or must never happen; as a formula and as a test."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.prove.terms import Bool
from engine.prove.world import Run
from engine.source import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """`formula` says when it happens, `happens` whether it did in a run of the plan."""

    code: str
    subject: str
    span: Span
    is_wanted: bool  # it must be possible; else it must never happen
    is_valid: bool  # only answers count that could be submitted
    formula: Bool
    happens: Callable[[Run], bool]
    values: Mapping[str, str] = field(default_factory=dict)
    premise: Bool = True  # where this is impossible nothing is claimed: another claim tells why
    aim: Bool = True  # the formula without its parts, which tell why it is never true:
    own_parts: Mapping[str, Bool] = field(default_factory=dict)  # what it says itself
    other_parts: Mapping[str, Bool] = field(default_factory=dict)  # what is in its way
    explain_on_valid: bool = True  # the reason is sought among answers that can be submitted
    decision: str = ""  # gaps are told in ranges of what it depends on
    stronger: "Claim | None" = None  # what else is claimed, if this holds
    details: "tuple[Claim, ...]" = ()  # what exactly happened, if it did: told instead

    @property
    def key(self) -> str:
        """The same claim about another world."""
        return f"{self.code} {self.subject}"

    def all(self) -> "Iterator[Claim]":
        """This claim and those that come with it."""
        yield self
        for one in (*self.details, self.stronger):
            if one is not None:
                yield from one.all()
