"""The message to the Fachverfahren, by a mapping in the definition."""
