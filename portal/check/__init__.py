"""The Quick Check: anonymous, nothing is kept; answers travel in the form alone."""
