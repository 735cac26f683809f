"""E-mail addresses as people type them."""


def read_address(text: str) -> str | None:
    """The address as a server takes it; None if it is none.

    A domain in letters of its own becomes what machines use; a mailbox must be plain, since not
    every server takes others.
    """
    # Imported late: it loads the tables of international domain names.
    from email_validator import EmailNotValidError, validate_email

    try:
        valid = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return valid.ascii_email
