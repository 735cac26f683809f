"""Every command says what it does, shows an example, and the example works."""

import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal import cli
from portal.commands import words
from tests.portal.commands.conftest import ROOT
from tests.portal.commands.terminal import vordruck

NAMES = [name for name, _, _ in cli.COMMANDS]
# They run until told to stop, or need a database: tested elsewhere.
RUNNING = {"dms", "reply", "serve", "work", "migrate", "bench"}


def _example(name: str) -> str:
    lines = vordruck(name, "--help").out.splitlines()
    return lines[lines.index("  Example:") + 1].strip()


def test_every_command_of_the_design_is_there() -> None:
    """Other tools rely on these names."""
    assert {"new", "check", "test", "evaluate", "quick-check", "sample", "payload", "feel",
            "explain", "serve", "work", "migrate", "bench"} <= set(NAMES)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_help_shows_an_example_on_one_line(name: str) -> None:
    """To be copied as it stands."""
    said = vordruck(name, "--help")

    assert (0, "") == (said.code, said.err)
    assert f"vordruck {name}" in _example(name)


@pytest.mark.parametrize("name", sorted(set(NAMES) - RUNNING))
def test_the_example_works(name: str, workshop: Path) -> None:
    """With an answer file beside it, every example ends well."""
    (workshop / "answers.json").write_text(vordruck("sample", "musterprozess").out, "utf-8")
    typed = _example(name)
    given = '{"expression": "1 + 2"}' if typed.startswith("echo ") else None
    line = typed.partition("|")[2] or typed

    said = vordruck(*shlex.split(line)[1:], given=given)

    assert said.code == 0, said.err


@pytest.mark.parametrize("name", sorted(RUNNING))
def test_examples_of_running_commands_name_real_options(name: str) -> None:
    """They are not started here, but what they name exists."""
    options = [word for word in shlex.split(_example(name)) if word.startswith("--")]

    assert [] == [one for one in options if one not in vordruck(name, "--help").out]


def test_nothing_typed_shows_the_commands() -> None:
    """Exit code 2: no command was given."""
    said = vordruck()

    assert said.code == 2
    assert [] == [name for name in NAMES if f"  {name} " not in said.out + said.err]


@pytest.mark.parametrize(
    "typed",
    [["nope"], ["check", "--nope"], ["evaluate"], ["evaluate", "musterprozess"], ["new"],
     ["check", "--format", "xml"], ["check", "--language", "fr"], ["sample", "musterprozess",
     "--count", "0"], ["sample", "musterprozess", "--count", "x"], ["payload", "musterprozess",
     "a.json", "--output", "fax", "--out", "."], ["payload", "musterprozess", "a.json"],
     ["explain"], ["serve", "--port", "99999"]],
)  # fmt: skip
def test_wrong_use_is_exit_code_2(typed: list[str]) -> None:
    """And what is wrong stands on standard error."""
    said = vordruck(*typed)

    assert (2, "") == (said.code, said.out)
    assert said.err


def test_our_own_faults_are_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, unless a developer asks for it."""

    def broken() -> None:
        raise KeyError("x")

    monkeypatch.setattr(cli, "app", broken)

    with pytest.raises(SystemExit) as left:
        cli.main()

    err = capsys.readouterr().err
    assert left.value.code == 1
    assert "Fehler in Vordruck" in err
    assert "Traceback" not in err


def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the name of its environment variable; its value may be a secret."""
    monkeypatch.setenv("VORDRUCK_DRAFT_DAYS", "geheim")
    monkeypatch.setattr(sys, "argv", ["vordruck", "check"])

    with pytest.raises(SystemExit) as left:
        cli.main()

    err = capsys.readouterr().err
    assert left.value.code == 2
    assert "VORDRUCK_DRAFT_DAYS" in err
    assert "geheim" not in err


def test_names_cannot_move_the_cursor() -> None:
    """Control characters, direction marks and broken file names are written out."""
    assert "a\\x1b[2J\\u202e\\udcff\\n ä" == words.shown("a\x1b[2J\u202e\udcff\n ä")


def test_a_reader_that_goes_away_is_no_fault() -> None:
    """`vordruck … | head -1`."""
    done = subprocess.run(  # noqa: S602 - a pipe of the shell is what is tested
        f"{shlex.quote(sys.executable)} -m portal.cli sample musterprozess --count 300 | head -1",
        shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.stdout.startswith("{")
    assert "" == done.stderr


def test_output_is_utf_8_whatever_the_terminal_claims(tmp_path: Path) -> None:
    """An ASCII terminal gets German words, and a file name that is no text is written out."""
    bad = tmp_path / "\udcff.yaml"
    bad.write_text("a: b", "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "portal.cli", "check", str(bad), "--format", "json"],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip

    assert (1, b"") == (done.returncode, done.stderr)
    assert "Schlüssel" in done.stdout.decode("utf-8")


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def test_help_is_there_in_less_than_a_second() -> None:
    """Warm, through `./run`, which installs nothing when nothing changed."""

    def asked() -> None:
        subprocess.run(
            [ROOT / "run", "vordruck", "--help"],
            cwd=ROOT, check=True, capture_output=True, timeout=300,
        )  # fmt: skip

    asked()
    assert min(_seconds(asked) for _ in range(3)) < 1.0


HEAVY = ("fastapi", "starlette", "sqlalchemy", "sqlmodel", "lxml", "typst", "pikepdf", "PIL",
         "phonenumbers", "schwifty", "email_validator", "jsonschema", "uvicorn",
         "cryptography")  # fmt: skip


@pytest.mark.parametrize(
    "typed", [["check", "musterprozess"], ["explain", "unknown-key"], ["test", "musterprozess"]]
)
def test_commands_load_only_what_they_need(typed: list[str]) -> None:
    """The web, the database and the printing of documents would double the time to start."""
    script = (
        f"import sys; sys.argv = ['vordruck', *{typed!r}]\n"
        "from portal.cli import app\n"
        "try: app()\nexcept SystemExit as end: assert not end.code, end.code\n"
        f"print('loaded:', *(n for n in {HEAVY!r} if n in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert "loaded:" == done.stdout.splitlines()[-1]
