"""Answers of a server that is not well, and where names and passwords come from."""

from base64 import b64decode
from pathlib import Path

import httpx2
import pytest

from portal.delivery.transports import TRANSPORTS, UnknownTransportError, transports_of
from portal.delivery.transports.dms.web import Web, basic
from portal.delivery.transports.transport import RefusedError, UnreachableError
from portal.settings import Settings, Target


def _web(status: int, content: bytes = b"") -> Web:
    wire = httpx2.MockTransport(lambda request: httpx2.Response(status, content=content))
    return Web("https://dms.example/", None, wire)


@pytest.mark.parametrize("status", [301, 401, 403, 409, 423, 429, 500, 502, 503, 507])
def test_what_may_pass_is_tried_again(status: int) -> None:
    """Also a wrong password: the operator mends it, and nothing has to be sent anew by hand."""
    with pytest.raises(UnreachableError, match=f"http-{status}"):
        _web(status).ask("GET", "https://dms.example/a", (200,))


@pytest.mark.parametrize("status", [413, 415])
def test_what_a_server_never_takes_is_not_sent_for_30_days(status: int) -> None:
    """Too large, or a kind of file that it does not hold."""
    with pytest.raises(RefusedError, match=f"http-{status}"):
        _web(status).ask("PUT", "https://dms.example/a", (201,))


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"\xff"])
def test_an_answer_that_is_no_object_is_no_answer(content: bytes) -> None:
    """A proxy's page, say."""
    web = _web(200, content)
    with pytest.raises(UnreachableError, match="answer-unreadable"):
        web.json(web.ask("GET", "https://dms.example/a", (200,)))


def test_passwords_stand_in_a_file_or_apart_from_the_targets(tmp_path: Path) -> None:
    """A file is read anew, so that a password can be changed without a restart."""
    held = tmp_path / "password"
    held.write_text("one\n", "utf-8")
    settings = Settings.model_validate(
        {
            "targets": {"dms": {"transport": "webdav", "url": "https://dms.example"},
                        "archiv": {"user": "a", "password_file": str(held)}},
            "passwords": {"dms": "two"},
        }
    )  # fmt: skip
    targets = settings.all_targets
    assert (targets["dms"].secret(), targets["archiv"].secret()) == ("two", "one")
    held.write_text("three\n", "utf-8")
    assert targets["archiv"].secret() == "three"
    assert "two" not in repr(settings) + repr(targets)
    assert basic(targets["dms"]) is None


def test_a_changed_password_counts_at_once(tmp_path: Path) -> None:
    """And a file that is gone for a moment is no reason to give up."""
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers["Authorization"])
        return httpx2.Response(200)

    held = tmp_path / "password"
    target = Target(url="https://dms.example", user="a", password_file=held)
    web = Web(target.url, basic(target), httpx2.MockTransport(answer))
    with pytest.raises(UnreachableError, match="password-unreadable"):
        web.ask("GET", target.url, (200,))
    for password in ("one", "two"):
        held.write_text(f"{password}\n", "utf-8")
        web.ask("GET", target.url, (200,))
    assert [b64decode(one.partition(" ")[2]) for one in seen] == [b"a:one", b"a:two"]


@pytest.mark.parametrize("name", sorted({"webdav", "cmis", "dvelop"} & set(TRANSPORTS)))
def test_a_server_without_an_address_is_said_at_the_start(name: str, tmp_path: Path) -> None:
    """Not at the first delivery."""
    settings = Settings(targets={"dms": Target(transport=name)}, data=tmp_path)
    with pytest.raises(UnknownTransportError, match=r"dms.*url"):
        transports_of(settings)
