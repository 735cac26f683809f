"""Every procedure from the start page to the receipt, in Chromium, with and without scripts."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, FilePayload

from tests.browser.conftest import NewPage
from tests.browser.fill import begin, fill_in, hand_in_papers, path_of, press, submit
from tests.portal.complete import answers_of, complete_cases, plans

pytestmark = pytest.mark.browser


def _is_fault(line: ConsoleMessage) -> bool:
    """What the browser complains about; a page with status 422 is one of ours, on purpose."""
    return line.type == "error" and "422" not in line.text


@pytest.mark.parametrize(
    ("language", "scripts"),
    # German with scripts: accessibility/test_keyboard_only.py, which uses no mouse besides.
    [("en", True), ("ar", False)],
    ids=["en-scripts", "ar-no-scripts"],
)
@pytest.mark.parametrize(("procedure_id", "case_id"), list(complete_cases()))
def test_a_person_can_apply(
    new_page: NewPage, procedure_id: str, case_id: str, language: str, scripts: bool
) -> None:
    """The receipt has a reference number and a copy, in the chosen language."""
    page = new_page(scripts=scripts)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
    begin(page, procedure_id, language)
    fill_in(page, plans()[procedure_id].procedure, answers_of(procedure_id, case_id))
    hand_in_papers(page)
    submit(page)

    assert "/receipt/" in path_of(page)
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", page.locator(".vd-reference").inner_text().strip())
    assert page.locator("html").get_attribute("lang") == language
    assert faults == []
    with page.expect_download() as download:
        page.locator("a[href$='copy.pdf']").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_a_file_that_is_too_large_gets_a_page_and_loses_nothing(new_page: NewPage) -> None:
    """Also beyond every limit of the portal, where the answer comes before the file has."""
    procedure = plans()["musterprozess"].procedure
    page = new_page(scripts=False)  # with scripts it is told before anything is sent
    begin(page, "musterprozess", "de")
    fill_in(page, procedure, answers_of("musterprozess", "MP-voll"))
    for megabytes in (6, 24):
        content = b"%PDF-1.7\n" + b" " * megabytes * 1_000_000 + b"\n%%EOF"
        big = FilePayload(name="gross.pdf", mimeType="application/pdf", buffer=content)
        page.locator("#d-ausweis_kopie-file").set_input_files(big)
        press(page, "form:has(#d-ausweis_kopie-file) button[value='upload']")
        told = page.locator("main").inner_text()
        assert "höchstens 5 MB" in told or "Das ist zu groß" in told
        page.go_back()
    page.goto(page.url.replace("your-documents", "person"))

    assert page.locator("#f-familienname").input_value() == "Muster-Beispiel"
