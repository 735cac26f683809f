"""Drawing a page for a request: language, frame, token, status."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.model import Procedure
from engine.texts.languages import language
from portal.parts import Portal
from portal.web.language import PARAMETER, choose, has_german, language_of, remember
from portal.web.sessions import session_of
from renderers.html.markdown import to_html
from renderers.html.templates import Ending, Frame, Language, render
from renderers.html.words import Words


def portal_of(request: Request) -> Portal:
    """Everything the application is made of."""
    portal: Portal = request.app.state.portal
    return portal


def words_of(request: Request, procedure: Procedure | None = None) -> Words:
    """The words of the reader's language, with the texts of a procedure."""
    language = language_of(request, _spoken(request, procedure))
    return portal_of(request).texts.words(language, procedure, has_german=has_german(request))


def _spoken(request: Request, procedure: Procedure | None) -> Sequence[str]:
    texts = portal_of(request).texts
    return texts.offered(procedure) if procedure else texts.languages


def page(
    request: Request,
    template: str,
    title: str,
    values: Mapping[str, object],
    *,
    procedure: Procedure | None = None,
    status: int = 200,
    has_token: bool = False,
    keeps_answers: bool = False,
    has_errors: bool = False,
) -> Response:
    """A page; `keeps_answers`: its language switch sends the form with id `answers` along."""
    words = words_of(request, procedure)
    frame = Frame(
        words=words,
        title=title,
        site=portal_of(request).settings.operator,
        languages=_languages(request, words.language, procedure),
        version=portal_of(request).version,
        service=str(words.text(procedure.title)) if procedure else "",
        service_address=f"/p/{procedure.id}" if procedure else "",
        token=session_of(request).token() if has_token else "",
        form_keeps_answers=keeps_answers,
        has_errors=has_errors,
        is_demo=portal_of(request).settings.demo,
        shows_languages=template == "start.html",
        has_procedure=procedure is not None,
        ending=getattr(request.state, "ending", None),
        kept=_kept_query(request),
        **_look(request),
    )
    response = HTMLResponse(render(template, frame, values), status_code=status)
    response.headers["Content-Language"] = words.tag
    _remember(request)
    return response


def _look(request: Request) -> dict[str, str]:
    """Addresses of the authority's own style sheet and pictures."""
    look = portal_of(request).look
    if look is None:
        return {}
    pictures = {"logo": look.logo, "logo_dark": look.logo_dark}
    found = {key: one.address for key, one in pictures.items() if one is not None}
    return {**found, "look": look.address if look.style else ""}


def error_page(request: Request, status: int, reason: str, code: str) -> Response:
    """A page that says what to do now."""
    words = words_of(request)
    title = words.t(f"error.{reason}.title")
    values = {
        "title": title,
        "text": to_html(words.t(f"error.{reason}.text")),
        "code": code,
        "forms": (),
        "link": {"label": words.t("error.home"), "address": "/"},
    }
    return page(request, "message.html", title, values, status=status)


def go_to(request: Request, address: str) -> Response:
    """On to one of our own pages; `address` is made by us, never taken from a request (R61)."""
    _remember(request)
    return RedirectResponse(address, status_code=303)


def origin_of(request: Request) -> str:
    """Where the portal is reached, for links that leave the browser."""
    return portal_of(request).settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")


def tell_end(request: Request, until: datetime | None, stay_address: str) -> None:
    """The session ends `until`, if nothing is done: the page warns in time."""
    if until is None:
        return
    portal = portal_of(request)
    seconds = max(0, int((until - portal.store.now()).total_seconds()))
    request.state.ending = Ending(
        seconds, portal.settings.session_minutes, stay_address, session_of(request).token()
    )


def switch_language(request: Request, wish: str) -> None:
    """The language button of a form was pressed."""
    choose(request, wish, portal_of(request).texts.languages)


def _remember(request: Request) -> None:
    remember(request, portal_of(request).texts.languages)


def _languages(request: Request, current: str, procedure: Procedure | None) -> list[Language]:
    kept = _kept_query(request)
    return [
        Language(code, language(code).name, f"?{PARAMETER}={code}{kept}", code == current)
        for code in _spoken(request, procedure)
    ]


def _kept_query(request: Request) -> str:
    """The rest of the query, which is ours and short; anything else is dropped."""
    others = [
        (name, value) for name, value in request.query_params.multi_items() if name != PARAMETER
    ]
    return "".join(f"&{name}={value}" for name, value in others if _is_plain(name + value))


def _is_plain(text: str) -> bool:
    return text.replace("_", "").replace("[", "").replace("]", "").replace(".", "").isalnum()
