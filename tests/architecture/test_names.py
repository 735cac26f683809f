"""Our import names are ours alone."""

from importlib.metadata import packages_distributions

OURS = ("engine", "renderers", "outputs", "portal")


def test_no_other_distribution_ships_our_import_names() -> None:
    """pip and uv overwrite same-named packages silently, so we look for ourselves."""
    owners = packages_distributions()

    strangers = {name: set(owners.get(name, ())) - {"vordruck"} for name in OURS}

    assert {name: set() for name in OURS} == strangers
