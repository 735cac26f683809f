"""What only d.velop documents has: links to follow, a token, a property that has to be unique."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr

from portal.delivery.transports.dms.dvelop import open_dvelop
from portal.delivery.transports.transport import (
    RefusedError,
    UnknownTransportError,
    UnreachableError,
)
from tests.portal.delivery.dms.cases import package
from tests.portal.delivery.dms.dvelop_stand_in import DvelopSystem

SENT = ("3f0e8a52-0000-4000-8000-000000000001.dms", "abgabe.zip", "application/zip")


def test_nothing_is_uploaded_twice() -> None:
    """A second attempt finds the documents before it sends them."""
    system = DvelopSystem()
    system.filer().send(*SENT, package())
    uploads = len(system.server.uploads)
    system.filer().send(*SENT, package())
    assert uploads == len(system.server.uploads) == len(system.held())


def test_metadata_are_properties() -> None:
    """Those that the operator named; the others stay in the package."""
    system = DvelopSystem()
    system.filer().send(*SENT, package())
    [akte] = [one["properties"] for one in system.server.objects.values()
              if one["category"] == "AKTE"]  # fmt: skip
    assert akte["p_number"] == "32.40.01/MU-2026-000123"
    documents = [one for one in system.server.objects.values() if one["category"] == "DOKU"]
    assert {one["properties"]["p_access"] for one in documents} == {"offen"}


def test_a_wrong_token_is_mended_by_the_operator() -> None:
    """Nothing is lost meanwhile."""
    system = DvelopSystem()
    wrong = system.target.model_copy(update={"password": SecretStr("wrong")})
    with pytest.raises(UnreachableError, match="http-401"):
        open_dvelop("dms", wrong, Path(), system.server).send(*SENT, package())


def test_a_property_that_is_not_unique_is_noticed() -> None:
    """Somebody copied an Akte by hand, or forgot to declare the property: a person must look."""
    system = DvelopSystem()
    system.filer().send(*SENT, package())
    system.server.objects["D999999999"] = dict(system.server.objects["D000000000"])
    with pytest.raises(RefusedError, match="key-not-unique"):
        system.filer().send(*SENT, package())


def _answering(answer: Callable[[httpx2.Request], httpx2.Response]) -> httpx2.BaseTransport:
    return httpx2.MockTransport(answer)


def test_a_link_to_another_server_is_not_followed() -> None:
    """The token goes with every request, so it must not leave the house."""
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        links = {"repo": {"href": "https://elsewhere.example/dms/r/{repositoryid}"}}
        return httpx2.Response(200, json={"_links": links})

    filer = open_dvelop("dms", DvelopSystem().target, Path(), _answering(answer))
    with pytest.raises(UnreachableError, match="link-leads-elsewhere"):
        filer.send(*SENT, package())
    assert asked == ["kreis.example"]


@pytest.mark.parametrize("told", [{}, {"_links": {}}, {"_links": {"repo": {}}}])
def test_an_answer_without_the_link_is_no_answer(told: object) -> None:
    """A maintenance page in JSON, say."""
    wire = _answering(lambda request: httpx2.Response(200, json=told))
    with pytest.raises(UnreachableError, match="link-missing"):
        open_dvelop("dms", DvelopSystem().target, Path(), wire).send(*SENT, package())


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ({"repository": ""}, "repository"),
        ({"types": {"akte": "A", "dokument": "D"}}, "vorgang"),
        ({"properties": {"akte.Kennung": "p"}}, r"vorgang\.Kennung, dokument\.Kennung"),
    ],
)
def test_what_the_settings_leave_out_is_said_at_the_start(
    left_out: dict[str, object], named: str
) -> None:
    """By name."""
    target = DvelopSystem().target.model_copy(update=left_out)
    with pytest.raises(UnknownTransportError, match=named):
        open_dvelop("dms", target, Path())
