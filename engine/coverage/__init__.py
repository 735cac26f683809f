"""Which parts of the rules a set of answers has put to the test."""
