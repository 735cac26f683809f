"""Which of the two processes."""

from typing import Literal, TypeAlias

from engine.model import Procedure
from engine.model_process import Step

Which: TypeAlias = Literal["ist", "soll"]


def steps_of(procedure: Procedure, which: Which) -> tuple[Step, ...]:
    """The steps; none if the procedure does not declare them."""
    process = procedure.process
    if process is None:
        return ()
    return process.ist if which == "ist" else process.soll
