"""Fills a form until nothing is asked any more, then mends it until nothing is wrong.

Mending is a search: an answer that a failing rule reads is thrown anew, and kept if not more is
wrong than before.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from engine.answers.problem import Problem
from engine.model import Expression, Field, Group
from engine.plan.evaluation import Evaluation
from engine.sample.dice import Dice
from engine.sample.draw import Draw
from engine.sample.reads import Reads
from engine.sample.sheet import Sheet
from engine.sample.tree import Tree, plain, row_of, value_at

MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Saved:
    """An application at a moment."""

    tree: Tree
    state: Evaluation
    met: frozenset[str]


class Build:
    """One application under construction."""

    def __init__(
        self,
        sheet: Sheet,
        reads: Reads,
        draw: Draw,
        dice: Dice,
        optional: int,
        raw: Mapping[str, object] | None = None,
    ) -> None:
        self.tree = Tree(raw)
        self._sheet = sheet
        self._reads = reads
        self._draw = draw
        self._dice = dice
        self._optional = optional  # percent of optional questions that are answered
        self._met: set[str] = set()  # questions that were asked already
        self.state = self._filled()

    def saved(self) -> "Saved":
        """The application as it is now."""
        return Saved(self.tree, self.state, frozenset(self._met))

    def back_to(self, saved: "Saved") -> None:
        """Everything since then is undone."""
        self.tree, self.state, self._met = saved.tree, saved.state, set(saved.met)

    def put(self, path: str, value: object) -> None:
        """An answer, whatever it leads to; what is asked because of it is answered."""
        self.tree = self.tree.copied()
        self._met.add(path)
        self.tree.put(path, value)
        self.state = self._filled()

    def grow(self, path: str, count: int) -> None:
        """So many rows of a group."""
        self.tree = self.tree.copied()
        self._met.add(path)
        self.tree.rows(path, count)
        self.state = self._filled()

    def mended(self) -> bool:
        """Whether nothing is wrong any more after so many steps."""
        for _ in range(MOST_STEPS):
            problems = self.state.problems
            if not problems:
                return True
            self._mend(self._dice.one_of(problems))
        return not self.state.problems

    def reach(self, path: str) -> bool:
        """Tries to have a question shown by changing what its conditions read."""
        for _ in range(60):
            if path in self.state.visible:
                return True
            paths = self._towards(path, set())
            if not paths:
                return False
            self._change(self._dice.one_of(paths), ())
        return path in self.state.visible

    def _towards(self, path: str, seen: set[str]) -> list[str]:
        """Visible answers that the hidden question depends on, also through hidden ones."""
        seen.add(path)
        found: list[str] = []
        for rule in self._reads.conditions.get(path, ()):
            for read in self._reads.of(rule, row_of(path)):
                if read in self.state.visible:
                    found.append(read)
                elif read not in seen and "[]" not in read:
                    found += self._towards(read, seen)
        return found

    def _filled(self) -> Evaluation:
        """Answers what is asked, and what is asked because of these answers, to the end."""
        while True:
            state = self._sheet.check(self.tree.raw)
            asked = [path for path in state.visible if path not in self._met]
            if not asked:
                return state
            needed = frozenset(state.required)
            for path in asked:
                self._met.add(path)
                if path in needed or self._dice.chance(self._optional):
                    self._answer(path, (), needed)

    def _answer(self, path: str, beside: tuple[object, ...], needed: Container[str]) -> None:
        item = self._reads.items.get(plain(path))
        if isinstance(item, Group):
            least = max(item.minimum, 1 if path in needed else 0)
            self.tree.rows(path, self._draw.count(least, max(item.maximum, least), plain(path)))
        elif isinstance(item, Field):
            self.tree.put(path, self._draw.answer(item, plain(path), beside))

    def _mend(self, problem: Problem) -> None:
        path = problem.field
        check = self._reads.checks.get(problem.values.get("check", ""))
        if check is None:
            self._change(path if plain(path) in self._reads.items else row_of(path)[:-1], ())
            return
        paths = self._concerned(check.condition, path)
        chosen = self._dice.one_of(paths or [path])
        if self._is_optional(chosen) and self._dice.chance(15):
            self._try(chosen, None)
        else:
            day = (self._sheet.today,) if self._reads.day(check.condition) else ()
            self._change(chosen, (one for one in paths if one != chosen), day)

    def _concerned(self, condition: Expression, path: str) -> list[str]:
        """Visible paths that the condition reads, in the row of the problem or in any."""
        row = row_of(path)
        found = []
        for read in self._reads.of(condition, plain(row)):
            prefix = row if row and read.startswith(plain(row)) else ""
            found += [
                one for one in self.state.visible if plain(one) == read and one.startswith(prefix)
            ]
        return found

    def _is_optional(self, path: str) -> bool:
        return path not in self.state.required

    def _change(
        self, path: str, beside_paths: Iterable[str], more: tuple[object, ...] = ()
    ) -> None:
        values = self.state.all_values
        beside = [value_at(values, one) for one in beside_paths]
        self._try(path, (*(one for one in beside if one is not None), *more))

    def _try(self, path: str, beside: tuple[object, ...] | None) -> None:
        """Another answer (None: none at all), kept if not more is wrong than before."""
        tree, state, met = self.tree, self.state, set(self._met)
        self.tree = tree.copied()
        self._met.add(path)
        if beside is None:
            self.tree.put(path, None)
        else:
            self._answer(path, beside, state.required)
        self.state = self._filled()
        if len(self.state.problems) > len(state.problems) and self._dice.chance(90):
            self.tree, self.state, self._met = tree, state, met
