"""Answers that could not be read, among the other problems, in the order of the form."""

import re

from engine.answers.problem import Problem
from engine.answers.read import items_of
from engine.model import Procedure, with_paths

_STEP = re.compile(r"([^.\[]+)(?:\[([0-9]+)\])?")


class FormOrder:
    """Where each path stands in the form, or among the questions of the Quick Check."""

    def __init__(self, procedure: Procedure) -> None:
        quick_check = procedure.quick_check
        questions = quick_check.questions if quick_check else ()
        items = (*items_of(procedure), *questions)
        paths = tuple(path for path, _ in with_paths(items))
        self._places = {path: number for number, path in enumerate(dict.fromkeys(paths))}

    def merged(self, unreadable: list[Problem], others: list[Problem]) -> list[Problem]:
        """Of an answer that cannot be read nothing else is said."""
        said = {self._question(one.field) for one in unreadable}
        kept = [one for one in others if one.field not in said]
        return sorted((*unreadable, *kept), key=lambda one: self._key(one.field))

    def _question(self, path: str) -> str:
        """`anschrift` for `anschrift.plz`: what is missing in a line is said there."""
        if "." not in path or self._plain(path) in self._places:
            return path
        return path.rpartition(".")[0]

    def _key(self, path: str) -> tuple[int, ...]:
        place = self._places.get(path)
        if place is not None and "." not in path:
            return (place,)
        key: list[int] = []
        plain = ""
        for step in _STEP.finditer(path):
            plain = f"{plain}.{step[1]}" if plain else step[1]
            key.append(self._places.get(plain, -1))
            if step[2] is not None:
                key.append(int(step[2]))
                plain += "[]"
        return tuple(key)

    def _plain(self, path: str) -> str:
        return re.sub(r"\[[0-9]+\]", "[]", path)
