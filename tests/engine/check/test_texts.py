"""R26: what authors write is data; nothing of it becomes live, and what looks live is refused."""

import pytest

from engine.check.texts import texts_of
from tests.diagnostics.fragments import diagnose
from tests.engine.load.procedures import HEAD, loaded

# One text key of every kind of element.
TEMPLATE = """\
title: §procedure.title§
summary: §procedure.summary§
privacy: §procedure.privacy§
service: {who: §service.who§, next_steps: [§service.next_steps.1§]}
retention: {akte: {text: §retention.akte§}}
recipients: {amt: §recipient.amt§, stelle: {text: §recipient.stelle§, receives: [xoev]}}
purposes:
  zweck:
    {text: §purpose.zweck.text§, legal_basis: StVO, recipients: [amt, stelle],
      retention: akte, by_hand: true}
lists: {farben: {rot: §list.farben.rot§}}
pages:
  - page: p
    title: §page.p.title§
    purpose: zweck
    intro: §page.p.intro§
    fields:
      - field: a
        type: text
        label: §page.p.field.a.label§
        help: §page.p.field.a.help§
        hint: §page.p.field.a.hint§
        pattern: "[a-z]+"
        pattern_message: §page.p.field.a.pattern_message§
        valid_if: a != "x"
        message: §page.p.field.a.message§
        warn_if: a = "y"
        warning: §page.p.field.a.warning§
      - {field: b, type: choice, label: B, options: {x: §page.p.field.b.option.x§}}
      - {info: i, text: §page.p.info.i.text§}
      - {computed: c, value: a, label: §page.p.computed.c.label§}
      - group: g
        label: §page.p.group.g.label§
        help: §page.p.group.g.help§
        repeat: {max: 2}
        fields: [{field: d, type: text, label: §page.p.group.g.field.d.label§}]
    checks:
      - {check: k, valid_if: a != "z", message: §page.p.check.k.message§, fields: [a]}
quick_check:
  title: §quick_check.title§
  intro: §quick_check.intro§
  questions: [{field: q, type: yes_no, label: §quick_check.field.q.label§}]
  decisions:
    - decision: e
      inputs: [q]
      rules:
        - {rule: R, when: {q: "true"}, then: '"o"', reason: §quick_check.decision.e.R.reason§}
      otherwise: '"o"'
  result: e
  outcomes:
    - outcome: o
      title: §quick_check.outcome.o.title§
      text: §quick_check.outcome.o.text§
      next: §quick_check.outcome.o.next§
documents: [{document: d, title: §document.d.title§, why: §document.d.why§}]
"""
PATHS = TEMPLATE.split("§")[1::2]
MESSAGES = [path for path in PATHS if path.endswith((".message", ".warning"))]
REFUSED = {
    "html-in-text": (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "</textarea><script>",
        "<!-- x",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh>",
        "<form action=//evil.example>",
        "<style>*{}</style>",
        "<javascript:alert(1)>",
        "<a href='x'>y</a",
    ),
    "unsafe-link": (
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert)",
        "[x](  javascript:alert)",
        "[x] (javascript:alert)",
        "[x](data:text/html,y)",
        "[x](vbscript:y)",
        "[x](//evil.example)",
        "[x](file:///etc/passwd)",
        "[x]()",
    ),
    "placeholder-not-filled": (
        "{{7*7}}",
        "${7*7}",
        "{% if %}",
        "<%= 7 %>",
        "{zz}",
        "{0.__class__}",
    ),
}
HARMLESS = ("a < b und c > d", "1 < 2", "[x]", "Nr. (1)", "**fett**", "[x](https://a.example/)")


def _with(payload: str) -> str:
    text = TEMPLATE
    for path in PATHS:
        text = text.replace(f"§{path}§", "'" + payload.replace("'", "''") + "'", 1)
    return HEAD.replace("title: Beispiel\n", "") + text


@pytest.mark.parametrize(
    ("code", "payload"),
    [(code, payload) for code, payloads in REFUSED.items() for payload in payloads],
)
def test_what_looks_live_is_reported_in_every_text(code: str, payload: str) -> None:
    """Not one text key is forgotten; where values may be named, the place itself is at fault."""
    said = [one.code for one in diagnose(_with(payload))]
    named = len(MESSAGES) if code == "placeholder-not-filled" and "{" in payload else 0

    assert len(PATHS) - named == said.count(code)
    assert named <= sum(said.count(one) for one in ("wrong-placeholder", "unknown-name"))


@pytest.mark.parametrize("payload", HARMLESS)
def test_ordinary_signs_are_no_markup(payload: str) -> None:
    """A comparison in a sentence is not HTML."""
    codes = {one.code for one in diagnose(_with(payload))}

    assert codes <= {"label-repeats"}


def test_every_text_has_its_own_path() -> None:
    """The path is the context of the translation; the template above names each."""
    text = TEMPLATE
    for path in PATHS:
        text = text.replace(f"§{path}§", f'"{path}"', 1)

    texts = list(texts_of(loaded(HEAD.replace("title: Beispiel\n", "") + text)))

    named = {one.path: one.german for one in texts}
    assert set(PATHS) <= set(named)
    assert {path: path for path in PATHS} == {path: named[path] for path in PATHS}
    assert len(texts) == len(named)
