"""Files as documents of a message, in the formats the standard takes."""

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image

from outputs.application import Application, Upload
from outputs.names import extension, file_name

_JPEG_QUALITY = 92


@dataclass(frozen=True, slots=True)
class Attached:
    """One file, ready for an element."""

    document: str
    title: str
    name: str
    format: str  # pdf jpg png
    content: bytes

    def names(self, number: int) -> dict[str, object]:
        """What a mapping may ask about it: `document.title` and so on."""
        return {
            "title": self.title,
            "name": self.name,
            "format": self.format,
            "content": base64.b64encode(self.content).decode("ascii"),
            "number": Decimal(number),
        }


def attached(
    application: Application, ids: Sequence[str], summary: bytes, formats: frozenset[str]
) -> Iterator[Attached]:
    """The files of these documents: `summary` is the generated PDF, `*` every upload."""
    for wanted in ids:
        if wanted == "summary":
            title = f"Zusammenfassung des Antrags: {application.procedure.title.german}"
            yield Attached("summary", title, "antrag.pdf", "pdf", summary)
            continue
        for upload in application.uploads:
            if wanted in ("*", upload.document):
                yield _from_upload(application, upload, formats)


def _from_upload(application: Application, upload: Upload, formats: frozenset[str]) -> Attached:
    kind, content, name = extension(upload.media_type), upload.content, upload.name
    media_type = upload.media_type
    if kind == "png" and "png" not in formats:
        kind, content, media_type = "jpg", as_jpeg(content), "image/jpeg"
    title = application.document_title(upload.document, upload.row)
    return Attached(upload.document, title, file_name(name, media_type), kind, content)


def as_jpeg(png: bytes) -> bytes:
    """The receiver takes PDF and JPEG only; the original goes into the file of the case."""
    with Image.open(io.BytesIO(png)) as picture:
        flat = Image.new("RGB", picture.size, "white")
        layered = picture.convert("RGBA")
        flat.paste(layered, mask=layered.getchannel("A"))
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=_JPEG_QUALITY)
    return written.getvalue()
