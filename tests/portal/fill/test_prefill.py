"""What a definition proposes stands in the field, and counts only when the person sends it."""

from tests.portal.fill.test_application import begin
from tests.portal.visitor import Visitor

NAME = "einbuergerung"


def _chosen(visitor: Visitor) -> str:
    return str(visitor.page.xpath("string(//*[@name='rechtsgrundlage_wunsch'][@checked]/@value)"))


def test_a_page_that_nobody_answered_has_the_proposal(visitor: Visitor) -> None:
    """The sheet: by default the applicant does not know the legal basis."""
    begin(visitor, NAME)

    assert _chosen(visitor) == "weiss_nicht"


def test_a_proposal_is_no_answer_until_it_is_sent(visitor: Visitor) -> None:
    """Looking at a page changes nothing."""
    begin(visitor, NAME)
    draft = visitor.path.rpartition("/")[0]

    visitor.open(f"{draft}/check-answers")

    assert "Ich weiß es nicht" not in visitor.text


def test_whoever_takes_it_back_is_not_asked_again(visitor: Visitor) -> None:
    """A page with answers shows these and nothing else."""
    begin(visitor, NAME)
    here = visitor.path
    visitor.press("_go", "later", {"rechtsgrundlage_wunsch": [], "antrag_art": ["selbst"]})

    visitor.open(here)

    assert _chosen(visitor) == ""
    assert visitor.page.xpath("//input[@name='antrag_art'][@value='selbst'][@checked]")


def test_days_are_proposed_as_days(visitor: Visitor) -> None:
    """Born in Germany: the first entry is the date of birth, as far as it is known."""
    begin(visitor, NAME)
    draft = visitor.path.rpartition("/")[0]
    visitor.open(f"{draft}/person")
    born = {"geburtsdatum.month": ["5"], "geburtsdatum.year": ["1998"], "geburtsstaat": ["000"]}
    visitor.press("_go", "later", born)

    visitor.open(f"{draft}/aufenthalt")
    parts = {
        part: visitor.page.xpath(f"string(//input[@name='erste_einreise.{part}']/@value)")
        for part in ("day", "month", "year")
    }

    assert parts == {"day": "", "month": "05", "year": "1998"}
