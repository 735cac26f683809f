"""R22: whatever lies where a definition should be, `check` answers: a place and exit code 1."""

import os
import random
import time
from pathlib import Path

import pytest

from tests.portal.commands.terminal import Said, codes, vordruck

SECONDS = 5.0  # of the processor: whatever grows too fast takes minutes
BLUEPRINT = Path(__file__).resolve().parents[3] / "definitions" / "musterprozess.yaml"
BOMB = "a: &a [x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HEAD = "procedure: probe\nversion: 2026.1.0\ntitle: Probe\nauthority: {name: Stadt Beispiel}\n"
PAGE = (
    "recipients: {amt: Das Amt}\n"
    "purposes: {zweck: {text: T, legal_basis: § 1, recipients: [amt], retention: drafts}}\n"
    "pages:\n  - page: eins\n    title: Eins\n    purpose: zweck\n    fields:\n"
)

CONTENTS: dict[str, bytes] = {
    "nothing": b"",
    "one byte": b"\x00",
    "random bytes": random.Random(1).randbytes(100_000),  # noqa: S311 - the same every time
    "random letters": bytes(random.Random(2).choices(b"abc:-[]{}'\"\n #&*!|>%@`?,", k=50_000)),  # noqa: S311
    "a program": Path("/bin/sh").read_bytes()[:900_000],
    "50 MB of letters": b"a" * 50_000_000,
    "50 MB of a list": b"- a\n" * 12_500_000,
    "50 MB of zeros": bytes(50_000_000),
    "100,000 brackets": b"[" * 100_000,
    "100,000 braces": b"{a: " * 100_000,
    "100,000 brackets closed": b"[" * 100_000 + b"]" * 100_000,
    "100,000 dashes": b"- " * 100_000,
    "100,000 questions": b"? " * 100_000,
    "100,000 single quotes": b"a: " + b"'" * 100_001,
    "100,000 double quotes": b"a: " + b'"' * 100_001,
    "100,000 bars": b"a: " + b"|\n " * 100_000,
    "1,400 levels": "".join(" " * n + "a:\n" for n in range(1_400)).encode(),
    "an alias bomb": BOMB.encode(),
    "an alias of itself": b"a: &a [*a]",
    "a tag of Python": b"procedure: !!python/object/apply:os.system ['touch /tmp/x']",
    "a tag of an object": b"a: !!python/object:builtins.object {}",
    "an include": b"a: !include /etc/passwd",
    "a directive": b"%TAG ! tag:x,2000:\n---\na: 1",
    "a duplicate key": HEAD.encode() + b"title: Noch einer\n",
    "tabs": HEAD.encode() + b"pages:\n\t- page: eins\n",
    "NUL": b"procedure: a\x00b",
    "a byte order mark": b"\xef\xbb\xbf" + HEAD.encode(),
    "UTF-16": HEAD.encode("utf-16"),
    "UTF-32": HEAD.encode("utf-32"),
    "Latin-1": "title: Größe".encode("latin-1"),
    "an encoded surrogate": b"title: \xed\xa0\x80",
    "an escaped surrogate": HEAD.encode() + b'summary: "\\ud800"\n',
    "an escaped NUL": HEAD.encode() + b'summary: "a\\0b"\n',
    "an escaped escape": HEAD.encode() + b'summary: "\\e[2J"\n',
    "old line ends": HEAD.replace("\n", "\r").encode(),
    "one very long key": b"a" * 900_000 + b": 1",
    "one very long line": b"procedure: " + b"a " * 400_000,
    "60,000 keys": "".join(f"k{n}: 1\n" for n in range(60_000)).encode(),
    "many documents": b"---\n" * 100_000,
    "JSON": b'{"procedure": 1e999, "version": [[[]]], "pages": {"a": null}}',
    "XML": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "a list": b"- a\n- b\n",
    "a word": b"hello",
    "a number": b"9" * 100_000,
    "null": b"null",
    "unknown keys": HEAD.encode() + b"seiten: []\nfelder: {}\n__class__: x\n",
    "wrong types": b"procedure: []\nversion: {}\ntitle: [a]\nauthority: x\npages: y\n"
    b"settings: [1]\nlists: 1\nquick_check: []\ndocuments: {}\noutputs: x\ncases: 5\n"
    b"service: []\nretention: 3\nleika: {}\nlaw_as_of: [2026]\nprivacy: {}\n",
    "nulls": b"procedure:\nversion:\ntitle:\nauthority:\npages:\nsettings:\nlists:\n",
    "an endless pattern": (HEAD + PAGE).encode()
    + b'      - {field: a, type: text, label: A, pattern: "' + b"(" * 50_000 + b'"}\n',
    "a rule without end": (HEAD + PAGE).encode()
    + b"      - {field: a, type: text, label: A, show_if: '" + b"(" * 50_000 + b"'}\n",
    "10,000 fields of one name": (HEAD + PAGE).encode()
    + b"      - {field: a, type: text, label: A}\n" * 10_000,
    "a circle of 2,000 values": (HEAD + PAGE).encode()
    + "".join(
        f"      - {{computed: c{n}, value: c{(n + 1) % 2_000} + 1}}\n" for n in range(2_000)
    ).encode(),
    "5,000 rules of 60 brackets": (HEAD + PAGE).encode()
    + b"      - {field: c, type: integer, label: A}\n"
    + "".join(
        f"      - {{computed: c{n}, value: {'(' * 30}c{')' * 30}}}\n" for n in range(5_000)
    ).encode(),
    "1,000 rules of 30 conditions": (HEAD + PAGE).encode()
    + b"      - {field: c, type: integer, label: A}\n"
    + "".join(
        f"      - {{computed: c{n}, value: {'if c = 1 then 1 else ' * 30}2}}\n"
        for n in range(1_000)
    ).encode(),
    "a chain of 2,000 values": (HEAD + PAGE).encode()
    + b"      - {field: c0, type: integer, label: A}\n"
    + "".join(
        f"      - {{computed: c{n}, value: c{n - 1} + 1}}\n" for n in range(1, 2_000)
    ).encode()
    + b"      - {field: z, type: text}\n",
}  # fmt: skip


def _checked(path: Path, form: str = "json") -> Said:
    began = time.process_time()
    said = vordruck("check", str(path), "--format", form)
    assert time.process_time() - began < SECONDS
    return said


@pytest.mark.parametrize("what", CONTENTS)
def test_r22_bad_contents_get_a_place_and_exit_code_1(tmp_path: Path, what: str) -> None:
    """In less than two seconds of work."""
    path = tmp_path / "probe.yaml"
    path.write_bytes(CONTENTS[what])

    said = _checked(path)

    assert (1, "") == (said.code, said.err)
    assert said.data["diagnostics"]
    for one in said.data["diagnostics"]:
        assert one["file"] == str(path)
        assert one["line"] >= 1
        assert one["column"] >= 1
        assert one["message"]


@pytest.mark.parametrize("what", [what for what, data in CONTENTS.items() if len(data) < 10_000])
@pytest.mark.parametrize("form", ["text", "line"])
def test_r22_bad_contents_are_told_to_people(tmp_path: Path, form: str, what: str) -> None:
    """With the line, cut where it is long."""
    path = tmp_path / "probe.yaml"
    path.write_bytes(CONTENTS[what])

    said = _checked(path, form)

    assert (1, "") == (said.code, said.err)
    assert f"{path}:" in said.out
    assert max(map(len, said.out.splitlines())) < 500


def test_r22_the_rules_of_a_file_have_a_limit_together(tmp_path: Path) -> None:
    """Told once, at the rule that is too much; the largest procedure needs a quarter of it."""
    path = tmp_path / "probe.yaml"
    path.write_bytes(CONTENTS["1,000 rules of 30 conditions"])

    found = [one for one in _checked(path).data["diagnostics"] if one["code"] == "too-many-rules"]

    (one,) = found
    assert 100 < one["line"] < 200
    assert "100000" in one["message"]


def test_r22_control_characters_of_a_file_stay_in_it(tmp_path: Path) -> None:
    """A file must not be able to clear the screen of whoever checks it."""
    path = tmp_path / "probe.yaml"
    path.write_bytes(b"a\x1b[2J: b\n\x1b]0;title\x07: \xe2\x80\xaec\n")

    for form in ("text", "line", "json"):
        assert not {"\x1b", "\x07", "\u202e"} & set(_checked(path, form).out)


ESCAPED = HEAD.replace("procedure: probe", r'procedure: "\e[2J\u202Ex"') + (
    r""""a\nb\e": 1
summary: "\e]0;x\a\u009b"
pages:
  - page: eins
    title: Eins
    fields:
      - {field: a, type: "x\e[31m", label: "\e[2J", show_if: "\e = 1"}
"""
)
SHOUTING = (
    HEAD
    + PAGE
    + r"""      - {field: a, type: text, label: A, valid_if: a = "x", message: "\e[2J"}
cases:
  - case: A
    title: "\e[2J\nzwei"
    on: 2026-11-23
    given: {a: y}
    expect: {problems: []}
"""
)


def test_r22_escaped_control_characters_stay_escaped(tmp_path: Path) -> None:
    """YAML can write them in letters: in keys, names and types."""
    path = tmp_path / "probe.yaml"
    path.write_text(ESCAPED, "utf-8")

    for language in ("de", "en"):
        for form in ("text", "line", "json"):
            out = vordruck("check", str(path), "--format", form, "--language", language).out
            assert not set("\x1b\x07\x9b\u202e") & set(out)
            assert r"a\nb\x1b" in out.replace("\\\\", "\\")
    for line in vordruck("check", str(path), "--format", "line").out.splitlines():
        assert line.startswith(f"{path}:")


def test_r22_what_a_case_says_cannot_clear_the_screen(tmp_path: Path) -> None:
    """Titles and messages of a definition reach a terminal when something fails."""
    path = tmp_path / "probe.yaml"
    path.write_text(SHOUTING, "utf-8")

    failed = vordruck("test", str(path))
    for said in (
        failed,
        vordruck("test", str(path), "--format", "line"),
        vordruck("payload", str(path), "-", "--output", "json", "--out", "out", given='{"a": "y"}'),
    ):
        assert said.code == 1
        assert "\x1b" not in said.out + said.err
    assert 2 == len(failed.out.splitlines())


def test_r22_no_command_is_run_by_a_tag(tmp_path: Path) -> None:
    """The safest way to refuse a tag is not to know any."""
    mark = tmp_path / "mark"
    path = tmp_path / "probe.yaml"
    path.write_text(f"procedure: !!python/object/apply:os.system ['touch {mark}']\n", "utf-8")

    assert "yaml-tag" in codes(_checked(path))
    assert not mark.exists()


def test_what_is_no_file_is_wrong_use(tmp_path: Path) -> None:
    """Missing, a folder, a name no file can have: exit code 2, and what is the matter."""
    (tmp_path / "folder.yaml").mkdir()
    for name, words in (
        (str(tmp_path / "missing.yaml"), "gibt es nicht"),
        (str(tmp_path / "missing" / "x.yaml"), "gibt es nicht"),
        (str(tmp_path / "folder.yaml"), "ist ein Ordner"),
        (str(tmp_path), "ist ein Ordner"),
        (str(BLUEPRINT / "x.yaml"), "gibt es nicht"),
        ("x" * 5_000 + ".yaml", "lässt sich nicht öffnen"),
        ("a\0.yaml", "lässt sich nicht öffnen"),
        ("nix", "gibt es nicht"),
        ("", "gibt es nicht"),
    ):
        said = vordruck("check", name, "--format", "json")
        assert (2, "") == (said.code, said.out)
        assert words in said.err
        assert "\0" not in said.err


def test_a_locked_file_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said, not crashed."""

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "probe.yaml"
    path.write_text(HEAD, "utf-8")
    monkeypatch.setattr(Path, "open", locked)

    said = vordruck("check", str(path))

    assert (2, "") == (said.code, said.out)
    assert "gesperrt" in said.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_what_never_ends_is_not_read_to_its_end() -> None:
    """A device, or a file that grows."""
    assert ["file-too-large"] == codes(vordruck("check", "/dev/zero", "--format", "json"))
    assert 2 == vordruck("evaluate", "musterprozess", "/dev/zero").code


def test_a_pipe_can_be_checked() -> None:
    """`vordruck check <(…)`."""
    read, write = os.pipe()
    os.write(write, HEAD.encode())
    os.close(write)
    try:
        said = vordruck("check", f"/dev/fd/{read}", "--format", "json")
    finally:
        os.close(read)

    assert ["missing-key"] == codes(said)
