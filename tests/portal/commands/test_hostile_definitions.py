"""R23, R25, R27: a hostile definition runs in bounds and reaches nothing outside itself."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.portal.commands.conftest import ROOT
from tests.portal.commands.mutations import as_text, at, tree_of
from tests.portal.commands.terminal import Said, codes, vordruck
from tests.timing import within

HEAD = """\
procedure: probe
version: 2026.1.0
title: Probe
authority: {name: Stadt Beispiel}
recipients: {amt: {text: Das Amt, receives: [xoev, dms]}}
purposes:
  zweck:
    {text: Zum Entscheiden, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}
pages:
  - page: eins
    title: Eins
    purpose: zweck
    fields:
      - {field: t, type: text, label: T, max_length: 4000}
      - {field: n, type: integer, label: N}
      - group: g
        label: G
        repeat: {min: 0, max: 100, item: Zeile}
        fields: [{field: x, type: integer, label: X}]
"""
TODAY = ("--today", "2026-11-23")
ROWS = [{"x": 1}] * 100


def _probe(tmp_path: Path, *items: str) -> str:
    path = tmp_path / "probe.yaml"
    path.write_text(HEAD + "".join(f"      - {one}\n" for one in items), "utf-8")
    return str(path)


def _evaluated(file: str, answers: object, seconds: float) -> Said:
    """What `evaluate` says, within so many seconds of work."""
    with within(seconds):
        said = vordruck("evaluate", file, "-", *TODAY, given=json.dumps(answers))
    assert said.code == 0, said.err
    return said


DOUBLED = "t"
for _ in range(5):
    DOUBLED = f"({DOUBLED} + {DOUBLED})"


@pytest.mark.parametrize(
    "rule",
    [
        "count(for a in g, b in g, c in g return 1)",
        "some a in g, b in g, c in g satisfies a.x + b.x + c.x = 7",
        "count(for a in g return count(for b in g return count(for c in g return 1)))",
        "some a in g satisfies some b in g satisfies some c in g satisfies c.x = 7",
        "count(g[count(g[count(g[item.x = 1]) = 7]) = 7])",
        DOUBLED,
    ],
)
def test_r23_a_rule_that_would_not_end_is_refused(tmp_path: Path, rule: str) -> None:
    """The author learns it, with the number of steps; the applicant would never get an answer."""
    file = _probe(tmp_path, f'{{computed: c, value: "{rule}"}}')
    with within(0.5):
        said = vordruck("check", file, "--format", "json")
    assert said.code == 1
    assert "rule-may-run-long" in codes(said)


def test_r23_a_rule_within_its_budget_answers_at_once(tmp_path: Path) -> None:
    """The largest number of rows a group may have."""
    file = _probe(
        tmp_path,
        '{computed: c, value: "count(g[item.x = 1])"}',
        '{computed: d, value: "sum(for a in g return a.x * 2)"}',
    )

    found = _evaluated(file, {"g": ROWS, "t": "x" * 4_000}, 0.5).data

    assert {"c": 100, "d": 200} == found["computed"]


@pytest.mark.parametrize(
    "rule",
    [
        "10**10**8", "1/0", "n / 0", "exp(1000000)", "for i in 1..999999999 return i",
        "(" * 2_000 + "n" + ")" * 2_000, "-" * 3_000 + "n", "not(" * 500 + "n = 1" + ")" * 500,
        "n" + " + n" * 3_000, "[" * 1_000 + "]" * 1_000, "x" * 100_000, "t.__class__",
        '__import__("os")', "function(x) x", '{a: 1}', "external", "eval(t)", "now()", "today()",
        "random()", "n := 1", "lambda: 1", "g[0].__class__.__mro__", '"%s" % t', "`ls`", "$t",
    ],
)  # fmt: skip
def test_r23_what_cannot_be_bounded_is_refused(tmp_path: Path, rule: str) -> None:
    """Before anything runs, with a place, at once."""
    file = _probe(tmp_path, "{computed: c, value: '" + rule.replace("'", "''") + "'}")
    with within(0.5):
        said = vordruck("check", file, "--format", "json")
    assert said.code == 1
    assert len(HEAD.splitlines()) + 1 == said.data["diagnostics"][0]["line"]


def test_r23_large_and_small_numbers_end_in_an_answer(tmp_path: Path) -> None:
    """Powers by multiplying, sums of giants, days beyond the calendar."""
    file = _probe(
        tmp_path,
        "{computed: a, value: n * n * n * n * n * n * n * n * n * n}",
        "{computed: b, value: 99999999999999999999 * 99999999999999999999 * n}",
        '{computed: c, value: "date(\\"2026-01-01\\") + duration(\\"P9999Y\\")"}',
        '{computed: d, value: "decimal(1 / n, 30)"}',
    )
    for n in (10**17, -(10**17), 1, 0):
        said = vordruck("evaluate", file, "-", *TODAY, given=json.dumps({"n": n}))
        assert said.code in {0, 1}
        if said.code == 0:
            json.loads(said.out, parse_constant=pytest.fail)


# Known to take engines that track back years; the last ones are none of ours at all.
PATTERNS = (
    "(a+)+", "([a-zA-Z]+)*", "(a|aa)+", "(a|a?)+", "(.*a){20}", "(a+)+b", "(x+x+)+y",
    "([a-z]+)+[A-Z]", "(a*)*b", "(a|b|ab)*c", "(([a-z])+.)+[A-Z]([a-z])+", "(.*)*b",
    "(a?){50}a{50}", "((a+)+)+", "(ab*)*c", "([^b]+)+b", "(a|b)*?c", "([^,]*,)*x",
    "(\\\\w+\\\\s?)*", "(\\\\d+)*",
    "a{1,1000}{1,1000}", "(a{1,1000}){1,1000}", "((a{1,100}){1,100}){1,100}",
    "(?=a)b", "(?<!a)b", "(a)\\\\1", "(?P<x>a)(?P=x)", "(", "[", "*", "a**", "\\\\", "(?R)",
    "(?i", "(?#", "[[:foo:]]", "\\\\p{Foo}", "x{99999999999}",
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_r25_patterns_are_linear_or_refused(tmp_path: Path, pattern: str) -> None:
    """On answers of any length, in field and rule."""
    file = _probe(
        tmp_path,
        f'{{field: p, type: text, label: P, max_length: 4000, pattern: "{pattern}",'
        " pattern_message: Falsch.}",
        f"{{computed: c, value: 'matches(t, \"{pattern}\")'}}",
    )
    with within(0.5):
        said = vordruck("check", file, "--format", "json")
    if said.code == 1:
        assert {"pattern-not-linear", "wrong-pattern", "pattern-not-readable"} & set(codes(said))
        return
    for answer in ("a" * 3_999 + "!", "ab" * 2_000, "x" * 100_000):
        _evaluated(file, {"p": answer, "t": answer}, 0.5)


BAIT = ("http://127.0.0.1:9/x", "file:///etc/passwd", "/etc/shadow", "../../../etc/passwd",
        "env:HOME", '#read("/etc/passwd")', "\\\\127.0.0.1\\x", "| touch /gift")  # fmt: skip


def _hostile(folder: Path) -> Path:
    """The blueprint with addresses, files and commands wherever it may say something."""
    tree = tree_of("musterprozess")
    tree["procedure"] = "gift"
    for number, place in enumerate(
        [("title",), ("summary",), ("authority", "name"), ("service", "who"), ("privacy",),
         ("settings", "vorlauf", "source"), ("authority", "street"), ("authority", "dvdv_key"),
         ("documents", 0, "why"), ("outputs", "dms", "document_types", 0, "application_title")]
    ):  # fmt: skip
        words = BAIT[number % len(BAIT)], BAIT[-number % len(BAIT)]
        at(tree, place[:-1])[place[-1]] = " ".join(words)
    path = folder / "gift.yaml"
    path.write_text(as_text(tree), "utf-8")
    return path


BAD = """\
procedure: ../../etc/passwd
version: 2026.1.0
title: !!python/object/apply:os.system [touch /gift]
authority: {name: "http://127.0.0.1:9/"}
lists: {a: /etc/passwd}
pages: file:///etc/passwd
include: /etc/shadow
settings: {x: {value: "env:HOME", source: "`id`"}}
"""
SCRIPT = """
import sys
from tests.portal.commands.terminal import vordruck
good, bad, out = sys.argv[1:]
vordruck("check", good, bad, "/nowhere.yaml")
vordruck("check", good, bad)
vordruck("test", good)
line = vordruck("sample", good, "--today", "2026-11-23").out
for output in ("json", "pdf", "dms"):
    said = vordruck("payload", good, "-", "--output", output, "--out", out,
                    "--today", "2026-11-23", given=line)
    assert said.code == 0, said.err
vordruck("quick-check", good, "-", given='{"hauptwohnung": "ja"}')
"""
_CALL = re.compile(r"^[0-9]+ +([a-z0-9_]+)\((.*)$")
_PATH = re.compile(r'"([^"]*)"')


def _traced(folder: Path, good: Path, bad: Path) -> dict[str, set[str]]:
    """Every system call that starts a program, talks to a network or opens a file."""
    log = folder / "trace"
    subprocess.run(
        [shutil.which("strace") or "strace", "-f", "-qq", "-s", "4096", "-o", log,
         "-e", "trace=network,execve,execveat,open,openat,openat2,creat",
         sys.executable, "-c", SCRIPT, good, bad, folder / "out"],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    calls: dict[str, set[str]] = {"open": set(), "other": set()}
    for line in log.read_text("utf-8", "replace").splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        if call[1].startswith(("open", "creat")):
            path = _PATH.search(call[2])
            calls["open"].add(path[1] if path else call[2])
        else:
            calls["other"].add(f"{call[1]}({call[2]}")
    return calls


def test_r27_a_definition_opens_nothing_and_starts_nothing(tmp_path: Path) -> None:
    """No connection, no program, no file that a harmless definition would not open as well."""
    if shutil.which("strace") is None:
        pytest.skip("SYSTEM CALLS NOT TESTED: install strace")
    calls = {}
    for kind in ("warm", "harmless", "hostile"):
        folder = tmp_path / kind
        folder.mkdir()
        good, bad = folder / "gift.yaml", folder / "bad.yaml"
        if kind == "hostile":
            good = _hostile(folder)
            bad.write_text(BAD, "utf-8")
        else:
            tree = tree_of("musterprozess")
            tree["procedure"] = "gift"
            good.write_text(as_text(tree), "utf-8")
            bad.write_text("procedure: probe\n", "utf-8")
        calls[kind] = _traced(folder, good, bad)

    opened = {
        kind: {one for one in found["open"] if not one.startswith(str(tmp_path / kind))}
        for kind, found in calls.items()
    }
    assert len(opened["harmless"]) > 100
    own = (str(tmp_path), str(ROOT), sys.prefix, sys.base_prefix)
    strangers = {one for one in opened["hostile"] - opened["harmless"] if not one.startswith(own)}
    assert set() == strangers
    assert [] == [
        one for one in opened["hostile"] if one.startswith(("/etc/passwd", "/etc/shadow"))
    ]
    assert not Path("/gift").exists()
    started = {one for one in calls["hostile"]["other"] if one.startswith("execve")}
    assert 1 == len(started), started
    assert calls["hostile"]["other"] == started
