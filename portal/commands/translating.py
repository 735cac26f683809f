"""Catalogues of definitions and of the product: begun, brought up to date, counted, signed off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from engine import load, read_lists
from engine.model import Procedure
from engine.texts.catalogue import Catalogue
from engine.texts.extract import renamed_places, texts_of_definition, texts_of_product
from engine.texts.languages import GERMAN, TRANSLATED
from engine.texts.ledger import State, Wanted, read_ledger, states
from engine.texts.merge import marked, merged, template
from portal.commands.procedures import (
    definition_files,
    definitions_folder,
    lists_folder_of,
    locate,
    read_file,
    shared_sources,
)
from portal.commands.words import refuse, say, shown
from portal.commands.writing import replace_text

# What applicants read of the product: name -> package. The German one says which keys there are.
PRODUCT = {"portal": "renderers", "problems": "engine", "words": "engine"}


@dataclass(frozen=True, slots=True)
class Source:
    """Something that is translated, and where its catalogues are."""

    name: str
    wanted: Sequence[Wanted]
    places: Mapping[str, str]
    folder: Path

    def file(self, language: str) -> Path:
        """The catalogue of a language."""
        if self.name in PRODUCT:
            return self.folder / f"{self.name}.{language}.po"
        return self.folder / language / "LC_MESSAGES" / f"{self.name}.po"


def sources(names: Sequence[str]) -> list[Source]:
    """The named definitions and parts of the product, or all."""
    if names:
        return [_product(one) if one in PRODUCT else _definition(locate(one)) for one in names]
    paths = definition_files(definitions_folder())
    return [*map(_product, PRODUCT), *map(_definition, paths)]


def _product(name: str) -> Source:
    with as_file(files(PRODUCT[name]) / "texts") as folder:
        german = (folder / f"{name}.{GERMAN}.po").read_text("utf-8")
        wanted = texts_of_product(Catalogue.from_po(german, GERMAN))
        return Source(name, wanted, {}, folder)


def _definition(path: Path) -> Source:
    procedure = _loaded(path)
    folder = lists_folder_of(path) / "locales"
    places = renamed_places(procedure)
    return Source(path.stem, texts_of_definition(procedure), places, folder)


def _loaded(path: Path) -> Procedure:
    source, _ = read_file(path)
    lists, _ = shared_sources(lists_folder_of(path))
    procedure = None if source is None else load(source, read_lists(lists)[0])[0]
    if procedure is None:
        name = shown(path.stem)
        refuse(
            f"»{name}« ist noch nicht lesbar. Sehen Sie nach mit: vordruck check {name}",
            "It cannot be read yet; see vordruck check.",
        )
    return procedure


def extract(names: Sequence[str]) -> None:
    """A template beside the languages of each definition, for a translator's own program."""
    for one in sources(names):
        path = one.folder / f"{one.name}.pot"
        _write(path, template(one.wanted))
        say(f"{path}: {len(one.wanted)} Texte.", f"{len(one.wanted)} texts.")


def update(names: Sequence[str], languages: Sequence[str]) -> None:
    """What is new waits for translation, what changed is marked, what is gone is kept aside."""
    for one, language, path, text in _catalogues(names, languages, begin=bool(languages)):
        _write(path, merged(text, one.wanted, language, one.places))
    tell_status(names, languages)


def mark(names: Sequence[str], languages: Sequence[str], state: State) -> None:
    """Put every present translation into a state."""
    for _, language, path, text in _catalogues(names, languages, begin=False):
        _write(path, marked(text, language, state))
    tell_status(names, languages)


def tell_status(names: Sequence[str], languages: Sequence[str]) -> None:
    """One line for the person at the terminal for each catalogue that lacks something."""
    for row in status(names, languages):
        lacking, stale = row["missing"], row["stale"]
        if lacking or stale:
            name = f"{row['catalogue']} ({row['language']})"
            say(f"{name}: {lacking} fehlen, {stale} veraltet.")


def status(names: Sequence[str], languages: Sequence[str]) -> list[dict[str, object]]:
    """A row for each catalogue: how many texts are how far."""
    return [
        {
            "catalogue": one.name,
            "language": language,
            "texts": len(one.wanted),
            **{str(state): len(found) for state, found in _states(one, text).items()},
        }
        for one, language, _, text in _catalogues(names, languages, begin=True)
    ]


def as_table(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows for people."""
    head = ("catalogue", "language", "texts", *map(str, State))
    lines = [head, *([str(row[name]) for name in head] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + "\n"
        for line in lines
    )


def _states(one: Source, text: str) -> Mapping[State, list[Wanted]]:
    return states(one.wanted, read_ledger(text))


def _catalogues(
    names: Sequence[str], languages: Sequence[str], *, begin: bool
) -> Iterator[tuple[Source, str, Path, str]]:
    """(source, language, file, its text); with `begin` also those nobody began with."""
    for one in sources(names):
        for language in languages or TRANSLATED:
            path = one.file(language)
            if path.is_file():
                yield one, language, path, _text(path)
            elif begin:
                yield one, language, path, ""


def _text(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        read_ledger(text)
    except ValueError:
        refuse(
            f"»{shown(path)}« ist kein gettext-Katalog.",
            "This is no gettext catalogue.",
        )
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    replace_text(path, text)
