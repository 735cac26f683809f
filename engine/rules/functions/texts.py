"""Functions over texts."""

from engine.rules.functions.signature import (
    Function,
    Nulls,
    Parameter,
    Signature,
    function,
    may,
    needs,
)
from engine.rules.types import ANY, NULL, NUMBER, TEXT, YES_NO, ListOf, Type

_ALSO = Nulls.ALSO_OTHERWISE


def _text(name: str, second: str, result: Type, emit: str, de: str, en: str) -> Function:
    parameters: tuple[Parameter, ...] = (needs("string", TEXT),)
    if second:
        parameters += (needs(second, TEXT),)
    return function(name, Signature(parameters, result, emit), de=de, en=en)


_PATTERN = (
    needs("input", TEXT),
    needs("pattern", TEXT),
    may("flags", TEXT, NULL),
)

TEXTS: tuple[Function, ...] = (
    _text(
        "contains", "match", YES_NO, "contains",
        "Ob der zweite Text im ersten vorkommt",
        "Whether the second text occurs in the first",
    ),
    _text(
        "starts with", "match", YES_NO, "starts_with",
        "Ob der erste Text mit dem zweiten beginnt",
        "Whether the first text begins with the second",
    ),
    _text(
        "ends with", "match", YES_NO, "ends_with",
        "Ob der erste Text mit dem zweiten endet",
        "Whether the first text ends with the second",
    ),
    function(
        "matches",
        Signature(_PATTERN, YES_NO, "matches", _ALSO),
        de="Ob ein Muster im Text vorkommt (ohne Rückverweise)",
        en="Whether a pattern occurs in the text (no back-references)",
    ),
    _text(
        "upper case", "", TEXT, "upper_case",
        "Der Text in Großbuchstaben",
        "The text in capital letters",
    ),
    _text(
        "lower case", "", TEXT, "lower_case",
        "Der Text in Kleinbuchstaben",
        "The text in small letters",
    ),
    _text(
        "string length", "", NUMBER, "string_length",
        "Anzahl der Zeichen",
        "Number of characters",
    ),
    function(
        "substring",
        Signature(
            (needs("string", TEXT), needs("start position", NUMBER), may("length", NUMBER)),
            TEXT,
            "substring",
            _ALSO,
        ),
        de="Teil eines Textes; das erste Zeichen ist 1, das letzte -1",
        en="Part of a text; the first character is 1, the last -1",
    ),
    _text(
        "substring before", "match", TEXT, "substring_before",
        "Was vor dem ersten Vorkommen steht",
        "What stands before the first occurrence",
    ),
    _text(
        "substring after", "match", TEXT, "substring_after",
        "Was nach dem ersten Vorkommen steht",
        "What stands after the first occurrence",
    ),
    function(
        "split",
        Signature(
            (needs("string", TEXT), needs("delimiter", TEXT)), ListOf(TEXT), "split", _ALSO
        ),
        de="Zerlegt einen Text an einem Muster in eine Liste",
        en="Cuts a text at a pattern into a list",
    ),
    function(
        "string join",
        Signature(
            (needs("list", ListOf(TEXT)), may("delimiter", TEXT, NULL)), TEXT, "string_join"
        ),
        de="Fügt die Texte einer Liste zusammen; Unbeantwortetes fällt weg",
        en="Joins the texts of a list; what is not answered is left out",
    ),
    function(
        "string",
        Signature((needs("from", ANY),), TEXT, "string"),
        de="Ein Wert als Text, wie FEEL ihn schreibt",
        en="A value as text, as FEEL writes it",
    ),
)  # fmt: skip
