"""Autocomplete tokens: for questions about the person who fills in, never for other people's."""

from collections.abc import Mapping
from functools import lru_cache

from engine.model import Field, Procedure


@lru_cache(maxsize=64)
def tokens(procedure: Procedure) -> Mapping[str, str]:
    """Field id -> token: the author's, or the type's for the first field that has it.

    The first e-mail address of a form is the applicant's; a later one is the employer's.
    """
    found: dict[str, str] = {}
    fields = [item for page in procedure.pages for item in page.items if isinstance(item, Field)]
    used = {one.autocomplete for one in fields}
    for one in fields:
        if one.autocomplete:
            found[one.id] = one.autocomplete
        elif one.type.autocomplete and one.type.autocomplete not in used:
            used.add(one.type.autocomplete)
            found[one.id] = one.type.autocomplete
    return found
