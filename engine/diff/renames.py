"""What is called otherwise in the new version: `was: old_id`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.answers.write import Json
from engine.diff.parts import QUESTIONS, Key, Part

_AREAS = ("field", "group", "computed")


@dataclass(frozen=True, slots=True)
class Renames:
    """New path to old path, of the form and of the questions; only what has another name."""

    form: Mapping[str, str]
    questions: Mapping[str, str]

    def old(self, key: Key) -> Key:
        """What a part of the new version was called."""
        if key.area == "question":
            return Key(key.area, self.questions.get(key.name, key.name))
        if key.name.startswith(QUESTIONS):
            rest = _replaced(key.name.removeprefix(QUESTIONS), self.questions)
            return Key(key.area, QUESTIONS + rest)
        return Key(key.area, _replaced(key.name, self.form))

    def old_text(self, text: str) -> str:
        """A rule of the new version with the old names in it."""
        for new, old in (*self.form.items(), *self.questions.items()):
            text = re.sub(rf"\b{re.escape(_last(new))}\b", _last(old), text)
        return text

    def old_answers(self, answers: Mapping[str, Json], *, about_form: bool) -> dict[str, Json]:
        """Answers to the new version under the old names."""
        return _under(answers, self.form if about_form else self.questions, "")

    def new_answers(self, answers: Mapping[str, Json], *, about_form: bool) -> dict[str, Json]:
        """Answers to the old version under the new names."""
        names = self.form if about_form else self.questions
        return _under(answers, {old: new for new, old in names.items()}, "")

    def new_path(self, path: str, *, about_form: bool) -> str:
        """Where a path of the old version is now; row numbers stay."""
        plain = re.sub(r"\[[0-9]+\]", "[]", path)
        for new, old in (self.form if about_form else self.questions).items():
            if plain == old or plain.startswith((f"{old}.", f"{old}[]")):
                return _numbered(new + plain[len(old) :], path)
        return path


def renames(before: Mapping[Key, Part], after: Mapping[Key, Part]) -> Renames:
    """Found by `was`; a group's new name goes through to what is in it."""
    return Renames(
        dict(_renamed(before, after, _AREAS)), dict(_renamed(before, after, ("question",)))
    )


def _renamed(
    before: Mapping[Key, Part], after: Mapping[Key, Part], areas: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    for key, part in after.items():
        if key.area not in areas:
            continue
        head, _, last = key.name.rpartition(".")
        prefix = f"{_replaced(head, found)}." if head else ""
        was = Key(key.area, prefix + part.was) if part.was else None
        old = was.name if was and was in before and was not in after else prefix + last
        if old != key.name:
            found[key.name] = old
            yield key.name, old


def _replaced(name: str, renamed: Mapping[str, str]) -> str:
    for new in sorted(renamed, key=len, reverse=True):
        if name == new or name.startswith((f"{new}.", f"{new}[]", f"{new}_")):
            return renamed[new] + name[len(new) :]
    return name


def _numbered(plain: str, path: str) -> str:
    """The plain path with the row numbers of the other."""
    numbers = re.findall(r"\[[0-9]+\]", path)
    first, *rest = plain.split("[]")
    return first + "".join(f"{number}{one}" for number, one in zip(numbers, rest, strict=True))


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _under(answers: Mapping[str, Json], renamed: Mapping[str, str], path: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, value in answers.items():
        here = path + name
        if isinstance(value, list):
            rows = [
                _under(row, renamed, f"{here}[].") if isinstance(row, dict) else row
                for row in value
            ]
            found[_last(renamed.get(here, here))] = rows
        else:
            found[_last(renamed.get(here, here))] = value
    return found
