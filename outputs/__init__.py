"""Documents made from answers: bytes for people and for systems."""
