"""Save and come back: code and secret word, new versions, the end of a session."""
