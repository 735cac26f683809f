"""Rules made by chance, all of them inside the language, and answers to go with them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

TEXTS = ("x", "y", "ä b")
CHOICES = ("duldung", "gestattung", "visum")

_number = st.sampled_from(["n", "m", "pflicht", "0", "1", "2.5", "10"])
_text = st.sampled_from(["a", "b", *(f'"{one}"' for one in TEXTS)])
_date = st.sampled_from(["d", "e", "stichtag", 'date("2024-02-29")', 'date("2026-01-31")'])
_duration = st.sampled_from(['duration("P1Y")', 'duration("P1M")', 'duration("P30D")'])
_compared = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


def _numbers() -> st.SearchStrategy[str]:
    return st.recursive(
        _number,
        lambda inner: st.builds(
            "({} {} {})".format, inner, st.sampled_from(["+", "-", "*"]), inner
        ),
        max_leaves=4,
    )


def _dates() -> st.SearchStrategy[str]:
    moved = st.builds("({} {} {})".format, _date, st.sampled_from("+-"), _duration)
    return st.one_of(_date, moved)


def _conditions_of_leaves() -> st.SearchStrategy[str]:
    numbers, dates = _numbers(), _dates()
    choice = st.sampled_from([f'"{one}"' for one in CHOICES])
    return st.one_of(
        st.sampled_from(["ja", "nein", "true", "ja = true", "nein = false", "ja = null"]),
        st.builds("{} {} {}".format, numbers, _compared, numbers),
        st.builds("{} {} {}".format, _text, _compared, _text),
        st.builds("{} {} {}".format, dates, _compared, dates),
        st.builds("{} between {} and {}".format, numbers, numbers, numbers),
        st.builds("{} in [{}..{})".format, numbers, _number, _number),
        st.builds("{} in ({}, > {}, [{}..{}])".format, numbers, _number, _number, _number, _number),
        st.builds("titel in ({}, {})".format, choice, choice),
        st.builds("titel != {}".format, choice),
        st.builds('{} in ("x", "y", "z", {})'.format, _text, _text),
        st.builds("angegeben({})".format, st.sampled_from(["n", "a", "d", "kinder"])),
        st.builds("some k in kinder satisfies k.alter {} {}".format, _compared, numbers),
        st.builds("every k in kinder satisfies k.mit = true or k.alter < {}".format, _number),
        st.builds("count(kinder[item.alter > {}]) {} {}".format, _number, _compared, _number),
        st.builds("{}.year {} 2025".format, _date, _compared),
        st.builds('list contains(sprachen, "{}")'.format, st.sampled_from(["de", "tr"])),
    )


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    word = st.sampled_from(["and", "or"])
    return st.one_of(
        st.builds("({}) {} ({})".format, inner, word, inner),
        st.builds("({}) {} ({}) {} ({})".format, inner, word, inner, word, inner),
        st.builds("not({})".format, inner),
        st.builds("if {} then {} else ({})".format, inner, inner, inner),
        st.builds("({}) = ({})".format, inner, inner),
    )


conditions = st.recursive(_conditions_of_leaves(), _joined, max_leaves=8)

_row = st.fixed_dictionaries(
    {
        "name": st.none() | st.sampled_from(TEXTS),
        "alter": st.none() | st.integers(0, 20).map(Decimal),
        "mit": st.none() | st.booleans(),
    }
)
_day = st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2026, 1, 31), date(2026, 3, 1)])
_amount = st.sampled_from([Decimal(one) for one in ("0", "1", "2.5", "10", "-3")])

answers = st.fixed_dictionaries(
    {
        "a": st.none() | st.sampled_from(TEXTS),
        "b": st.none() | st.sampled_from(TEXTS),
        "n": st.none() | _amount,
        "m": st.none() | _amount,
        "pflicht": _amount,
        "ja": st.none() | st.booleans(),
        "nein": st.none() | st.booleans(),
        "d": st.none() | _day,
        "e": st.none() | _day,
        "stichtag": _day,
        "titel": st.none() | st.sampled_from(CHOICES),
        "sprachen": st.none() | st.lists(st.sampled_from(["de", "tr"]), max_size=2),
        "kinder": st.none() | st.lists(_row, max_size=3),
    }
)
