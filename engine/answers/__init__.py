"""Answers against a definition: reading what was sent, and writing it the one canonical way."""
