"""Sentences for problems: the author's own, else the catalogue's for the code."""

from collections.abc import Callable
from typing import TypeAlias

from engine.answers.problem import Problem
from engine.texts.catalogue import Catalogue, fill, product

Say: TypeAlias = Callable[[Problem], str]


def german(problem: Problem) -> str:
    """What an applicant reads in German."""
    return sentence(problem, catalogue("de"))


def sentence(problem: Problem, texts: Catalogue) -> str:
    """What to do, in the catalogue's language; the author's sentence stays German."""
    if problem.message is not None:
        return texts.get(problem.message.path, problem.message.german) or problem.message.german
    key = f"problem.{problem.code}"
    kind = problem.values.get("kind", "")
    text = texts.get(f"{key}.{kind}") or texts.get(key) or problem.code
    return fill(text, problem.values)


def catalogue(language: str) -> Catalogue:
    """The engine's own sentences about answers."""
    return product("problems", language=language)
