"""Processes as BPMN and as pictures."""
