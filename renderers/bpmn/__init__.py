"""The process of a procedure as BPMN 2.0 and as a picture."""

from renderers.bpmn.picture import draw
from renderers.bpmn.write import write

__all__ = ["draw", "write"]
