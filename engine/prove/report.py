"""Proofs in words and as data: the claim, what became of it, why, and the case that shows it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.answers.write import Json
from engine.prove.proof import Example, Proof, Result
from engine.source import Source
from engine.texts.catalogue import Catalogue, fill, product
from engine.texts.frame import frame

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]*")
_WORDS = ("kind:",)
_WIDEST = 96


def texts(language: str) -> Catalogue:
    """The sentences."""
    return product("proofs", language=language)


def claim(proof: Proof, language: str = "de") -> str:
    """What is claimed."""
    return _said(f"claim:{proof.claim}", proof, texts(language))


def reason(proof: Proof, language: str = "de") -> str:
    """Why it is refuted without an example, or left open."""
    return _said(f"reason:{proof.reason}", proof, texts(language)) if proof.reason else ""


def as_json(proofs: Iterable[Proof], language: str = "de") -> list[dict[str, Json]]:
    """One object each, for programs."""
    return [_object(one, language) for one in proofs]


def _object(proof: Proof, language: str) -> dict[str, Json]:
    found: dict[str, Json] = {
        "claim": claim(proof, language),
        "code": proof.claim,
        "subject": proof.subject,
        "result": str(proof.result),
        "file": proof.span.file,
        "line": proof.span.start.line,
        "reason": reason(proof, language),
    }
    if "region" in proof.values:
        found["region"] = proof.values["region"]
    if proof.example is not None:
        found["about"] = "form" if proof.example.about_form else "quick_check"
        found["on"] = proof.example.on.isoformat()
        found["example"] = dict(proof.example.answers)
        found["case"] = "\n".join(as_case(proof.example, proof.key, headline(proof, language)))
    return found


def as_lines(proofs: Iterable[Proof], language: str = "de") -> str:
    """One line each of what is not proved, for editors and CI."""
    return "".join(
        f"{one.span}: {one.claim}: {headline(one, language)}\n" for one in not_proved(proofs)
    )


def as_text(proofs: Sequence[Proof], sources: Iterable[Source], language: str = "de") -> str:
    """What is not proved, each at its place and with its case; then the sum."""
    lines = {one.name: one.text.split("\n") for one in sources}
    parts = [_full(one, lines, language) for one in not_proved(proofs)]
    counts = {
        "proved": sum(one.result is Result.PROVED for one in proofs),
        "refuted": sum(one.result is Result.REFUTED for one in proofs),
        "open": sum(one.result is Result.NOT_PROVED for one in proofs),
    }
    total = {name: str(count) for name, count in counts.items()}
    parts.append(fill(texts(language).get("report.sum") or "", total) + "\n")
    return "\n".join(parts)


def not_proved(proofs: Iterable[Proof]) -> Iterator[Proof]:
    """What an author has to look at, refuted claims first."""
    order = (Result.REFUTED, Result.NOT_PROVED)
    found = [one for one in proofs if one.result in order]
    yield from sorted(found, key=lambda one: order.index(one.result))


def headline(proof: Proof, language: str = "de") -> str:
    """The fault in a sentence, or the claim that is left open."""
    if proof.result is Result.REFUTED:
        return _said(f"refuted:{proof.claim}", proof, texts(language))
    return f"{claim(proof, language)}: {reason(proof, language)}"


def _full(proof: Proof, lines: Mapping[str, Sequence[str]], language: str) -> str:
    catalogue = texts(language)
    span = proof.span
    width = len(str(span.start.line))
    result = catalogue.get(f"result:{proof.result}")
    shown = [f"{result}[{proof.claim}]: {headline(proof, language)}"]
    shown += frame(span, lines.get(span.file), "", "^", width)
    pad = " " * (width + 1)
    if proof.result is Result.REFUTED and proof.reason:
        shown.append(f"{pad}= {reason(proof, language)}")
    if "region" in proof.values:
        shown.append(f"{pad}= {_said('part:region', proof, catalogue)}")
    if proof.example is not None:
        shown.append(f"{pad}= {catalogue.get('part:case')}")
        title = headline(proof, language)
        shown += [f"{pad}  {line}" for line in as_case(proof.example, proof.key, title)]
    return "\n".join(shown) + "\n"


def as_case(example: Example, name: str, title: str) -> list[str]:
    """The lines of a case that can be pasted under `cases:`."""
    words = re.sub(r"[^a-z0-9_]+", "-", name.casefold()).strip("-")
    key = "given" if example.about_form else "quick_check"
    return [
        f"- case: {words}",
        f"  title: {json.dumps(title, ensure_ascii=False)}",
        f"  on: {example.on.isoformat()}",
        *_entry(key, example.answers, "  "),
        *_entry("expect", example.outcome, "  "),
    ]


def _entry(key: str, value: Mapping[str, Json], pad: str) -> Iterator[str]:
    flat = f"{pad}{key}: {_flow(dict(value))}"
    if len(flat) <= _WIDEST:
        yield flat
        return
    yield f"{pad}{key}:"
    for name, one in value.items():
        if isinstance(one, list) and one and isinstance(one[0], dict):
            yield f"{pad}  {name}:"
            yield from (f"{pad}    - {_flow(row)}" for row in one)
        else:
            yield f"{pad}  {name}: {_flow(one)}"


def _flow(value: Json) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _said(key: str, proof: Proof, catalogue: Catalogue) -> str:
    values = {
        name: (catalogue.get(one) or one) if one.startswith(_WORDS) else one
        for name, one in proof.values.items()
    }
    return fill(catalogue.get(key) or key, values)
