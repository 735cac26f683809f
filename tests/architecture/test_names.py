"""Names say what things are, and our import names are ours alone."""

from importlib.metadata import packages_distributions

from tests.architecture.tree import PRODUCT, ROOT, our_files

# Names under which anything can be put, so that in the end everything is.
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "base", "core", "misc"}


def test_no_other_distribution_ships_our_import_names() -> None:
    """pip and uv overwrite same-named packages silently, so we look for ourselves."""
    owners = packages_distributions()

    strangers = {name: set(owners.get(name, ())) - {"vordruck"} for name in PRODUCT}

    assert {name: set() for name in PRODUCT} == strangers


def test_no_module_is_named_after_nothing() -> None:
    """A module is named after what it holds or does."""
    modules = [path.relative_to(ROOT) for path in our_files() if path.suffix == ".py"]

    nameless = [
        str(path) for path in modules if SAY_NOTHING & {*path.parts[:-1], path.stem.strip("_")}
    ]

    assert [] == nameless


def test_every_product_package_is_typed() -> None:
    """Without py.typed, type checkers ignore an installed package's annotations."""
    untyped = [name for name in PRODUCT if not (ROOT / name / "py.typed").exists()]

    assert [] == untyped


def test_every_folder_with_python_is_a_package() -> None:
    """tests/engine without tests/__init__.py would shadow the product's engine."""
    folders = {
        folder
        for path in our_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in (*PRODUCT, "tests")
        for folder in path.parents
        if folder.is_relative_to(ROOT) and folder != ROOT
    }

    plain = [
        str(folder.relative_to(ROOT))
        for folder in sorted(folders)
        if not (folder / "__init__.py").exists() and "migrations" not in folder.parts
    ]

    assert [] == plain
