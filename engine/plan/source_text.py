"""Writing Python: lines with indentation, and constants that the lines refer to by name."""

from collections.abc import Iterator
from contextlib import contextmanager


class SourceText:
    """Generated source. Names are made here, never taken from a definition."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.constants: dict[str, object] = {}
        self._depth = 0
        self._names = 0

    def line(self, text: str) -> None:
        """One line at the present depth."""
        self.lines.append("    " * self._depth + text)

    def remark(self, text: str) -> None:
        """A comment, for whoever reads the generated source."""
        self.line(f"# {text!r}"[:100])

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Lines below `head:`; an empty block gets `pass`."""
        self.line(f"{head}:")
        self._depth += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self._depth -= 1

    @contextmanager
    def only_if(self, condition: str) -> Iterator[None]:
        """Lines below `if condition:`, or just the lines if it always holds."""
        if condition == "True":
            yield
        else:
            with self.block(f"if {condition}"):
                yield

    def name(self, prefix: str) -> str:
        """A new variable."""
        self._names += 1
        return f"{prefix}{self._names}"

    def constant(self, value: object, prefix: str = "K") -> str:
        """A name for a value that cannot be written down as a literal."""
        name = self.name(prefix)
        self.constants[name] = value
        return name

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"


def both(first: str, second: str) -> str:
    """`first and second`, without what is always true."""
    if first == "True":
        return second
    return first if second == "True" else f"{first} and {second}"
