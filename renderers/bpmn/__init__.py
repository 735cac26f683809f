"""The process of a procedure as BPMN 2.0 and as a picture."""

from renderers.bpmn.picture import Speech, draw, draw_pages
from renderers.bpmn.process import Which
from renderers.bpmn.write import write

__all__ = ["Speech", "Which", "draw", "draw_pages", "write"]
