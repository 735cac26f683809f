import threading
from pathlib import Path

import pytest

from portal.storage.refusals import UnsafeStorageError
from portal.storage.sealing import MasterKey, Seal, WrongKeyError
from portal.storage.store import Store
from tests.portal.stores import new_draft, open_store

KEY = bytes(32)


def test_r49_the_same_text_never_looks_the_same_twice() -> None:
    """A random nonce each time; a flipped bit is refused."""
    seal, wrapped = MasterKey(KEY).new_seal("case")
    one, other = seal.close(b"text", "answers"), seal.close(b"text", "answers")
    assert one != other
    assert b"text" == MasterKey(KEY).seal("case", wrapped).open(one, "answers")
    for position in range(len(one)):
        changed = bytes([*one[:position], one[position] ^ 1, *one[position + 1 :]])
        with pytest.raises(WrongKeyError):
            seal.open(changed, "answers")


def test_r49_ciphertexts_cannot_change_places() -> None:
    """Case and place are part of what is authenticated."""
    master = MasterKey(KEY)
    seal, wrapped = master.new_seal("case")
    sealed = seal.close(b"text", "answers")
    with pytest.raises(WrongKeyError):
        seal.open(sealed, "name")
    with pytest.raises(WrongKeyError):
        Seal("another", seal.key).open(sealed, "answers")
    with pytest.raises(WrongKeyError):
        master.seal("another", wrapped)
    with pytest.raises(WrongKeyError):
        seal.open(b"short", "answers")


def test_r52_a_key_does_not_show_itself() -> None:
    """Not in a repr, which is what logs and tracebacks print."""
    seal, _ = MasterKey(KEY).new_seal("case")
    assert repr(seal.key) not in repr(seal)
    assert "key=" not in repr(seal)


def test_many_starts_at_once_agree_on_one_key(folder: Path) -> None:
    """Whoever comes second takes the first one's key, whole."""
    made: list[bytes] = []

    def make() -> None:
        MasterKey.from_file(folder / "master.key")
        made.append((folder / "master.key").read_bytes())

    threads = [threading.Thread(target=make) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 12 == len(made)
    assert 1 == len(set(made))
    assert ["master.key"] == [path.name for path in folder.iterdir()]
    assert 0o600 == (folder / "master.key").stat().st_mode & 0o777


@pytest.mark.parametrize("content", [b"", b"x" * 31])
def test_a_damaged_key_file_stops_the_start(folder: Path, content: bytes) -> None:
    """It is never replaced: what it sealed would be lost."""
    (folder / "master.key").write_bytes(content)
    with pytest.raises(UnsafeStorageError, match="32 Bytes"):
        MasterKey.from_file(folder / "master.key")
    assert content == (folder / "master.key").read_bytes()


def test_a_key_from_the_settings_is_64_hexadecimal_digits() -> None:
    """Anything else is said so, without showing it."""
    assert MasterKey(KEY).audit_key == MasterKey.from_text(KEY.hex() + "\n").audit_key
    with pytest.raises(UnsafeStorageError, match="hexadezimal"):
        MasterKey.from_text("secret")


def test_a_store_with_another_key_does_not_open(folder: Path) -> None:
    """Otherwise new data would be sealed with a key that does not open the old."""
    store = open_store(folder)
    new_draft(store)
    store.close()
    with pytest.raises(UnsafeStorageError, match="Hauptschlüssel"):
        Store.open(store.database.url, folder / "files", MasterKey(KEY))
