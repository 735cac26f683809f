"""A posted form as text: bounded, strictly UTF-8, and with the token of its session."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from portal.web.limits import MOST_FIELDS
from portal.web.refusal import Refusal
from portal.web.sessions import session_of

FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Posted:
    """Names and values in the order they were sent."""

    pairs: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The last value of that name, or ""."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of that name."""
        return [value for key, value in self.pairs if key == name]

    def has(self, name: str) -> bool:
        """Whether the name was sent at all."""
        return any(key == name for key, _ in self.pairs)


async def read_form(request: Request) -> Posted:
    """A form without token: for pages that keep nothing (the Quick Check)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if kind != FORM_TYPE and body:
        raise Refusal(415, "bad_request")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as fault:  # too many fields, no UTF-8
        raise Refusal(400, "bad_request") from fault
    return Posted(tuple((name, value.replace("\r\n", "\n")) for name, value in pairs))


async def read_own_form(request: Request) -> Posted:
    """A form that changes something: its token must fit the session (R60)."""
    posted = await read_form(request)
    check_token(request, posted.get("_token"))
    return posted


def check_token(request: Request, token: str) -> None:
    """Refuse a form that does not come from a page of this session."""
    if not session_of(request).accepts(token):
        raise Refusal(403, "no_token")


Form = Annotated[Posted, Depends(read_form)]
OwnForm = Annotated[Posted, Depends(read_own_form)]
