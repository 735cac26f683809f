"""Fields made by hand, as the loader would make them."""

from datetime import date
from decimal import Decimal

from engine.fields import FIELD_TYPES
from engine.model import CodeList, Field, Option
from engine.model_parts import Text
from engine.source import whole_file

HERE = whole_file("made.yaml")


def text(german: str) -> Text:
    """A sentence that stands nowhere."""
    return Text("made", german, HERE)


def code_list(list_id: str = "", /, **options: str) -> CodeList:
    """value=label; a value that is no identifier is written with a leading underscore."""
    return CodeList(
        list_id,
        tuple(
            Option(value.removeprefix("_"), text(label.partition("|")[0]),
                   label.partition("|")[2] or None, HERE)
            for value, label in options.items()
        ),
        HERE,
    )  # fmt: skip


def field(
    type_name: str,
    *,
    name: str = "feld",
    options: CodeList | None = None,
    minimum: Decimal | date | None = None,
    maximum: Decimal | date | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    pattern: str | None = None,
    decimals: int | None = None,
    datatype: str | None = None,
) -> Field:
    """A field of the type with nothing but the limits given."""
    return Field(
        id=name, type=FIELD_TYPES[type_name], label=text("Feld"), help=None, hint=None,
        example=None, options=options, required=False, required_if=None, show_if=None, checks=(),
        minimum=minimum, maximum=maximum, min_length=min_length, max_length=max_length,
        pattern=pattern, pattern_message=None, decimals=decimals, datatype=datatype,
        autocomplete=None, version=None, purpose="", was=None,
        internal=False, span=HERE,
    )  # fmt: skip
