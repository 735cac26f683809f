import pytest

from outputs.names import LONGEST, file_name


@pytest.mark.parametrize(
    ("given", "media_type", "name"),
    [
        ("Geburtsurkunde.pdf", "application/pdf", "Geburtsurkunde.pdf"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\temp\\Pass.JPG", "image/jpeg", "Pass.jpg"),
        ("a\u202egpj.exe", "application/pdf", "a_gpj.pdf"),
        ("datei.php\x00.pdf", "application/pdf", "datei.php.pdf"),
        ("Zeugnis (Übersetzung).pdf", "application/pdf", "Zeugnis_Übersetzung.pdf"),
        ("شهادة.pdf", "application/pdf", "datei.pdf"),
        ("-rf", "image/png", "rf.png"),
        ("", "application/pdf", "datei.pdf"),
        ("x.exe", "application/x-thing", "x.bin"),
    ],
)
def test_file_names_are_harmless(given: str, media_type: str, name: str) -> None:
    """No folders, no controls; the extension follows the checked type of the file."""
    assert file_name(given, media_type) == name


def test_file_names_are_short() -> None:
    """A package must unpack everywhere."""
    assert len(file_name("a" * 300 + ".pdf", "application/pdf")) == LONGEST + 4
