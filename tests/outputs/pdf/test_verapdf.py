"""veraPDF finds every kind of document of ours in order: PDF/A-3b and PDF/UA-1."""

from outputs.json.write import write as write_json
from outputs.pdf.receipt import write_receipt
from outputs.pdf.write import write
from tests.outputs.pdf.conftest import Judge
from tests.outputs.pdf.test_handbook import made
from tests.outputs.plans import complete


def test_verapdf_accepts_applications_receipts_and_handbooks(verapdf: Judge) -> None:
    """An application with translations beside, a receipt, and a handbook with pictures upright and
    on their side; a file without its metadata is refused, so the judge is awake."""
    small = complete("musterprozess")
    large = complete("beschaeftigungserlaubnis")
    written = write(small, write_json(small), None)
    good = {
        "small.pdf": written.content,
        "large.pdf": write(large, write_json(large), None).content,
        "receipt.pdf": write_receipt(small, (written,), None).content,
        "handbook.pdf": made("musterprozess"),
    }
    bad = written.content.replace(b"pdfaid:part", b"pdfaid:parx")
    bad = bad.replace(b"pdfuaid:part", b"pdfuaid:parx")

    said = verapdf({**good, "bad.pdf": bad})

    flavours = ("3b", "ua1")
    assert [f"{name}\t{flavour}\ttrue" for name in good for flavour in flavours] == said[:8]
    assert {f"bad.pdf\t{flavour}\tfalse" for flavour in flavours} <= set(said[8:])
