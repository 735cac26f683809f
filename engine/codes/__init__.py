"""One page per diagnostic: help for authors and input of the tests."""
