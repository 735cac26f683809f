"""R31, R60, R61, R52: what a request may bring, where it may come from, what is told of it."""

import json
import re
import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from portal.app import create_app
from portal.settings import Settings
from tests.portal.fill.test_application import first_page
from tests.portal.visitor import Visitor
from tests.portal.web.test_headers import address, routes
from tests.timing import within

FORM = {"content-type": "application/x-www-form-urlencoded"}
START = "/p/musterprozess/form"
CHECK = "/p/musterprozess/quick-check"
KEEPS_NOTHING = {"/p/{procedure}/quick-check"}


def begun(visitor: Visitor) -> Visitor:
    """A visitor on the first page of an application."""
    visitor.open("/p/musterprozess")
    return first_page(visitor.press("", "", form=visitor.form_with("Antrag beginnen")))


def test_r31_a_form_over_256_kib_is_refused_before_it_is_parsed(client: TestClient) -> None:
    """Declared or not, the answer is 413 and quick."""
    with within(2, time.perf_counter):
        declared = client.post(CHECK, content=b"a=" + b"x" * 300_000, headers=FORM)
        chunked = client.post(CHECK, content=iter([b"x" * 100_000] * 4), headers=FORM)

        assert (declared.status_code, chunked.status_code) == (413, 413)
        assert "Das ist zu groß" in declared.text


def test_r31_a_form_of_200_megabytes_is_refused_by_its_length_alone(client: TestClient) -> None:
    """Nothing of it is read."""
    headers = {**FORM, "content-length": str(200_000_000)}

    assert client.post(CHECK, content=b"a=1", headers=headers).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        urlencode([(f"f{number}", "") for number in range(1001)]).encode(),
        b"a=%ff%fe",
        b"a=%ed%a0%80",
        "a=ä".encode("latin-1"),
    ],
)
def test_r31_too_many_fields_and_broken_text_get_a_page(client: TestClient, body: bytes) -> None:
    """1,001 fields, or bytes that are no UTF-8: 400, in words."""
    response = client.post(CHECK, content=body, headers=FORM)

    assert response.status_code == 400
    assert "Diese Eingabe konnten wir nicht lesen" in response.text


def test_other_content_types_are_not_read(client: TestClient) -> None:
    """JSON and multipart bodies do not reach the form."""
    assert client.post(CHECK, json={"a": 1}).status_code == 415


def test_r60_every_post_that_keeps_something_wants_the_token(visitor: Visitor) -> None:
    """The route table is walked; without the session's token the answer is 403."""
    begun(visitor)
    walked = [route for route in routes() if "POST" in (route.methods or ())]
    assert len(walked) >= 6

    for route in walked:
        refused = visitor.client.post(
            address(route), content="_token=falsch&_go=next", headers=FORM
        )
        assert (refused.status_code == 403) is (route.path not in KEEPS_NOTHING), route.path


def test_r60_a_token_of_another_session_is_refused(new_visitor: Callable[[], Visitor]) -> None:
    """Tokens are bound to the session's cookie."""
    mine, other = begun(new_visitor()), begun(new_visitor())
    token = other.form().fields["_token"]
    mine.send(mine.path, [("_token", token), ("_go", "next")])

    assert mine.status == 403
    assert "Bitte laden Sie die Seite neu" in mine.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_r60_other_sites_cannot_post(visitor: Visitor, headers: dict[str, str]) -> None:
    """Not even with the right token."""
    begun(visitor)
    body = urlencode({"_token": visitor.form().fields["_token"], "_go": "next"})
    refused = visitor.client.post(visitor.path, content=body, headers={**FORM, **headers})

    assert refused.status_code == 403
    assert "von einer anderen Seite" in refused.text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "/\\evil.example", "https:evil.example", "%2f%2fevil.example",
        "\t//evil.example", "https://evil.example", "javascript:alert(1)", "..//evil.example",
    ],
)  # fmt: skip
def test_r61_no_value_of_a_request_becomes_a_target(visitor: Visitor, target: str) -> None:
    """Whatever is posted, every redirect stays below our own addresses."""
    begun(visitor)
    token = visitor.form().fields["_token"]
    for name in ("_return", "_more", "_add", "_remove", "_edit", "_close", "_language", "next"):
        body = urlencode({"_token": token, "_shape": "", name: target, "_go": "next"})
        response = visitor.client.post(
            visitor.path, content=body, headers=FORM, follow_redirects=False
        )
        location = response.headers.get("location", "/p/musterprozess/form/")
        assert location.startswith("/p/musterprozess/form/"), (name, location)
        assert "evil" not in location.split("?")[0]


def test_r58_unknown_and_foreign_drafts_answer_alike(new_visitor: Callable[[], Visitor]) -> None:
    """Somebody else's draft is as absent as one that never was."""
    mine, other = begun(new_visitor()), begun(new_visitor())
    base = mine.path.rpartition("/")[0]
    foreign = [
        base,
        f"{base}/person",
        f"{base}/check-answers",
        f"{base}/your-documents",
        f"{base}/saved-draft",
    ]
    for path in foreign:
        unknown = re.sub(r"[0-9a-f]{32}", "f" * 32, path)
        seen, absent = other.client.get(path), other.client.get(unknown)
        assert (seen.status_code, absent.status_code) == (404, 404), path
        assert seen.text == absent.text


def test_r52_nobody_reads_answers_or_addresses_in_the_log(
    visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    """Canaries in answers, query strings, paths and cookies never reach a log line."""
    begun(visitor)
    draft = visitor.path.split("/")[4]
    visitor.press(
        "_go", "next", {"familienname": ["Kanarienvogel"], "email": ["kanari@vogel.example"]}
    )
    visitor.open("/?suche=kanarienvogel")
    visitor.open("/kanarienvogel")
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.err.splitlines() if line.startswith("{")]

    assert any(line["event"] == "request" for line in lines)
    assert "kanari" not in (told.out + told.err).lower()
    assert draft not in told.out + told.err


def test_a_fault_of_ours_is_a_page_without_details(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """The visitor gets a number; the log gets kind and place, not the message."""
    app = create_app(settings)

    @app.get("/kaputt")
    def broken() -> None:
        raise ValueError("geheim: Erika Muster")

    response = TestClient(app, raise_server_exceptions=False).get("/kaputt")
    log = capsys.readouterr().err

    assert response.status_code == 500
    assert "Das hat leider nicht geklappt" in response.text
    assert "ValueError" not in response.text
    assert "ValueError" in log
    assert "geheim" not in log + response.text


def test_the_session_cookie_is_random_and_out_of_reach(visitor: Visitor) -> None:
    """256 bits, HttpOnly, SameSite=Lax; no cookie before it is needed."""
    assert "set-cookie" not in visitor.client.get("/").headers
    cookie = visitor.client.get("/p/musterprozess").headers["set-cookie"]

    assert re.match(
        r"vordruck=[A-Za-z0-9_-]{43}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax", cookie
    )


def test_with_https_the_cookie_is_bound_to_host_and_channel(settings: Settings) -> None:
    """`__Host-` and Secure as soon as the operator says https."""
    secure = settings.model_copy(update={"public_url": "https://antrag.example"})
    with TestClient(create_app(secure), base_url="https://antrag.example") as client:
        cookie = client.get("/p/musterprozess").headers["set-cookie"]

    assert cookie.startswith("__Host-vordruck=")
    assert cookie.endswith("; Secure")


def test_r64_statement_feedback_privacy_and_imprint_are_on_every_page(client: TestClient) -> None:
    """Error pages included; and each of the four answers."""
    for path in ("/", "/p/musterprozess", CHECK, "/nichts", "/imprint"):
        text = client.get(path).text
        for name in ("imprint", "privacy", "accessibility", "feedback"):
            assert f'href="/{name}"' in text, (path, name)
    for name in ("imprint", "privacy", "accessibility", "feedback"):
        assert client.get(f"/{name}").status_code == 200


def test_head_is_answered_like_get_without_the_body(client: TestClient) -> None:
    """Monitors ask that way."""
    # Compressed, a page's length changes with its form token.
    client.headers["accept-encoding"] = "identity"
    head, got = client.head("/p/musterprozess"), client.get("/p/musterprozess")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert client.head("/nichts").status_code == 404
