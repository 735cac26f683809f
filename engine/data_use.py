"""What is asked and why, field by field: the list that the legal department signs."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.check.directory import directory
from engine.check.usage import usage
from engine.model import Field, Procedure
from engine.model_purposes import Purpose


@dataclass(frozen=True, slots=True)
class FieldData:
    """One field with its purpose, and what its answer is used for beside the summary."""

    path: str
    field: Field
    purpose: Purpose
    uses: tuple[str, ...]  # rule notice document xoev dms invitation

    @property
    def is_unused(self) -> bool:
        """Whether nothing but a person makes anything of the answer."""
        return not self.uses


def data_use(procedure: Procedure) -> Iterator[FieldData]:
    """Every field of a procedure without mistakes, in the order of the form."""
    purposes = {one.id: one for one in procedure.purposes}
    uses = usage(procedure, directory(procedure))
    for path, field in procedure.fields():
        yield FieldData(path, field, purposes[field.purpose], tuple(sorted(uses[path])))
