"""What a careful receiver does with a file: takes it, or says in words why not."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from engine import Plan
from engine.answers import items_of, read_answers
from outputs.dms.read import NotAFiling, read_filing
from outputs.fit_connect.submission import NotASubmission, read_package
from outputs.json.write import FORMAT
from outputs.schemas import Schema, Schemas
from outputs.xml_reading import LARGEST, UnsafeXml, read_xml
from outputs.xoev.standards import Standard, find_standard
from outputs.xoev.write import schema_for
from portal.contract.refusals import Refusal
from portal.contract.shape_judge import judged

MOST_REASONS = 10
LARGEST_FILE = 200_000_000
_ZIP = b"PK"
_MISSING = ("missing", "too-few-rows")


@dataclass(frozen=True, slots=True)
class Judge:
    """Knows one procedure: its message or its JSON, and its package for the DMS."""

    plan: Plan
    today: date
    schemas: Schemas | None = None

    def refusals(self, content: bytes) -> tuple[Refusal, ...]:
        """Why it is not taken; () if it is."""
        return tuple(self._found(content))[:MOST_REASONS]

    def _found(self, content: bytes) -> Iterator[Refusal]:
        outputs = self.plan.procedure.outputs
        if not content:
            yield Refusal("empty")
        elif len(content) > LARGEST_FILE:
            yield Refusal("too-large")
        elif content.startswith(_ZIP):
            yield from self._package(content)
        elif outputs.xoev is not None:
            yield from self._message(content)
        else:
            yield from self._json(content)

    def _message(self, content: bytes) -> Iterator[Refusal]:
        try:
            root = read_xml(content, largest=max(LARGEST, LARGEST_FILE))
        except UnsafeXml as fault:
            yield Refusal("document-type" if "document type" in str(fault) else "not-xml")
            return
        output = self.plan.procedure.outputs.xoev
        standard = find_standard(output.standard, output.version) if output else None
        if output is None or standard is None:
            yield Refusal("file-unknown", "XML")
            return
        name = etree.QName(root)
        if name.namespace != standard.namespace:
            yield Refusal("another-namespace", name.namespace or "-")
        elif name.localname != output.message:
            yield Refusal("another-message", name.localname)
        else:
            schema = schema_for(output, self.schemas) if self.schemas else None
            yield from _content(standard, root, schema)

    def _json(self, content: bytes) -> Iterator[Refusal]:
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            yield Refusal("not-json")
            return
        head = list(_head(self.plan, told))
        yield from head
        if not head:
            yield from _answers(self.plan, told, self.today)

    def _package(self, content: bytes) -> Iterator[Refusal]:
        try:
            yield from self._found(read_package(content).data)
            return
        except NotASubmission as fault:
            if self.plan.procedure.outputs.dms is None:
                yield Refusal("file-unknown", str(fault))
                return
        try:
            read_filing(content)
        except NotAFiling as fault:
            if str(fault) == "not-a-package":
                yield Refusal("not-a-package")
            else:
                yield Refusal("package-damaged", str(fault))


def _content(standard: Standard, root: etree._Element, schema: Schema | None) -> Iterator[Refusal]:
    found = list(judged(standard, root))
    yield from found
    if schema is not None and not found:
        for one in schema.problems(root):
            yield Refusal("schema-violation", f"{one.line}: {one.message}")


def _head(plan: Plan, told: object) -> Iterator[Refusal]:
    procedure = told.get("procedure") if isinstance(told, dict) else None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        yield Refusal("another-format", str(told.get("format") if isinstance(told, dict) else "-"))
    elif not isinstance(procedure, dict) or procedure.get("id") != plan.procedure.id:
        found = procedure.get("id") if isinstance(procedure, dict) else "-"
        yield Refusal("another-procedure", str(found))
    elif procedure.get("version") != plan.procedure.version:
        yield Refusal("another-version", str(procedure.get("version")))
    elif not isinstance(told.get("answers"), dict):
        yield Refusal("answer-missing", "answers")
    elif told.get("sha256") != checksum(told["answers"]):
        yield Refusal("checksum-wrong")


def _answers(plan: Plan, told: Mapping[str, object], today: date) -> Iterator[Refusal]:
    answers = told["answers"]
    assert isinstance(answers, dict)  # noqa: S101 - seen before
    for name in sorted(read_answers(items_of(plan.procedure), answers).dropped):
        yield Refusal("answer-unknown", name)
    submission = told.get("submission")
    decided = submission.get("decided_on") if isinstance(submission, dict) else None
    try:
        day = date.fromisoformat(str(decided))
    except ValueError:
        day = today
    for problem in plan.check(answers, day).problems:
        code = "answer-missing" if problem.code in _MISSING else "answer-wrong"
        yield Refusal(code, problem.field)


def checksum(answers: object) -> str:
    """Of the answers alone, without spaces and with sorted keys."""
    text = json.dumps(answers, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
