"""The smallest changes to another outcome: one change first, then pairs, then what is left.

No solver: trials of the plan itself, a bounded number of them, always in the same order. What is
found is what was tried, so every promise holds.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import combinations

from engine.explain.candidates import Candidates
from engine.explain.trials import DAY, Move, OutOfTrialsError, Trial, Trials
from engine.values import Value

_PAIRS = 24  # so many single changes are paired with each other
_LONGEST = 4  # changes at a time
_RESERVE = 60  # trials kept for the longer ones


def smallest_changes(
    trials: Trials, candidates: Candidates, ranks: Mapping[str, int]
) -> list[Move]:
    """Changes that lead to another outcome, the smallest and best first."""
    base = trials.base()
    if not base.is_complete:
        return []
    search = _Search(trials, candidates, ranks, base)
    with suppress(OutOfTrialsError):
        search.run()
    return search.sorted()


class _Search:
    def __init__(
        self, trials: Trials, candidates: Candidates, ranks: Mapping[str, int], base: Trial
    ) -> None:
        self._trials = trials
        self._candidates = candidates
        self._ranks = ranks
        self._base = base
        self._order = {one.id: number for number, one in enumerate(candidates.questions)}
        self._found: list[Move] = []
        self._singles: list[Move] = []

    def run(self) -> None:
        """One change, two, more."""
        for move in self._candidates.changes(self._trials):
            for whole in self._completed(move):
                self._singles.append(whole)
                self._keep(whole)
        if self._best() == 0:
            return
        matter = self._mattering()
        self._pairs(matter)
        if not any(self._is_better(one.trial) for one in self._found):
            self._longer(matter)

    def sorted(self) -> list[Move]:
        """Without those that a smaller one makes superfluous."""
        kept: list[Move] = []
        for move in sorted(self._found, key=self._size):
            if not any(self._covers(one, move) for one in kept):
                kept.append(move)
        return sorted(kept, key=self._place)

    def _completed(self, move: Move) -> Iterator[Move]:
        """The change, with answers to the questions that it brings up (at most two)."""
        if move.trial.is_complete:
            yield move
        elif not move.trial.is_wrong and len(move.answers) <= 2:
            for filled in self._candidates.filling(move.trial.missing[0], move, self._trials):
                yield from self._completed(filled)

    def _keep(self, move: Move) -> None:
        if move.trial.is_complete and move.trial.outcome != self._base.outcome:
            self._found.append(move)

    def _mattering(self) -> list[Move]:
        """Changes that a rule notices, of each question one per effect; better ones first.

        What a rule that hits reads may matter even if nothing happens yet: `a = 1 or b = 1`.
        """
        rules = self._candidates.rules
        read = frozenset(name for hit in self._base.hits for name in rules.get(hit, ()))
        seen: set[object] = set()
        matter: list[Move] = []
        for move in self._singles:
            key = move.questions, move.trial.signature
            is_noticed = move.trial.signature != self._base.signature
            if key not in seen and (is_noticed or move.questions & read):
                seen.add(key)
                matter.append(move)
        matter.sort(key=lambda one: (len(one.answers), self._blocks(one.trial)))
        return matter[:_PAIRS]

    def _pairs(self, matter: list[Move]) -> None:
        for one, other in combinations(matter, 2):
            if self._trials.left <= _RESERVE:
                return
            if one.questions & other.questions:
                continue
            alone = min(self._rank(one.trial), self._rank(other.trial))
            if alone == 0:
                continue
            move = self._trials.move((*one.answers, *other.answers))
            if self._rank(move.trial) < alone and self._is_better(move.trial):
                self._keep(move)

    def _longer(self, matter: list[Move]) -> None:
        """Take away one reason after the other; afterwards leave out what was not needed."""
        answers: tuple[Move, ...] = ()
        trial = self._base
        while len(answers) < _LONGEST and not self._is_better(trial):
            step = self._next(answers, matter, trial)
            if step is None:
                return
            answers, trial = (*answers, step[0]), step[1]
        if self._is_better(trial) and trial.is_complete:
            self._keep(self._shortened(answers))

    def _next(
        self, taken: tuple[Move, ...], matter: list[Move], trial: Trial
    ) -> tuple[Move, Trial] | None:
        used = frozenset(name for one in taken for name in one.questions)
        best: tuple[tuple[int, int], Move, Trial] | None = None
        for move in matter:
            if move.questions & used:
                continue
            tried = self._trials.of(_all(*taken, move))
            key = self._rank(tried), self._blocks(tried)
            if tried.is_complete and (best is None or key < best[0]):
                best = key, move, tried
        if best is None or best[2].signature == trial.signature:
            return None
        return best[1], best[2]

    def _shortened(self, moves: tuple[Move, ...]) -> Move:
        wanted = self._trials.of(_all(*moves)).outcome
        for one in moves:
            rest = tuple(other for other in moves if other is not one)
            tried = self._trials.of(_all(*rest))
            if tried.is_complete and tried.outcome == wanted:
                return self._shortened(rest)
        return self._trials.move(_all(*moves))

    def _rank(self, trial: Trial) -> int:
        return self._ranks.get(trial.outcome or "", len(self._ranks))

    def _is_better(self, trial: Trial) -> bool:
        return trial.is_complete and self._rank(trial) < self._rank(self._base)

    def _best(self) -> int:
        return min((self._rank(one.trial) for one in self._found), default=len(self._ranks))

    def _blocks(self, trial: Trial) -> int:
        """How many rules that hit now would hit no longer, the other way round for new ones."""
        now, then = set(self._base.hits), set(trial.hits)
        return len(then - now) - len(now - then)

    def _size(self, move: Move) -> tuple[int, int, list[int]]:
        places = sorted(self._order.get(name, len(self._order)) for name in move.questions)
        return len(move.answers), self._rank(move.trial), places

    def _place(self, move: Move) -> tuple[int, bool, date, int]:
        """In the list: what can be done comes first, then waiting, the shortest first."""
        is_waiting = move.questions == {DAY}
        day = self._day(move) if is_waiting else self._trials.today
        return len(move.answers), is_waiting, day, self._rank(move.trial)

    def _covers(self, one: Move, other: Move) -> bool:
        """Whether nobody needs the other one, because less leads as far."""
        if not one.questions <= other.questions or self._day(one) > self._day(other):
            return False
        return self._rank(one.trial) <= self._rank(other.trial)

    def _day(self, move: Move) -> date:
        """How long somebody has to wait: a long wait for more does not cover a short one."""
        day = dict(move.answers).get(DAY)
        return day if isinstance(day, date) else self._trials.today


def _all(*moves: Move) -> tuple[tuple[str, Value], ...]:
    return tuple(pair for move in moves for pair in move.answers)
