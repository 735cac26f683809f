"""Seeded faults: what is done to a good page, and which check has to see it.

The first fifteen are those of the accessibility plan: axe-core sees seven of them. A check without
a fault here is not trusted; a test looks for that.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: a script that puts it into the page, and the rules of which one must see it."""

    name: str
    script: str
    seen_by: str


_NAME = "document.getElementById('f-familienname')"
_LABEL = "document.querySelector(\"label[for='f-familienname']\")"

PLANNED: Final = (
    Mutant(
        "placeholder as the only name",
        f"{_NAME}.placeholder = 'Familienname'; {_LABEL}.remove();",
        "visible-label",
    ),
    Mutant(
        "error not linked to its field",
        f"{_NAME}.removeAttribute('aria-describedby')",
        "error-linked",
    ),
    Mutant(
        "radio group without name",
        "document.querySelector('[role=radiogroup] legend').remove()",
        "group-name",
    ),
    Mutant(
        "foreign part without lang",
        "document.querySelector('main').append(Object.assign(document.createElement('p'),"
        " {textContent: 'You will have the answer of the authority in four weeks.'}))",
        "foreign-part",
    ),
    Mutant(
        "removed focus outline",
        "vdStyle('*:focus { outline: none !important; box-shadow: none !important }')",
        "focus-seen",
    ),
    Mutant(
        "click-only div",
        "{ const one = document.createElement('div'); one.textContent = 'Weiter';"
        " one.addEventListener('click', () => {}); document.querySelector('main').append(one); }",
        "click-only",
    ),
    Mutant(
        "overflow at 320 px",
        "document.querySelector('h1').style.minWidth = '500px'",
        "reflow",
    ),
    Mutant("duplicate id", f"{_NAME}.parentElement.id = 'answers'", "id-twice"),
    Mutant("missing label", f"{_LABEL}.remove(); {_NAME}.removeAttribute('id')", "label"),
    Mutant(
        "contrast",
        "document.querySelector('.kern-label').style.color = '#bbb'",
        "color-contrast",
    ),
    Mutant("html lang", "document.documentElement.removeAttribute('lang')", "html-has-lang"),
    Mutant("title", "document.title = ''", "document-title"),
    Mutant(
        "autocomplete", f"{_NAME}.setAttribute('autocomplete', 'surname')", "autocomplete-valid"
    ),
    Mutant(
        "target size",
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p><button class=\"tiny\">"
        'a</button><button class="tiny">b</button></p>\');'
        "vdStyle('.tiny { width: 9px; height: 9px; padding: 0; border: 0 }')",
        "target-size",
    ),
    Mutant(
        "heading order",
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<h5>Mehr</h5>')",
        "heading-order",
    ),
)

FURTHER: Final = (
    Mutant("label of nothing", f"{_LABEL}.htmlFor = 'gone'", "lost-reference"),
    Mutant("placeholder", f"{_NAME}.placeholder = 'Muster'", "placeholder"),
    Mutant(
        "invalid without an error",
        "document.getElementById('f-email').setAttribute('aria-invalid', 'true')",
        "error-and-invalid",
    ),
    Mutant(
        "summary counts wrongly",
        "document.querySelector('#errors li').remove()",
        "error-summary",
    ),
    Mutant(
        "summary in other words",
        "document.querySelector('#errors li a').textContent = 'Feld: Das ist falsch.'",
        "error-summary",
    ),
    Mutant("summary is silent", "document.getElementById('errors').role = 'none'", "error-summary"),
    Mutant("wide page", "document.querySelector('h1').style.minWidth = '3000px'", "sticks-out"),
    Mutant("direction", "document.documentElement.dir = 'rtl'", "page-language"),
    Mutant(
        "second h1",
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<h1>Noch einer</h1>')",
        "one-heading",
    ),
    Mutant("title of another page", "document.title = 'Fehler: Etwas anderes'", "title"),
    Mutant(
        "no footer",
        "document.querySelector('footer').outerHTML = '<div>Ende</div>'",
        "landmarks",
    ),
    Mutant("no skip link", "document.querySelector('.vd-skip').remove()", "skip-link"),
    Mutant("own tab order", f"{_NAME}.tabIndex = 5", "tab-order"),
    Mutant(
        "silent status",
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<p data-notice>Gespeichert.</p>')",
        "status",
    ),
    Mutant(
        "number in Arabic text",
        "document.documentElement.lang = 'ar'; document.documentElement.dir = 'rtl';"
        " document.querySelector('main').insertAdjacentHTML('beforeend', '<p>+49 30 0000001</p>')",
        "bidi",
    ),
    Mutant(
        "focus behind something",
        "document.body.insertAdjacentHTML('beforeend', '<div class=\"veil\"></div>');"
        "vdStyle('.veil { position: fixed; inset: 0; background: white; z-index: 99 }')",
        "focus-covered",
    ),
    Mutant(
        "order of the eye against that of the page",
        "vdStyle('.vd-fields { flex-direction: column-reverse }')",
        "keyboard-order",
    ),
    Mutant(
        "focus moves the page",
        "vdStyle('.vd-skip.vd-skip:focus { position: relative !important; display: block }')",
        "focus-shifts",
    ),
    Mutant(
        "left out by the keyboard",
        "document.addEventListener('focusin', (event) => {"
        " if (event.target.id === 'f-email') document.getElementById('f-schwerbehindert-1')"
        ".focus(); })",
        "keyboard-left-out",
    ),
    Mutant(
        "trap",
        "document.addEventListener('focusin', (event) => {"
        " if (event.target.id === 'f-email') document.getElementById('f-familienname').focus(); })",
        "keyboard-trap",
    ),
    Mutant(
        "letters that do not grow",
        "document.querySelector('h1').style.fontSize = '20px'",
        "text-stays-small",
    ),
    Mutant(
        "large letters do not fit",
        "document.querySelector('h1').style.minWidth = '40rem';",
        "large-text",
    ),
    Mutant(
        "wide spacing does not fit",
        "vdStyle('h1 { white-space: nowrap; font-size: 16px }');"
        " document.querySelector('h1').textContent = 'Angaben zu Ihrer Person und mehr'",
        "spacing",
    ),
    Mutant(
        "cut off",
        "vdStyle('.kern-label { height: 12px; overflow: hidden; display: block }')",
        "cut-off",
    ),
    Mutant(
        "a field without border",
        "vdStyle('.kern-form-input__input'.repeat(4) + '{ border: 0 !important }')",
        "no-border",
    ),
    Mutant(
        "an icon without picture",
        "vdStyle('.kern-icon { mask: none !important; -webkit-mask: none !important }')",
        "lost-icon",
    ),
)
