"""What is known from earlier runs: replies by content of the question, and examples to try first.

An example is worth more than a reply: it is run on the plan of today, so it is true or useless, but
never out of date. A reply is kept under the digest of everything the question reaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.answers.write import Json
from engine.prove.proof import Example

VERSION = 1  # of formulas: another meaning of the same rule needs another number


@dataclass(slots=True)
class Known:
    """Kept between runs as JSON by whoever calls; only what was of use this time is kept on."""

    replies: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    used_replies: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    used_examples: list[Example] = field(default_factory=list)

    @classmethod
    def from_json(cls, kept: object) -> "Known":
        """What was kept; whatever cannot be read is forgotten."""
        known = cls()
        if not isinstance(kept, Mapping) or kept.get("version") != VERSION:
            return known
        for key, reply in _mapping(kept.get("replies")).items():
            if isinstance(reply, Mapping):
                named = _mapping(reply.get("values")).items()
                values = {str(name): str(one) for name, one in named}
                known.replies[key] = (str(reply.get("reason", "")), values)
        for one in kept.get("examples") or ():
            example = _example(one)
            if example is not None:
                known.examples.append(example)
        return known

    def as_json(self) -> dict[str, Json]:
        """What to keep."""
        return {
            "version": VERSION,
            "replies": {
                key: {"reason": reason, "values": dict(values)}
                for key, (reason, values) in self.used_replies.items()
            },
            "examples": [one.as_json() for one in self.used_examples],
        }

    def reply(self, key: str) -> tuple[str, dict[str, str]] | None:
        """The reply to a question: "" for a proof that there is no example, else why it is open."""
        found = self.replies.get(key)
        if found is not None:
            self.used_replies[key] = found
        return found

    def keep(self, key: str, reason: str, values: Mapping[str, str]) -> None:
        """A new reply; with more time another might come, so that one is asked for again."""
        if reason != "time":
            self.used_replies[key] = (reason, dict(values))

    def keep_example(self, example: Example) -> None:
        """An example that showed something."""
        if example not in self.used_examples:
            self.used_examples.append(example)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _example(kept: object) -> Example | None:
    one = _mapping(kept)
    about_form = "given" in one
    answers = _mapping(one.get("given" if about_form else "quick_check"))
    try:
        return Example(date.fromisoformat(str(one.get("on"))), about_form, answers)
    except ValueError:
        return None
