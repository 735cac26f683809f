"""What names of a plan are called outside."""

EARLIEST, LATEST = "_fruehestens", "_spaetestens"
FAMILY = "setting"


def portable_name(full: str) -> str:
    """`setting.x` is `setting_x`; the parts of an address stay parts."""
    family, _, name = full.partition(".")
    return f"{FAMILY}_{name}" if family == FAMILY and name else full
