"""Handing in documents with a phone: a story with JavaScript and a bad line, and one without."""

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.accessibility.axe import run_axe
from tests.browser.accessibility.lint import lint
from tests.browser.conftest import NewPage
from tests.browser.fill import begin, fill_in, path_of, press
from tests.portal.complete import answers_of, plans
from tests.portal.papers import PDF, jpg
from tests.portal.uploads.specimens import noise
from tests.portal.uploads.test_later import answers

CARD = "#d-ausweis_kopie"
INPUT = "#d-ausweis_kopie-file"
KEPT = f"{CARD} .vd-files:not(.vd-uploading) bdi"


def file(name: str, content: bytes = PDF, kind: str = "application/pdf") -> FilePayload:
    """A file to choose."""
    return FilePayload(name=name, mimeType=kind, buffer=content)


_filled: list[tuple[str, str, str]] = []  # once for all: filling in takes a while


def at_documents(page: Page) -> Page:
    """Filled in up to the page of documents; no file is there."""
    if not _filled:
        begin(page, "musterprozess", "de")
        fill_in(page, plans()["musterprozess"].procedure, answers_of("musterprozess", "MP-voll"))
        (cookie,) = page.context.cookies()
        _filled.append((page.url, cookie["name"], cookie["value"]))
    address, name, value = _filled[0]
    page.context.add_cookies([{"name": name, "value": value, "url": address}])
    page.goto(address)
    assert page.url.endswith("/your-documents")
    while page.locator(f"{CARD} button[name='_remove']").count():
        press(page, f"{CARD} button[name='_remove']")
    return page


def is_flawless(page: Page) -> None:
    """No rule of accessibility is broken, and nothing sticks out."""
    found = (path_of(page), run_axe(page).violations, lint(page))
    assert found == (path_of(page), (), [])
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("window.innerWidth")


def names(page: Page) -> list[str]:
    """The files that the card lists as there."""
    lines = page.locator(KEPT)
    return lines.all_inner_texts()


def test_a_phone_loses_its_connection_and_goes_on_by_itself(new_page: NewPage) -> None:
    """Choosing is enough; the line breaks in the middle; nothing is sent twice; both arrive."""
    page = at_documents(new_page(width=320, height=640))
    offsets: list[str] = []
    broken = [2, 3]

    def weak(route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
            return
        offsets.append(route.request.headers["upload-offset"])
        if len(offsets) in broken:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/pieces/*", weak)
    assert "höchstens 5 MB" in page.locator(f"{CARD}-hint").inner_text()
    page.locator(INPUT).set_input_files(
        [file("vorn.jpg", noise(), "image/jpeg"), file("hinten.pdf")]
    )
    waiting = page.locator(f"{CARD} .vd-uploading")
    expect(waiting.get_by_text("Keine Verbindung")).to_be_visible()
    assert waiting.locator("progress").count() == 2
    is_flawless(page)
    expect(page.locator(KEPT)).to_have_count(2)
    assert names(page) == ["vorn.jpg", "hinten.pdf"]
    expect(page.locator("#upload-live")).to_have_text("»hinten.pdf« ist hochgeladen.")
    assert page.locator(".vd-uploading").count() == 0
    assert offsets[1] == offsets[2] == offsets[3]
    assert offsets.count("0") == 2  # the beginning of each file
    # All there is room for is there, so nothing more can be chosen.
    assert page.locator(INPUT).count() == 0


def test_offline_means_waiting(new_page: NewPage) -> None:
    """In a tunnel one may choose a file; behind it the file is there."""
    page = at_documents(new_page())
    page.context.set_offline(True)
    page.locator(INPUT).set_input_files(file("pass.pdf"))
    expect(page.locator(f"{CARD} .vd-uploading")).to_contain_text("Keine Verbindung")
    page.locator("#answers button[value='next']").click()
    expect(page.locator("#upload-busy")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(KEPT)).to_have_text("pass.pdf")
    expect(page.locator("#upload-busy")).to_be_hidden()


def test_files_are_cancelled_replaced_and_refused_in_words(new_page: NewPage) -> None:
    """Cancel ends it; replace needs no second press; a wrong file says what to do."""
    page = at_documents(new_page())
    page.context.set_offline(True)
    page.locator(INPUT).set_input_files(file("falsch.pdf"))
    expect(page.locator(f"{CARD} .vd-uploading")).to_contain_text("Keine Verbindung")
    page.get_by_role("button", name="Abbrechen falsch.pdf").click()
    expect(page.locator("#upload-live")).to_have_text("»falsch.pdf« wurde nicht hochgeladen.")
    page.context.set_offline(False)

    page.locator(INPUT).set_input_files(file("bild.heic", b"\0\0\0\x18ftypheic", "image/heic"))
    error = page.locator(f"{CARD} .vd-uploading .kern-error")
    expect(error).to_contain_text("Stellen Sie Ihr Telefon auf JPEG um")
    is_flawless(page)
    page.get_by_role("button", name="Entfernen bild.heic").click()
    expect(error).to_have_count(0)

    page.locator(INPUT).set_input_files(file("alt.pdf"))
    expect(page.locator(KEPT)).to_have_text("alt.pdf")
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Ersetzen alt.pdf").click()
    choosing.value.set_files(file("neu.jpg", jpg(), "image/jpeg"))
    expect(page.locator(KEPT)).to_have_text("neu.jpg")
    press(page, f"{CARD} button[name='_remove']")
    assert names(page) == []


def test_a_photo_is_made_smaller_before_it_travels(new_page: NewPage) -> None:
    """And arrives as a photo that can be opened."""
    page = at_documents(new_page())
    sizes: list[str] = []
    page.on(
        "request",
        lambda request: (
            sizes.append(request.post_data or "") if request.url.endswith("/pieces") else None
        ),
    )
    large = noise(3200)
    assert len(large) > 5_000_000  # more than the document takes
    page.locator(INPUT).set_input_files(file("foto.jpg", large, "image/jpeg"))
    expect(page.locator(KEPT)).to_have_text("foto.jpg")
    told = dict(one.split("=", 1) for one in sizes[0].split("&"))
    assert int(told["size"]) < 5_000_000


def test_the_camera_is_offered_where_fingers_point(new_page: NewPage) -> None:
    """A phone gets a button of its own for it; a desktop does not."""
    page = at_documents(new_page())
    assert page.locator(f"{CARD} [capture]").count() == 0
    phone = new_page(width=320, height=640)
    phone.add_init_script("window.matchMedia = (text) => ({matches: text === '(pointer: coarse)'})")
    at_documents(phone)
    assert phone.locator(f"{CARD} [capture='environment']").get_attribute("accept") == "image/jpeg"
    assert phone.get_by_role("button", name="Foto aufnehmen").count() >= 1


@pytest.mark.parametrize("width", [320, 1280])
def test_the_same_by_plain_forms(new_page: NewPage, width: int) -> None:
    """Without JavaScript: several files at once, a mistake in words, one taken back."""
    page = at_documents(new_page(scripts=False, width=width))
    page.locator(INPUT).set_input_files([file("a.pdf"), file("b.exe", b"MZ")])
    press(page, f"form:has({INPUT}) button[value='upload']")
    assert names(page) == ["a.pdf"]
    errors = page.locator("#errors li").all_inner_texts()
    assert len(errors) == 1
    assert "»b.exe«" in errors[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, f"{CARD} button[name='_remove']")
    assert names(page) == []


def test_a_document_follows_with_the_phone(new_page: NewPage) -> None:
    """Promised at the document, missing on the receipt, gathered, sent, and told by a receipt."""
    page = new_page(width=320, height=640)
    procedure = plans()["musterprozess"].procedure
    begin(page, "musterprozess", "de")
    fill_in(page, procedure, answers(plans()["musterprozess"]))
    for document in ("ausweis_kopie", "fahrzeugschein-0"):
        page.locator(f"#d-{document}-file").set_input_files(file("nachweis.pdf"))
        expect(page.locator(f"#d-{document} .vd-files:not(.vd-uploading) bdi")).to_have_count(1)
    press(page, "#answers button[value='next']")
    is_flawless(page)
    press(page, "button[name='_promise']")
    is_flawless(page)
    press(page, "#answers button[value='next']")
    press(page, "button[value='submit']")
    press(page, "a[href$='/later']")
    assert "fehlt noch" in page.locator("#d-einverstaendnis").inner_text()
    press(page, "button[value='send']")
    assert "mindestens eine Datei" in page.locator("#errors").inner_text()
    is_flawless(page)
    page.locator("#d-einverstaendnis-file").set_input_files(file("ja.pdf"))
    kept = page.locator("#d-einverstaendnis .vd-files:not(.vd-uploading) bdi")
    expect(kept).to_have_text("ja.pdf")
    press(page, "button[value='send']")
    assert path_of(page).endswith("/later/1")
    assert "ja.pdf" in page.locator("main").inner_text()
    is_flawless(page)
