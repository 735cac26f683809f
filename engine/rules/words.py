"""The words of the language: keywords, and names that hold spaces."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

KEYWORDS = frozenset(
    {
        "and", "or", "between", "in", "if", "then", "else", "some", "every", "satisfies", "for",
        "return", "true", "false", "null", "instance", "function",
    }
)  # fmt: skip


@dataclass(slots=True)
class Phrases:
    """Names of several words (`volle frist`), found by the longest match."""

    _next: dict[str, "Phrases"] = field(default_factory=dict)
    _whole: str | None = None

    def add(self, pieces: Sequence[str], name: str) -> None:
        """Learn a name by the pieces the lexer cuts it into."""
        here = self
        for piece in pieces:
            here = here._next.setdefault(piece, Phrases())
        here._whole = name

    def longest(self, pieces: Iterable[str]) -> tuple[str, int] | None:
        """The longest known name the pieces begin with, and how many pieces it takes."""
        here, best = self, None
        for count, piece in enumerate(pieces, 1):
            following = here._next.get(piece)
            if following is None:
                break
            here = following
            if here._whole is not None:
                best = (here._whole, count)
        return best


# What FEEL offers and rules leave out, with what to use instead ("" where nothing does).
LEFT_OUT: Mapping[str, str] = {
    "now": "stichtag",
    "today": "stichtag",
    "time": "date(…)",
    "date and time": "date(…)",
    "decimal": "round half up(…, …)",
    "round": "round half up(…, …)",
    "sqrt": "",
    "log": "",
    "exp": "",
    "odd": "modulo(…, 2) = 1",
    "even": "modulo(…, 2) = 0",
    "stddev": "",
    "mode": "mean(…)",
    "median": "mean(…)",
    "product": "… * …",
    "sort": "min(…), max(…)",
    "append": "concatenate(…, …)",
    "flatten": "concatenate(…, …)",
    "insert before": "concatenate(…, …)",
    "remove": "… [item != …]",
    "reverse": "",
    "index of": "list contains(…, …)",
    "list replace": "for … in … return if … then … else …",
    "sublist": "… [item.… = …]",
    "union": "distinct values(concatenate(…, …))",
    "replace": "substring before(…, …) + … + substring after(…, …)",
    "get value": "….…",
    "get entries": "….…",
    "context": "computed:",
    "context put": "computed:",
    "context merge": "computed:",
    "is": "=",
    "is defined": "angegeben(…)",
    "range": "[… .. …]",
    "before": "<",
    "after": ">",
    "meets": "… = …",
    "met by": "… = …",
    "overlaps": "… <= … and … <= …",
    "overlaps before": "… <= … and … <= …",
    "overlaps after": "… <= … and … <= …",
    "finishes": "… = …",
    "finished by": "… = …",
    "includes": "… in […]",
    "during": "… in […]",
    "starts": "… = …",
    "started by": "… = …",
    "coincides": "=",
    "day of year": "….day, ….month",
    "week of year": "",
}
