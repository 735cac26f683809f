"""Akte, Vorgang and Dokument: the same objects whether they are filed, created or handed over."""

from collections.abc import Sequence

from lxml import etree

from engine.model_outputs import DmsOutput
from outputs.application import PRODUCT, Application
from outputs.dms import xdomea_3_1_0 as xdomea
from outputs.dms.primary import Primary
from outputs.dms.xdomea_3_1_0 import code, element


def akte(
    application: Application, output: DmsOutput, documents: Sequence[Primary]
) -> etree._Element:
    """The Akte with one Vorgang that holds every document."""
    env = application.environment
    return element(
        "Akte",
        _identification(application.identifier("dms/akte")),
        element(
            "AllgemeineMetadaten",
            element("Betreff", application.plan.text(output.akte, env)),
            element("Aktenfuehrung", application.authority.name),
            _confidentiality(output),
            _medium(),
            element(
                "Aktenplaneinheit",
                element("Kennzeichen", output.aktenplan),
                element("Inhaltsangabe", output.aktenplan_title),
            ),
        ),
        element("Akteninhalt", _vorgang(application, output, documents)),
    )


def _vorgang(
    application: Application, output: DmsOutput, documents: Sequence[Primary]
) -> etree._Element:
    env, received = application.environment, application.submitted_at.date().isoformat()
    return element(
        "Vorgang",
        _identification(application.identifier("dms/vorgang")),
        element(
            "AllgemeineMetadaten",
            element("Betreff", application.plan.text(output.vorgang, env)),
            element("Federfuehrung", application.authority.name),
            _confidentiality(output),
            _medium(),
        ),
        element("Aktenbetreff", application.plan.text(output.akte, env)),
        element("Typ", application.procedure.title.german),
        element("Laufzeit", element("Beginn", received)),
        *(_dokument(output, one, received) for one in documents),
        _extension(_facts(application)),
    )


def _dokument(output: DmsOutput, primary: Primary, received: str) -> etree._Element:
    return element(
        "Dokument",
        _identification(primary.id),
        element(
            "AllgemeineMetadaten",
            element("Betreff", primary.title),
            _confidentiality(output),
            element("Bemerkung", primary.remark) if primary.remark else None,
            _medium(),
        ),
        element("Posteingangsdatum", received),
        element("Typ", primary.type),
        element("Version", element("Nummer", "1"), _format(primary)),
        _extension({"SHA-256": primary.sha256}),
    )


def _format(primary: Primary) -> etree._Element:
    name, version = primary.format
    return element(
        "Format",
        code("Name", xdomea.FILE_FORMATS, name),
        element("SonstigerName", primary.other_format) if primary.other_format else None,
        element("Version", version),
        element(
            "Primaerdokument",
            element("Dateiname", primary.file),
            element("DateinameOriginal", primary.original),
        ),
    )


def _facts(application: Application) -> dict[str, str]:
    procedure = application.procedure
    return {
        "Referenznummer": application.submission_id,
        "Eingang": application.submitted_at.isoformat(timespec="seconds"),
        "Verfahren": procedure.id,
        "Fassung": procedure.version,
        "LeiKa": ", ".join(procedure.leika),
        "Sprache": application.language,
        "SHA-256 der Angaben": application.data_hash,
    }


def _extension(facts: dict[str, str]) -> etree._Element:
    return element(
        "AnwendungsspezifischeErweiterung",
        element("Kennung", PRODUCT.lower()),
        element("Name", PRODUCT),
        *(
            element(
                "Feld",
                element("Name", name),
                code("Datentyp", xdomea.DATA_TYPES, xdomea.STRING),
                element("Wert", value),
            )
            for name, value in facts.items()
            if value
        ),
    )


def _identification(uuid: str) -> etree._Element:
    return element("Identifikation", element("ID", uuid))


def _medium() -> etree._Element:
    return code("Medium", xdomea.MEDIA, xdomea.ELECTRONIC)


def _confidentiality(output: DmsOutput) -> etree._Element | None:
    if not output.confidentiality:
        return None
    return code("Vertraulichkeitsstufe", xdomea.CONFIDENTIALITY, output.confidentiality)
