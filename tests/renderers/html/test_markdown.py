"""R26: authors' texts become a short list of elements, and nothing in them is ever live markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.html.markdown import to_html

ALLOWED = re.compile(
    r'</?(?:p|ul|ol|li|strong)>|<a class="kern-link" href="(?:https?://|mailto:)[^"<>]*"'
    r' rel="noopener noreferrer">|</a>',
    re.IGNORECASE,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>)",
    "[x](//evil.example)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](vbscript:msgbox)",
    "**<b>fett</b>**",
    "<svg><script>1</script></svg>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "{{ 7 * 7 }} {% raw %} ${7*7} {0.__class__}",
    "[<b>x</b>](https://a.example)",
    "![x](https://a.example/x.png)",
    "](https://a.example)[x](https://b.example)",
)


@pytest.mark.parametrize("payload", HOSTILE)
def test_r26_hostile_text_stays_text(payload: str) -> None:
    """Whatever an author writes, only elements of the list come out."""
    html = str(to_html(payload))

    assert "<" not in ALLOWED.sub("", html)
    assert "javascript:" not in html.lower() or 'href="javascript' not in html.lower()


@given(st.text(alphabet="ab*-1.[](<>\"'&: \n/htps", max_size=80))
def test_r26_no_text_makes_other_elements(text: str) -> None:
    """Property: the output minus the allowed elements holds no angle bracket."""
    assert "<" not in ALLOWED.sub("", str(to_html(text)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ein Absatz\nüber zwei Zeilen.", "<p>Ein Absatz über zwei Zeilen.</p>"),
        ("Eins.\n\nZwei.", "<p>Eins.</p>\n<p>Zwei.</p>"),
        ("Text\n- a\n- b", "<p>Text</p>\n<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b\n   mehr", "<ol><li>a</li><li>b mehr</li></ol>"),
        ("**Wichtig:** ja", "<p><strong>Wichtig:</strong> ja</p>"),
        (
            "[Seite](https://a.example/b?c=d&e=f)",
            '<p><a class="kern-link" href="https://a.example/b?c=d&amp;e=f"'
            ' rel="noopener noreferrer">Seite</a></p>',
        ),
        (
            "[**Post**](mailto:a@b.example)",
            '<p><a class="kern-link" href="mailto:a@b.example"'
            ' rel="noopener noreferrer"><strong>Post</strong></a></p>',
        ),
        ("2 * 3 ** 4", "<p>2 * 3 ** 4</p>"),
        ("", ""),
    ],
)
def test_the_subset_becomes_html(text: str, html: str) -> None:
    """Paragraphs, lists, bold and links are all there is."""
    assert html == str(to_html(text))
