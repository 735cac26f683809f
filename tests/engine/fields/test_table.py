import importlib
import pkgutil

import engine.fields
from engine.fields import FIELD_TYPES
from engine.fields.field_type import FieldType

ORDER = """text multiline name email phone postcode iban integer number money date partial_date
yes_no choice choices country countries address declaration"""


def test_the_table_names_the_types_in_the_order_of_the_language() -> None:
    """Authors and tools see the types in the order in which the language documents them."""
    assert list(FIELD_TYPES) == ORDER.split()


def test_every_type_in_the_folder_stands_in_the_table() -> None:
    """A type whose file exists but whose line was forgotten would silently not exist."""
    found = set()
    for module in pkgutil.iter_modules(engine.fields.__path__):
        content = vars(importlib.import_module(f"engine.fields.{module.name}"))
        found |= {one.name for one in content.values() if isinstance(one, FieldType)}

    assert found == set(FIELD_TYPES)
