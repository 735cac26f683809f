"""Claims about the message: what its standard requires is there for every valid application.

An example is answers for which the message was really built, and the element was not in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from engine.message.build import Builder, Made
from engine.message.shape import MessageShape, Parts
from engine.model_outputs import XoevOutput
from engine.prove.claims.claim import Claim
from engine.prove.filled import Filled, Needed
from engine.prove.terms import either
from engine.prove.world import Run, World

Fault: TypeAlias = tuple[str, str]  # code of the claim, path

_FILE = {"title": "Titel", "name": "datei.pdf", "format": "pdf", "content": "JVBERi0=", "number": 1}


def message_claims(world: World) -> Iterator[Claim]:
    """One claim for each required element and German address that the mapping can write."""
    output, shape = world.plan.procedure.outputs.xoev, world.shape
    if output is None or shape is None:
        return
    built = _Built(output, shape)
    filled = Filled(world, shape, output.tree)
    for path, needed in filled.needed.items():
        yield _claim("required-element-written", path, needed, built)
    for path, needed in filled.abroad.items():
        yield _claim("address-is-german", path, needed, built)


def _claim(code: str, path: str, needed: Needed, built: "_Built") -> Claim:
    return Claim(
        code,
        path,
        needed.span,
        is_wanted=False,
        is_valid=True,
        formula=either(*needed.missing),
        happens=lambda run: (code, path) in built.faults(run),
        values={"name": path},
    )


class _Built:
    """Messages built for runs, each once: all claims look at the same ones."""

    def __init__(self, output: XoevOutput, shape: MessageShape) -> None:
        self._output = output
        self._shape = shape
        self._known: dict[int, tuple[Run, frozenset[Fault]]] = {}

    def faults(self, run: Run) -> frozenset[Fault]:
        """What is wrong with the message of this run: code and path."""
        known = self._known.get(id(run))
        if known is None or known[0] is not run:
            builder = Builder(run.plan.value, _documents)
            made = tuple(builder.children(self._output.tree, environment(run)))
            known = run, frozenset(self._compared("", self._shape.parts, made))
            self._known[id(run)] = known
        return known[1]

    def _compared(self, path: str, parts: Parts, made: Sequence[Made]) -> Iterator[Fault]:
        for element in parts.elements:
            here = path + element.name
            found = [one for one in made if one.name == element.name]
            if len(found) < element.least and not parts.is_choice:
                yield "required-element-written", here
            kind = self._shape.kind(element)
            for one in found:
                if one.is_abroad:
                    yield "address-is-german", here
                if isinstance(kind, Parts):
                    yield from self._compared(f"{here}/", kind, one.children)


def environment(run: Run) -> Mapping[str, object]:
    """The names of a mapping, as if the application were handed in on the day of the example."""
    authority = run.plan.procedure.authority
    names = ("name", "street", "postcode", "town", "email", "phone", "ags", "dvdv_key")
    day = run.example.on
    return run.plan.environment(
        run.state,
        day,
        submission={"id": "MU-0001", "date": day, "time": f"{day.isoformat()}T12:00:00+01:00"},
        authority={name: getattr(authority, name) for name in names},
    )


def _documents(documents: Sequence[str]) -> Sequence[Mapping[str, object]]:
    """One file, whichever: what hangs on uploads alone is never told to be missing."""
    return (_FILE,)
