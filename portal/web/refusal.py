"""A request that is not served, as an exception: a status and which text explains it."""


class Refusal(Exception):
    """Becomes an error page with `error.<reason>.title` and `.text`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def not_found() -> Refusal:
    """Unknown and foreign things answer alike (R58)."""
    return Refusal(404, "not_found")


class ElsewhereError(Exception):
    """Nothing is shown here now; another of our own pages says what to do."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
