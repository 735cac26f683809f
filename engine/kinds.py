"""The closed list of kinds: what renderers and outputs have to know about a field."""

from enum import StrEnum


class Kind(StrEnum):
    """Every field type comes down to one of these; a new kind touches every renderer and output."""

    TEXT = "text"
    MULTILINE = "multiline"
    NUMBER = "number"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    ADDRESS = "address"
    DECLARATION = "declaration"
