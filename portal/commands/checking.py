"""Checking definitions, for the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine import Checked, SharedLists, apply_fixes, load, read_lists
from engine import check as check_procedure
from engine.check.translations import check_translation
from engine.diagnostics import Diagnostic, has_errors, in_order
from engine.model import Procedure
from engine.reading import readings
from engine.source import Source
from engine.texts.languages import TRANSLATED
from engine.texts.report import as_json, as_lines, as_text
from engine.unconfirmed import Unconfirmed, unconfirmed
from portal.commands.messages import MessageReport, message_reports
from portal.commands.procedures import (
    cases_file,
    definition_files,
    definitions_folder,
    is_shared_list,
    known_shapes,
    lists_folder_of,
    locate,
    read_file,
    shared_sources,
)
from portal.commands.reading import ReadingReport
from portal.commands.words import say
from portal.commands.writing import replace_text

# A correction may bring the next one to light: a tab hides what stands behind it.
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """All mistakes of some files, and the files' texts to show them in."""

    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    count: int
    messages: tuple[MessageReport, ...] = ()  # of definitions without mistakes
    unconfirmed: tuple[Unconfirmed, ...] = ()
    reading: tuple[ReadingReport, ...] = ()
    sound: tuple["Sound", ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps a procedure from being published."""
        return has_errors(self.diagnostics)

    def words(self, one_line_each: bool, language: str) -> str:
        """The report for people; says so if nothing was found."""
        if not self.diagnostics:
            return "" if one_line_each else _fine(self.count, language)
        if one_line_each:
            return as_lines(self.diagnostics, language)
        return as_text(self.diagnostics, self.sources.values(), language)


def _fine(count: int, language: str) -> str:
    if language == "en":
        return f"No mistakes in {count} file{'s' if count != 1 else ''}.\n"
    return f"Keine Fehler in {count} Datei{'en' if count != 1 else ''}.\n"


@dataclass(frozen=True, slots=True)
class Sound:
    """A definition without mistakes, ready to be compiled."""

    path: Path
    source: Source
    checked: Checked


@dataclass(slots=True)
class _Run:
    """What one command has read and found; shared lists are read and told once per folder."""

    found: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    lists: dict[Path, SharedLists] = field(default_factory=dict)
    messages: dict[Path, tuple[MessageReport, ...]] = field(default_factory=dict)
    unconfirmed: dict[Path, tuple[Unconfirmed, ...]] = field(default_factory=dict)
    sound: dict[Path, Sound] = field(default_factory=dict)

    def diagnose(self, path: Path) -> tuple[tuple[Diagnostic, ...], Source | None]:
        """The mistakes of one file."""
        source, problems = read_file(path)
        if source is None:
            return problems, None
        self.sources[source.name] = source
        if source.cases is not None:
            self.sources[source.cases.name] = source.cases
        if is_shared_list(path):
            return read_lists([source])[1], source
        procedure, loading = load(source, self._lists_for(path))
        if procedure is None:
            return (*problems, *loading), source
        checked, checking = check_procedure(procedure, known_shapes())
        self.sound.pop(path, None)  # of the round before a correction
        if checked is not None and not has_errors((*loading, *checking)):
            self.sound[path] = Sound(path, source, checked)
        self.messages[path] = tuple(message_reports(checked))
        self.unconfirmed[path] = tuple(unconfirmed(procedure))
        spoken = _translations(path, procedure)
        return (*problems, *loading, *checking, *spoken), source

    def _lists_for(self, path: Path) -> SharedLists:
        folder = lists_folder_of(path)
        if folder not in self.lists:
            sources, problems = shared_sources(folder)
            self.lists[folder], more = read_lists(sources)
            self.sources |= {one.name: one for one in sources}
            self.found += (*problems, *more)
        return self.lists[folder]


def _translations(path: Path, procedure: Procedure) -> list[Diagnostic]:
    """Of every catalogue that is there, and of those that the definition asks for."""
    found: list[Diagnostic] = []
    for code in TRANSLATED:
        file = lists_folder_of(path) / "locales" / code / "LC_MESSAGES" / f"{path.stem}.po"
        if file.is_file():
            text = file.read_bytes().decode("utf-8", "replace")
            found += check_translation(procedure, code, text)
        elif code in procedure.languages:
            found += check_translation(procedure, code, "")
    return found


def check_files(names: list[str], fix: bool) -> CheckedFiles:
    """Check the named definitions, or all."""
    paths = [locate(name) for name in names] or definition_files(definitions_folder())
    run = _Run()
    for path in dict.fromkeys(paths):
        found, source = run.diagnose(path)
        for _ in range(_ROUNDS if fix else 0):
            if source is None or not _corrected(path, source, found):
                break
            found, source = run.diagnose(path)
        run.found += found
    messages = tuple(one for several in run.messages.values() for one in several)
    left = tuple(one for several in run.unconfirmed.values() for one in several)
    sound = tuple(run.sound.values())
    return CheckedFiles(
        diagnostics=in_order(run.found),
        sources=run.sources,
        count=len(paths),
        messages=messages,
        unconfirmed=left,
        reading=tuple(_read(one) for one in sound),
        sound=sound,
    )


def _read(one: Sound) -> ReadingReport:
    return ReadingReport(one.checked.procedure.id, readings(one.checked.procedure))


def _corrected(path: Path, source: Source, found: tuple[Diagnostic, ...]) -> bool:
    """Write the corrected text, if there is anything to correct; that of the cases, too."""
    text = apply_fixes(source, found)
    is_of_cases = source.cases is not None and _corrected(cases_file(path), source.cases, found)
    if text == source.text:
        return is_of_cases
    replace_text(path, text)
    say(f"{source.name} ist korrigiert.", f"{source.name} is corrected.")
    return True


def report(
    checked: CheckedFiles, language: str, proofs: Sequence[Mapping[str, object]] = ()
) -> dict[str, object]:
    """The JSON form of a check."""
    return {
        "diagnostics": as_json(checked.diagnostics, language),
        "messages": [one.as_json() for one in checked.messages],
        "unconfirmed": [_unconfirmed(one) for one in checked.unconfirmed],
        "reading": [one.as_json() for one in checked.reading],
        "proofs": list(proofs),
    }


def _unconfirmed(one: Unconfirmed) -> dict[str, object]:
    return {
        "kind": one.kind,
        "id": one.id,
        "value": one.value,
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "source": one.source,
        "file": one.span.file,
        "line": one.span.start.line,
        "column": one.span.start.column,
        "end_line": one.span.end.line,
        "end_column": one.span.end.column,
    }
