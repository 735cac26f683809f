"""Whether a source of the law is a mere citation, which stays German, or has words to translate."""

import re

from engine.unconfirmed import MARK

# § 61 Abs. 1 Satz 2 AsylG; Art. 62 Abs. 1a und 1b VO (EU) 2024/1348; § 850c ZPO, BGBl. I Nr. 80
_PART = re.compile(
    r"§§?|Art\.|Abs\.|Nr\.|Satz|Buchstabe|und|zum?|VO|BGBl\.|[0-9][\w./]*|[IVX]+|[a-z]|\(EU\)"
    r"|[A-ZÄÖÜ]\w*[A-ZÄÖÜ0-9][\w/]*"  # AsylG, MiLoV5: an abbreviation has a second capital
)


def in_words(source: str) -> str:
    """What of a source is to be translated; "" for a mere citation."""
    told = source.replace(MARK, "").strip(" –;,")
    parts = told.replace(",", " ").replace(";", " ").split()
    return "" if all(_PART.fullmatch(part) for part in parts) else told
