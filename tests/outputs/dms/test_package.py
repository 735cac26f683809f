import io
import zipfile

from outputs.dms.package import pack


def test_the_same_files_give_the_same_package() -> None:
    """No clock and no compressor shows in the bytes."""
    files = [("a.xml", b"<a/>"), ("b.pdf", b"%PDF-1.7")]
    assert pack(files) == pack(list(files))
    with zipfile.ZipFile(io.BytesIO(pack(files))) as archive:
        assert [entry.date_time for entry in archive.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2
        assert [entry.compress_type for entry in archive.infolist()] == [zipfile.ZIP_STORED] * 2
        assert archive.read("b.pdf") == b"%PDF-1.7"
