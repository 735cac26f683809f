"""The pack as files: schema, samples, wrong samples, mapping, README, checksums."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from engine import Plan
from outputs.fit_connect import write as fit_connect
from outputs.schemas import Schemas
from outputs.xoev.standards import find_standard, shape_of
from portal.contract import (
    json_faults,
    json_schema,
    mapping,
    package_faults,
    shape_text,
    xml_faults,
)
from portal.contract.judge import Judge
from portal.contract.samples import Sample, made
from portal.contract.xml_faults import Fault

CHECKSUMS = "SHA256SUMS"
EXPECTED = "negative/expected.json"
_ENDINGS = {"application/xml": "xml", "application/json": "json", "application/zip": "zip"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sample with one fault, and what a receiver has to say to it."""

    fault: Fault
    name: str
    content: bytes


def files(
    plan: Plan, schemas: Schemas | None, *, today: date, seed: int, count: int
) -> dict[str, bytes]:
    """Every file of the pack by its path; the same arguments give the same bytes."""
    samples = tuple(made(plan, schemas, today=today, seed=seed, count=count))
    judge = Judge(plan, today, schemas)
    wrong = tuple(wrong_samples(judge, samples))
    pack = {
        **_schema(plan),
        "mapping/mapping.csv": mapping.table(plan.procedure).encode(),
        **{path: content for sample in samples for path, content in _sample(sample)},
        **{f"negative/{one.name}": one.content for one in wrong},
        EXPECTED: _expected(judge, wrong),
        **_readmes(plan, samples, wrong, today),
    }
    ordered = dict(sorted(pack.items()))
    return {CHECKSUMS: _checksums(ordered), **ordered}


def wrong_samples(judge: Judge, samples: Iterable[Sample]) -> Iterator[Wrong]:
    """Each fault once, made of the first sample in which nothing else is wrong with it."""
    held = tuple(samples)
    number = 0
    for output, faults in _FAULTS.items():
        right = [one.content for one in (sample.file(output) for sample in held) if one]
        if not right or (output == "json" and judge.plan.procedure.outputs.xoev is not None):
            continue
        kind = next(one.media_type for one in held[0].files if one.output == output)
        for fault in faults:
            content = _content(judge, fault, right)
            if content is not None:
                number += 1
                yield Wrong(fault, f"{number:02d}-{fault.name}.{_ENDINGS[kind]}", content)


_FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "xoev": xml_faults.FAULTS,
    "json": json_faults.FAULTS,
    "dms": package_faults.FAULTS,
}


def _content(judge: Judge, fault: Fault, right: Iterable[bytes]) -> bytes | None:
    for content in right:
        for wrong in fault.contents(content):
            if {fault.code} == {one.code for one in judge.refusals(wrong)}:
                return wrong
    return None


def _sample(sample: Sample) -> Iterator[tuple[str, bytes]]:
    folder = f"samples/{sample.number:02d}"
    yield f"{folder}/answers.json", _json(sample.answers)
    for one in (*sample.files, fit_connect.write(sample.application, sample.files)):
        if one.output != "json" or sample.file("xoev") is None:  # it is sent in its stead
            yield f"{folder}/{one.name}", one.content


def _schema(plan: Plan) -> dict[str, bytes]:
    procedure = plan.procedure
    shape, output = shape_of(procedure), procedure.outputs.xoev
    if shape is None or output is None:
        return {f"schema/{procedure.id}.schema.json": _json(json_schema.schema(procedure))}
    found = {f"schema/{output.message}.txt": shape_text.text(shape).encode()}
    standard = find_standard(output.standard, output.version)
    if standard is not None and standard.schema is not None:
        own = resources.files("outputs.xoev") / "schemas" / standard.schema
        found[f"schema/{standard.schema}"] = own.read_bytes()
    return found


def _expected(judge: Judge, wrong: Iterable[Wrong]) -> bytes:
    return _json(
        [
            {
                "file": one.name,
                "fault": {"de": one.fault.german, "en": one.fault.english},
                "refusals": [found.as_json() for found in judge.refusals(one.content)],
            }
            for one in wrong
        ]
    )


def _readmes(
    plan: Plan, samples: Iterable[Sample], wrong: Iterable[Wrong], today: date
) -> dict[str, bytes]:
    held, faults = tuple(samples), tuple(wrong)
    procedure, output = plan.procedure, plan.procedure.outputs.xoev
    names = {
        "title": procedure.title.german,
        "id": procedure.id,
        "version": procedure.version,
        "today": today.isoformat(),
        "message": f"{output.standard} {output.version}, {output.message}" if output else "JSON",
        "main": next(one.name for one in held[0].files if one.output == _main(plan)),
        "samples": str(len(held)),
        "faults": str(len(faults)),
    }
    return {f"README.{one}.md": _filled(one, names) for one in ("de", "en")}


def _main(plan: Plan) -> str:
    return "json" if plan.procedure.outputs.xoev is None else "xoev"


def _filled(language: str, names: Mapping[str, str]) -> bytes:
    text = (resources.files("portal.contract") / "texts" / f"README.{language}.md").read_text(
        "utf-8"
    )
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text.encode()


def _checksums(pack: Mapping[str, bytes]) -> bytes:
    """As `sha256sum --check` reads them."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in pack.items())
    return "".join(lines).encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2).encode() + b"\n"
