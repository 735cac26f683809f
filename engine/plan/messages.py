"""Sentences for problems: the author's own, else the catalogue's for the code."""

from collections.abc import Callable
from typing import TypeAlias

from engine.answers.problem import Insert, Problem
from engine.plan.shows import show_money, shower
from engine.texts.catalogue import Catalogue, fill, product

Say: TypeAlias = Callable[[Problem], str]


def german(problem: Problem) -> str:
    """What an applicant reads in German."""
    return sentence(problem, catalogue("de"))


def sentence(problem: Problem, texts: Catalogue) -> str:
    """What to do, in the catalogue's language; the author's sentence stays German."""
    if problem.message is not None:
        german = problem.message.german
        said = texts.get(problem.message.path, german) or german
        return fill(said, {one.name: _shown(one) for one in problem.inserts})
    key = f"problem.{problem.code}"
    kind = problem.values.get("kind", "")
    text = texts.get(f"{key}.{kind}") or texts.get(key) or problem.code
    return fill(text, problem.values)


def _shown(one: Insert) -> str:
    return (show_money if one.is_money else shower(one.field))(one.value) or "–"


def catalogue(language: str) -> Catalogue:
    """The engine's own sentences about answers."""
    return product("problems", language=language)
