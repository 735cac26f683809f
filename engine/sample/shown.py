"""Raw answers without those that are not asked for."""

from collections.abc import Iterable, Mapping

from engine.answers.write import Json, write_value
from engine.sample.tree import Tree, value_at


def shown_answers(raw: Mapping[str, object], asked: Iterable[str]) -> dict[str, Json]:
    """The raw answers to these questions, as they were given, in their order."""
    kept = Tree()
    for path in asked:
        value = value_at(raw, path)
        if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            kept.rows(path, len(value))
        elif value is not None and value != "":
            kept.put(path, write_value(value))
    return kept.raw
