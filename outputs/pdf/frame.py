"""What every document says about itself: authority, title, language, dates."""

from datetime import datetime

from engine.texts import languages
from engine.texts.catalogue import Catalogue
from outputs.application import Application
from outputs.pdf.content import Data, Printer
from outputs.pdf.typesetting import FAMILIES


def frame(application: Application, printer: Printer, title: str, words: dict[str, str]) -> Data:
    """The parts of the template's data that do not depend on the kind of document."""
    procedure, authority = application.procedure, application.authority
    return {
        "fonts": list(FAMILIES),
        "title": printer.text(title),
        "description": printer.text(f"{procedure.title.german}, {authority.name}"),
        "keywords": [application.submission_id, *procedure.leika],
        "created": day(application.submitted_at),
        "reference": application.submission_id,
        "language": language(application.language),
        "authority": {
            "name": printer.text(authority.name),
            "street": printer.text(authority.street),
            "postcode": authority.postcode,
            "town": printer.text(authority.town),
            "reach": "\n".join(filter(None, (authority.email, authority.phone))),
        },
        "words": words,
    }


def language(code: str) -> Data:
    """Language and direction, as the template sets them on translations."""
    short = code.replace("_", "-").partition("-")[0].lower()
    return {"code": short, "rtl": languages.language(short).direction == "rtl"}


def catalogue_of(application: Application, catalogue: Catalogue | None) -> Catalogue | None:
    """None for German: nothing stands beside it."""
    return None if application.language.startswith("de") else catalogue


def day(when: datetime) -> Data:
    """As the template takes it."""
    return {"year": when.year, "month": when.month, "day": when.day}
