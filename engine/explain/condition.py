"""A condition in words: a sentence, or a lead with points below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.rules.tree import Node


@dataclass(frozen=True, slots=True)
class Condition:
    """`node` is the part of the rule that the words are about."""

    text: str
    node: Node | None = None
    points: tuple["Condition", ...] = ()

    def lines(self, indent: str = "") -> Iterator[str]:
        """The sentence and its points, each on a line of its own."""
        yield f"{indent}{self.text}"
        for point in self.points:
            first, *rest = point.lines()
            yield f"{indent}- {first}"
            yield from (f"{indent}  {line}" for line in rest)

    def __str__(self) -> str:
        return "\n".join(self.lines())
