"""FVDaten.SGOAblegen.0605: file these objects; the DMS makes what is not there yet."""

from lxml import etree

from engine.model import Authority
from outputs.application import PRODUCT, PRODUCT_VERSION, Application
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.xdomea_3_1_0 import code, element, flag

CODE = "0605"
NAME = "FVDaten.SGOAblegen"
ROOT = f"{NAME}.{CODE}"


def message(application: Application, process: str, filed: etree._Element) -> etree._Element:
    """The message around an Akte, a Vorgang or a Dokument."""
    return element(
        ROOT,
        _head(application, process),
        element(
            "SchriftgutobjektZumAblegen",
            element("FachverfahrenObjektID", application.submission_id),
            element("Schriftgutobjekt", filed),
        ),
    )


def _head(application: Application, process: str) -> etree._Element:
    return element(
        "Kopf",
        element("ProzessID", process),
        code("Nachrichtentyp", xdomea.MESSAGE_TYPES, CODE, NAME),
        element("Erstellungszeitpunkt", application.submitted_at.isoformat(timespec="seconds")),
        _contact("Absender", application.authority),
        _contact("Empfaenger", application.authority),
        element(
            "SendendesSystem",
            element("Produktname", PRODUCT),
            element("Version", PRODUCT_VERSION),
        ),
        flag("Empfangsbestaetigung", True),
        flag("Importbestaetigung", True),
        element("Erstellerkennung", PRODUCT.lower()),
        flag("Stapel", False),
    )


def _contact(role: str, authority: Authority) -> etree._Element:
    return element(role, element("Institution", element("Name", authority.name)))
