"""A language that nobody speaks: longer, with odd letters, in brackets, and still readable.

What stands on a page without brackets was never given to translators; what does not fit will not
fit in Ukrainian either.
"""

import re

FIRST, LAST = "⟦", "⟧"
_LETTERS = str.maketrans("AaCcDdEeGgIiLlNnOoSsTtUuYyZz", "ÅåĆćĎďĖėĠġÏïŁłŃńØøŠšŦŧÛûÝýŽž")
# Places to fill, targets of links, and the marks of lists, paragraphs and bold type.
_KEPT = re.compile(r"(\{[^{}]*\}|\]\([^()]*\)|\*\*|\n\s*(?:[-*]|\d+\.)? ?|^[-*] )")
_LONGER = 0.3


def pseudo(text: str) -> str:
    """»Weiter« becomes »⟦Ŵeïŧer~~⟧«: each piece between marks stands in brackets of its own."""
    return "".join(
        part if _KEPT.fullmatch(part) or not part.strip() else _in_brackets(part)
        for part in _KEPT.split(text)
    )


def _in_brackets(part: str) -> str:
    words = part.strip()
    before, _, after = part.partition(words)
    longer = "~" * round(len(words) * _LONGER)
    return f"{before}{FIRST}{words.translate(_LETTERS)}{longer}{LAST}{after}"
