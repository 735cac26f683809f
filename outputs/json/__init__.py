"""The answers as canonical JSON."""
