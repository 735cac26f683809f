"""After submitting: where the case is, and what the authority wrote."""
