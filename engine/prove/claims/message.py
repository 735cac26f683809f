"""Claims about the message: what its standard requires is there for every valid application.

An example is answers for which the message was really built, and the element was not in it.
"""

from collections.abc import Iterator, Mapping, Sequence

from engine.message.build import Builder, Made
from engine.message.shape import MessageShape, Parts
from engine.model_outputs import XoevOutput
from engine.prove.claims.claim import Claim
from engine.prove.filled import Filled
from engine.prove.terms import either
from engine.prove.world import Run, World

_FILE = {"title": "Titel", "name": "datei.pdf", "format": "pdf", "content": "JVBERi0=", "number": 1}


def message_claims(world: World) -> Iterator[Claim]:
    """One claim for each required element whose place the mapping fills."""
    output, shape = world.plan.procedure.outputs.xoev, world.shape
    if output is None or shape is None:
        return
    built = _Built(output, shape)
    for path, needed in Filled(world, shape, output.tree).needed.items():
        yield Claim(
            "required-element-written",
            path,
            needed.span,
            is_wanted=False,
            is_valid=True,
            formula=either(*needed.missing),
            happens=lambda run, path=path: path in built.missing(run),  # type: ignore[misc]
            values={"name": path, "message": output.message},
        )


class _Built:
    """Messages built for runs, each once: all claims look at the same ones."""

    def __init__(self, output: XoevOutput, shape: MessageShape) -> None:
        self._output = output
        self._shape = shape
        self._known: dict[int, tuple[Run, frozenset[str]]] = {}

    def missing(self, run: Run) -> frozenset[str]:
        """The paths of required elements that are not in the message of this run."""
        known = self._known.get(id(run))
        if known is None or known[0] is not run:
            known = self._known[id(run)] = run, frozenset(self._lacking(run))
        return known[1]

    def _lacking(self, run: Run) -> Iterator[str]:
        builder = Builder(run.plan.value, _documents)
        made = tuple(builder.children(self._output.tree, environment(run)))
        yield from self._compared("", self._shape.parts, made)

    def _compared(self, path: str, parts: Parts, made: Sequence[Made]) -> Iterator[str]:
        for element in parts.elements:
            found = [one for one in made if one.name == element.name]
            if len(found) < element.least and not parts.is_choice:
                yield path + element.name
            kind = self._shape.kind(element)
            if isinstance(kind, Parts):
                for one in found:
                    yield from self._compared(f"{path}{element.name}/", kind, one.children)


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
