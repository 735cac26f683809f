"""The table of functions: what rules may call."""

from collections.abc import Mapping

from engine.rules.functions.dates import DATES, PERIODS
from engine.rules.functions.lists import LISTS
from engine.rules.functions.numbers import NUMBERS
from engine.rules.functions.signature import Function
from engine.rules.functions.texts import TEXTS
from engine.rules.words import LEFT_OUT, Phrases

__all__ = ["FUNCTIONS", "FUNCTION_PHRASES", "WRITTEN_OUT", "Function"]

FUNCTIONS: Mapping[str, Function] = {
    one.name: one for one in (*NUMBERS, *TEXTS, *LISTS, *DATES, *PERIODS)
}

# Called like functions but written out by the loader: they need more of the definition.
WRITTEN_OUT = ("wert am",)
FUNCTION_PHRASES = Phrases()
for _name in (*FUNCTIONS, *LEFT_OUT, *WRITTEN_OUT):
    FUNCTION_PHRASES.add(_name.split(" "), _name)
