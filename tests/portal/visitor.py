"""A visitor without JavaScript: reads pages, fills in forms and presses buttons like a browser."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urljoin, urlsplit

from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient

MOST_TRIES = 12


class Visitor:
    """One browser with its cookies and the page it is on."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.url = "/"
        self.status = 0
        self.text = ""

    def open(self, url: str) -> "Visitor":
        """Go to a page, following redirects."""
        return self._take(self.client.get(urljoin(self.url, url)))

    @property
    def page(self) -> html.HtmlElement:
        """The page as a tree."""
        return html.fromstring(self.text)

    @property
    def path(self) -> str:
        """Where the visitor is, without query and fragment."""
        return urlsplit(self.url).path

    def heading(self) -> str:
        """The page's main heading."""
        return str(self.page.xpath("string(//h1)")).strip()

    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [_words(one) for one in self.page.xpath("//*[@id='errors']//li")]

    def form(self, form_id: str = "answers") -> html.FormElement:
        """A form by id."""
        found = self.page.get_element_by_id(form_id)
        assert isinstance(found, html.FormElement)
        return found

    def form_with(self, button: str) -> html.FormElement:
        """The form that has a button with this text."""
        for form in self.page.forms:
            if any(button in _words(one) for one in form.iter("button")):
                return form
        raise AssertionError(f"no form with »{button}« on {self.url}")

    def controls(self) -> dict[str, list[html.HtmlElement]]:
        """The controls of the answers form that a browser would send, by name."""
        return _controls(self.form())

    def asked(self) -> set[str]:
        """The questions of the page."""
        return {text(one, "value") for one in self.controls().get("_asked", [])}

    def press(
        self,
        name: str,
        value: str,
        answers: Mapping[str, Sequence[str]] | None = None,
        form: html.FormElement | None = None,
    ) -> "Visitor":
        """Send a form by one of its buttons, with some of its controls filled in anew."""
        form = self.form() if form is None else form
        pairs = _entries(form, answers or {})
        if name:
            pairs.append((name, value))
        return self.send(text(form, "action"), pairs)

    def send(self, url: str, pairs: Sequence[tuple[str, str]]) -> "Visitor":
        """Post pairs as a browser would."""
        response = self.client.post(
            urljoin(self.url, url),
            content=urlencode(pairs),
            headers={
                "content-type": "application/x-www-form-urlencoded",
                "origin": "http://testserver",
                "sec-fetch-site": "same-origin",
            },
        )
        return self._take(response)

    def fill_page(
        self, answers: Mapping[str, Sequence[str]], wanted_rows: Mapping[str, int]
    ) -> "Visitor":
        """Fill in this page and go on; rows are added as needed, new questions answered."""
        here = self.path
        for _ in range(MOST_TRIES):
            group = self._lacking(wanted_rows)
            if group:
                self.press("_add", group, answers)
            else:
                self.press("_go", "next", answers)
            if self.path != here:
                return self
            if self.status == 422:
                raise AssertionError(f"{here}: {self.errors()}")
        raise AssertionError(f"{here} does not end; asked: {sorted(self.asked())}")

    def upload(self, input_id: str, name: str, content: bytes) -> "Visitor":
        """Hand in a file by one of the page's file inputs."""
        control = self.page.get_element_by_id(input_id)
        form = next(one for one in control.iterancestors() if isinstance(one, html.FormElement))
        data = {key: value for key, value in dict(form.fields).items() if key != "file"}
        response = self.client.post(
            urljoin(self.url, text(form, "action")),
            data=data,
            files={"file": (name, content, "application/octet-stream")},
        )
        return self._take(response)

    def _lacking(self, wanted: Mapping[str, int]) -> str | None:
        """A group on the page with too few rows."""
        buttons = [
            text(one, "value") for one in self.form().iter("button") if one.get("name") == "_add"
        ]
        for group in buttons:
            shown = self.page.xpath("//*[contains(@class, 'vd-row')]/@id")
            stem = "f-" + group.replace("[", "-").replace("].", "-") + "-"
            rows = [one for one in shown if one.startswith(stem) and one[len(stem) :].isdigit()]
            if len(rows) < wanted.get(group, 0):
                return group
        return None

    def _take(self, response: Response) -> "Visitor":
        self.url = str(response.url).removeprefix("http://testserver")
        self.status = response.status_code
        self.text = response.text
        return self


def text(element: html.HtmlElement, name: str) -> str:
    """An attribute, "" if it is not there."""
    return element.get(name) or ""


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _is_sent(control: html.HtmlElement) -> bool:
    if control.get("disabled") is not None or not control.get("name"):
        return False
    return not any(
        outer.tag == "fieldset" and outer.get("disabled") is not None
        for outer in control.iterancestors()
    )


def _controls(form: html.FormElement) -> dict[str, list[html.HtmlElement]]:
    found: dict[str, list[html.HtmlElement]] = {}
    for control in form.iter("input", "select", "textarea"):
        if _is_sent(control):
            found.setdefault(text(control, "name"), []).append(control)
    return found


def _entries(form: html.FormElement, answers: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, controls in _controls(form).items():
        for number, control in enumerate(controls):
            pairs += _sent(name, number, control, answers.get(name))
    return pairs


def _sent(
    name: str, number: int, control: html.HtmlElement, given: Sequence[str] | None
) -> list[tuple[str, str]]:
    if control.tag == "input" and control.get("type") in {"radio", "checkbox"}:
        value = text(control, "value")
        chosen = control.get("checked") is not None if given is None else value in given
        return [(name, value)] if chosen else []
    if given is not None:
        return [(name, given[number] if number < len(given) else "")]
    if control.tag == "textarea":
        return [(name, (control.text or "").removeprefix("\n"))]
    if isinstance(control, html.SelectElement):
        return [(name, str(control.value or ""))]
    return [(name, text(control, "value"))]
