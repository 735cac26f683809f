import pytest

from portal.mail.addresses import read_address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" amina@beispiel.example ", "amina@beispiel.example"),
        ("Amina@Müller.example", "Amina@xn--mller-kva.example"),
        ("a@b.example\r\nBcc: c@d.example", None),
        ("a@b.example\n", "a@b.example"),
        ("a@b.example, c@d.example", None),
        ("Amina <a@b.example>", None),
        ("ä@b.example", None),
        ("nobody", None),
        ("", None),
        ("a" * 300 + "@b.example", None),
    ],
)
def test_an_address_is_read_as_servers_take_it_or_not_at_all(typed: str, read: str | None) -> None:
    """Blanks around it are forgiven; a second line, a second address or a name is not one."""
    assert read_address(typed) == read
