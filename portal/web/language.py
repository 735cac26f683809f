"""Which language a page speaks: asked for, chosen before, preferred by the browser, German."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "language"
PARAMETER = "lang"
_YEAR = 365 * 86_400


def language_of(request: Request, known: Sequence[str]) -> str:
    """One of the known languages; the first of them if nothing fits."""
    chosen = getattr(request.state, "language", None)
    wishes = [
        chosen or "",
        request.query_params.get(PARAMETER, ""),
        request.cookies.get(COOKIE, ""),
        *_preferred(request.headers.get("accept-language", "")),
    ]
    return next((wish for wish in wishes if wish in known), known[0])


def choose(request: Request, wish: str, known: Sequence[str]) -> None:
    """Speak this language from now on, if we can."""
    if wish in known:
        request.state.language = wish


def remember(request: Request, response: Response, known: Sequence[str], is_https: bool) -> None:
    """Keep a language that was asked for."""
    chosen = getattr(request.state, "language", None) or request.query_params.get(PARAMETER, "")
    if chosen in known and chosen != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="lax", secure=is_https
        )


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
