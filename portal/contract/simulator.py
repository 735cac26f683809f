"""A receiver for trials: takes what our transports send, judges it, and answers in words.

It knows a file by its name, as real receivers should: the same bytes again are taken again, other
bytes under a known name are refused.
"""

import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lxml import etree

from outputs.xml_reading import UnsafeXml, read_xml
from outputs.xoev.returned import Kind
from outputs.xoev.simulated import Trial, sample_letter, write_trial
from portal.contract.judge import Judge
from portal.contract.refusals import Refusal
from portal.delivery.transports.folder import PICKED_UP

ANSWERS = "antworten"
_NAME = re.compile(r"\w[\w.-]{0,180}")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_WITH_REPLIES = "xauslaender"
_NO_MESSAGE = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver says to one file."""

    name: str
    size: int
    sha256: str
    refusals: tuple[Refusal, ...]
    is_again: bool = False

    @property
    def is_taken(self) -> bool:
        """Nothing speaks against it."""
        return not self.refusals

    def as_json(self) -> dict[str, object]:
        """For programs and for people."""
        taken = {"de": "Angenommen.", "en": "Taken."}
        again = {"de": "Schon angenommen, nichts geändert.", "en": "Taken before, nothing changed."}
        refused = {"de": "Abgelehnt.", "en": "Refused."}
        said = refused if self.refusals else again if self.is_again else taken
        return {
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "accepted": self.is_taken,
            "said": said,
            "refusals": [one.as_json() for one in self.refusals],
        }


class Simulator:
    """One inbox; its state lies in its folder."""

    def __init__(self, judge: Judge, folder: Path, now: Callable[[], datetime]) -> None:
        self.judge = judge
        self.folder = folder
        self._now = now
        self._lock = threading.Lock()
        for place in (folder, folder / PICKED_UP, folder / ANSWERS):
            place.mkdir(parents=True, exist_ok=True)

    def receive(self, name: str, content: bytes) -> Answer:
        """Judge one file; what is taken is kept."""
        with self._lock:
            answer = self._answer(name, content)
            if answer.is_taken and not answer.is_again:
                (self.folder / PICKED_UP / name).write_bytes(content)
            if _NAME.fullmatch(name):
                text = json.dumps(answer.as_json(), ensure_ascii=False, indent=2)
                (self.folder / ANSWERS / f"{name}.json").write_text(text + "\n", "utf-8")
            return answer

    def scan(self) -> list[Answer]:
        """Judge everything that lies in the folder, and clear it away."""
        answers = []
        for path in sorted(self.folder.iterdir()):
            if path.is_file() and _NAME.fullmatch(path.name):
                answers.append(self.receive(path.name, path.read_bytes()))
                path.unlink()
        return answers

    def answers(self) -> list[object]:
        """All that was said, by name."""
        found = sorted((self.folder / ANSWERS).glob("*.json"))
        return [json.loads(one.read_text("utf-8")) for one in found]

    def reply(self, reference: str, kind: str) -> bytes | None:
        """A message that the authority would send back; None if the standard has none."""
        output = self.judge.plan.procedure.outputs.xoev
        if output is None or output.standard != _WITH_REPLIES or kind not in set(Kind):
            return None
        if not _REFERENCE.fullmatch(reference):
            return None
        trial = Trial(
            kind=Kind(kind),
            authority=self.judge.plan.procedure.authority,
            reference=reference,
            answers=self._message_of(reference),
            submitted_at=self._now(),
            pdf=sample_letter(),
        )
        return write_trial(trial).content

    def _answer(self, name: str, content: bytes) -> Answer:
        sha256 = hashlib.sha256(content).hexdigest()
        if not _NAME.fullmatch(name):
            return Answer(name, len(content), sha256, (Refusal("file-unknown", name),))
        known = self.folder / PICKED_UP / name
        if known.exists():
            is_same = known.read_bytes() == content
            reasons = () if is_same else (Refusal("another-under-this-name"),)
            return Answer(name, len(content), sha256, reasons, is_same)
        return Answer(name, len(content), sha256, self.judge.refusals(content))

    def _message_of(self, reference: str) -> str:
        """The id of the message that brought the application."""
        for path in sorted((self.folder / PICKED_UP).glob("*.xml")):
            try:
                root = read_xml(path.read_bytes())
            except UnsafeXml:
                continue
            if _text(root, "antragsidentifikation") == reference:
                return _text(root, "nachrichtenUUID") or _NO_MESSAGE
        return _NO_MESSAGE


def _text(root: etree._Element, name: str) -> str:
    for one in root.iter():
        if isinstance(one.tag, str) and etree.QName(one).localname == name:
            return (one.text or "").strip()
    return ""
