"""Which Python stands for each name of a rule."""

from collections.abc import Mapping


class Names(dict[str, str]):
    """Python by rule name.

    A whole number that was just read is an int: it compares ten times faster than a decimal.
    `ints` has its variable; where a rule counts with it, the name stands for the decimal.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        super().__init__(known or {})
        self.ints: dict[str, str] = dict(known.ints) if isinstance(known, Names) else {}

    def __setitem__(self, name: str, code: str) -> None:
        super().__setitem__(name, code)
        self.ints.pop(name, None)

    def whole(self, name: str, variable: str) -> None:
        """The variable holds an int, a decimal, or None."""
        self[name] = f"whole[{variable}]"
        self.ints[name] = variable

    def variable(self, name: str) -> str:
        """What holds the value, as it was read."""
        return self.ints.get(name) or self[name]
