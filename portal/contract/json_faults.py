"""Applications as JSON with one fault each, made of a right one."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from portal.contract.judge import checksum
from portal.contract.xml_faults import Fault

Told = dict[str, Any]
_UNKNOWN = "erfundene_angabe"


def _changed(change: Callable[[Told], Iterable[Told]]) -> Callable[[bytes], Iterator[bytes]]:
    def contents(content: bytes) -> Iterator[bytes]:
        for told in change(json.loads(content)):
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2)
            yield text.encode() + b"\n"

    return contents


def _head(**more: object) -> Callable[[Told], Iterable[Told]]:
    return lambda told: ({**told, **more},)


def _procedure(**more: object) -> Callable[[Told], Iterable[Told]]:
    return lambda told: ({**told, "procedure": {**told["procedure"], **more}},)


def _answered(told: Told, answers: Mapping[str, object]) -> Told:
    return {**told, "answers": dict(answers), "sha256": checksum(answers)}


def _without_one(told: Told) -> Iterator[Told]:
    for name in told["answers"]:
        rest = {key: value for key, value in told["answers"].items() if key != name}
        yield _answered(told, rest)


def _with_one(value: object, fits: Callable[[object], bool]) -> Callable[[Told], Iterator[Told]]:
    def change(told: Told) -> Iterator[Told]:
        for name, held in told["answers"].items():
            if fits(held):
                yield _answered(told, {**told["answers"], name: value})

    return change


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"


FAULTS: tuple[Fault, ...] = (
    Fault("empty", "empty", "leere Datei", "empty file", lambda _: (b"",)),
    Fault(
        "cut-off", "not-json", "mitten in der Übertragung abgebrochen", "cut off on its way",
        lambda content: (content[: len(content) // 2],),
    ),
    Fault("xml", "not-json", "XML statt JSON", "XML instead of JSON", lambda _: (b"<antrag/>\n",)),
    Fault(
        "other-format", "another-format", "anderes Format", "another format",
        _changed(_head(format="vordruck-antrag 0.9")),
    ),
    Fault(
        "other-procedure", "another-procedure", "anderes Verfahren", "another procedure",
        _changed(_procedure(id="anderes_verfahren")),
    ),
    Fault(
        "other-version", "another-version", "andere Version des Verfahrens",
        "another version of the procedure", _changed(_procedure(version="0.0.1")),
    ),
    Fault(
        "no-answers", "answer-missing", "ohne Angaben", "without answers",
        _changed(lambda told: ({**told, "answers": None},)),
    ),
    Fault(
        "answer-missing", "answer-missing", "eine Pflichtangabe fehlt",
        "a required answer is missing", _changed(_without_one),
    ),
    Fault(
        "answer-unknown", "answer-unknown", "eine Angabe, die es nicht gibt",
        "an answer that does not exist",
        _changed(lambda told: (_answered(told, {**told["answers"], _UNKNOWN: "x"}),)),
    ),
    Fault(
        "no-such-day", "answer-wrong", "ein Tag, den es nicht gibt", "a day that does not exist",
        _changed(_with_one("2026-02-30", _is_day)),
    ),
    Fault(
        "no-such-option", "answer-wrong", "eine Auswahl, die es nicht gibt",
        "an option that does not exist",
        _changed(_with_one("erfunden_zz", lambda value: isinstance(value, str))),
    ),
    Fault(
        "checksum", "checksum-wrong", "nachträglich verändert", "changed afterwards",
        _changed(_head(sha256="0" * 64)),
    ),
)  # fmt: skip
