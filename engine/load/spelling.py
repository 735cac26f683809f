"""The spelling of names: what a name would be in snake_case."""

import re

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def spelled(name: str) -> str:
    """The name as it could be written.

    >>> spelled("Straße & Nr.")
    'strasse_nr'
    >>> spelled("vornameDerMutter")
    'vorname_der_mutter'
    """
    parted = re.sub(r"(?<=[a-zäöüß0-9])(?=[A-ZÄÖÜ])", "_", name)
    plain = parted.lower().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:64]
