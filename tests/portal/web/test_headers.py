"""R62: every route, and every error, answers with the security headers."""

import re

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from portal.app import ROUTERS

SAMPLES = {
    "procedure": "musterprozess",
    "draft": "0" * 32,
    "page": "person",
    "submission": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    "invitation": "arbeitgeber",
    "invited": "0" * 32,
    "link": "x" * 43,
    "message": "0" * 32,
    "number": "1",
    "name": "logo.svg",
    "piece": "0" * 32,
    "upload": "0" * 32,
}


def routes() -> list[APIRoute]:
    """Every route of the portal."""
    every = [route for router in ROUTERS for route in router.routes]
    return [route for route in every if isinstance(route, APIRoute)]


def address(route: APIRoute) -> str:
    """The route's address, parameters filled in."""
    return re.sub(r"\{(\w+)\}", lambda match: SAMPLES[match[1]], route.path)


def test_r62_every_route_sends_the_security_headers(app: FastAPI, client: TestClient) -> None:
    """The route table is walked, so a new route cannot forget them."""
    walked = [(method, address(one)) for one in routes() for method in sorted(one.methods or ())]
    assert len(walked) > 15
    assert len(app.routes) == len(ROUTERS) + 2  # static files and pictures: no route beside it

    for method, path in [*walked, ("GET", "/nichts"), ("GET", "/static/nichts.css")]:
        headers = client.request(method, path, follow_redirects=False).headers
        policy = dict(
            part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
        )
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["script-src"] == policy["form-action"] == "'self'", path
        assert "unsafe" not in headers["content-security-policy"], path
        assert int(headers["strict-transport-security"].split("=")[1].split(";")[0]) >= 31_536_000
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cache-control"] == "no-store", path


def test_r62_pages_hold_no_inline_script_or_style(client: TestClient) -> None:
    """What the policy forbids does not stand in the pages either."""
    for path in ("/", "/p/musterprozess", "/p/musterprozess/quick-check", "/nichts"):
        text = client.get(path).text
        assert "<style" not in text, path
        assert not re.search(r"\s(style|on\w+)=", text), path
        assert not re.search(r"<script(?![^>]*src=)", text), path


def test_static_files_may_be_kept_because_their_version_is_in_the_address(
    client: TestClient,
) -> None:
    """Only what exists is kept for ever."""
    kept = client.get("/static/portal.css")

    assert kept.status_code == 200
    assert "immutable" in kept.headers["cache-control"]


@pytest.mark.parametrize("folder", ["..", "%2e%2e", "fonts/../.."])
def test_static_files_stay_in_their_folder(client: TestClient, folder: str) -> None:
    """No way leads out of it."""
    assert client.get(f"/static/{folder}/templates/base.html").status_code == 404
