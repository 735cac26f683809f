"""Which language a page speaks: asked for, chosen before, preferred by the browser, German.

What was chosen travels in the session's own cookie; there is no other.
"""

from collections.abc import Sequence

from starlette.requests import Request

from portal.web.sessions import session_of

PARAMETER = "lang"
# Wishes that stand where a language would: the German text beside the translation, or not.
WITH_GERMAN, WITHOUT_GERMAN = "with-german", "without-german"
_BESIDE = {WITH_GERMAN: True, WITHOUT_GERMAN: False}


def language_of(request: Request, known: Sequence[str]) -> str:
    """One of the known languages; the first of them if nothing fits."""
    wishes = [
        _asked(request),
        session_of(request).language,
        *_preferred(request.headers.get("accept-language", "")),
    ]
    return next((wish for wish in wishes if wish in known), known[0])


def has_german(request: Request) -> bool:
    """Whether the German text stands beside the translation."""
    return _BESIDE.get(_asked(request), session_of(request).has_german)


def choose(request: Request, wish: str, known: Sequence[str]) -> None:
    """Speak this language from now on, if we can; or show the German text, or hide it."""
    if wish in known or wish in _BESIDE:
        request.state.language = wish


def remember(request: Request, known: Sequence[str]) -> None:
    """Keep what was asked for."""
    asked, session = _asked(request), session_of(request)
    if asked in known and asked != session.language:
        session.use().language = asked
    elif asked in _BESIDE and _BESIDE[asked] != session.has_german:
        session.use().has_german = _BESIDE[asked]


def _asked(request: Request) -> str:
    chosen = getattr(request.state, "language", None)
    return chosen or request.query_params.get(PARAMETER, "")


def _preferred(header: str) -> list[str]:
    """Languages of the Accept-Language header, best first; regions left out."""
    weighted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag.strip().split("-")[0].lower()))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighted, key=lambda pair: pair[0])]
