"""Jinja templates, compiled once at start; every value is escaped unless it is markup already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from engine.texts.languages import language
from renderers.html.options import option_html
from renderers.html.words import Words


@dataclass(frozen=True, slots=True)
class Language:
    """One entry of the language switch."""

    code: str
    name: str  # in itself: "Deutsch"
    address: str
    is_current: bool

    @property
    def tag(self) -> str:
        """As HTML writes it."""
        return language(self.code).tag


@dataclass(frozen=True, slots=True)
class Ending:
    """When the session ends if nothing is done, and how it is kept."""

    seconds: int
    minutes: int  # so long a session lasts
    address: str  # a POST here keeps it
    token: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page."""

    words: Words
    title: str
    site: str
    languages: Sequence[Language]
    version: str  # changes with every build: static files may be cached for ever
    service: str = ""
    service_address: str = ""
    token: str = ""
    form_keeps_answers: bool = False  # the language switch sends the form along
    has_errors: bool = False
    is_demo: bool = False
    shows_languages: bool = False  # all of them at once, not folded away
    has_procedure: bool = False  # its German text is the binding one
    look: str = ""  # addresses of the authority's own style sheet and coat of arms
    logo: str = ""
    logo_dark: str = ""
    ending: Ending | None = None
    kept: str = ""  # the rest of the page's query, "&back=check-answers"

    @property
    def language_name(self) -> str:
        """What the page's language calls itself."""
        return language(self.words.language).name

    @property
    def style(self) -> str:
        """The style sheet for the direction of the script."""
        return "portal.rtl.css" if self.words.direction == "rtl" else "portal.css"


def render(template: str, frame: Frame, values: Mapping[str, object]) -> str:
    """The page as HTML."""
    return (
        environment()
        .get_template(template)
        .render(frame=frame, words=frame.words, t=frame.words.t, **values)
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """All templates, read from the package."""
    folder = files("renderers.html") / "templates"
    sources = {
        one.name: one.read_text("utf-8") for one in folder.iterdir() if _is_template(one.name)
    }
    made = Environment(
        loader=FunctionLoader(sources.get),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals["option_html"] = option_html
    for name in sources:
        made.get_template(name)
    return made


def _is_template(name: str) -> bool:
    return name.endswith(".html")
