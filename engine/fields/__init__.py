"""The field types: one file each, and this table. A new type is one file and one line here."""

from engine.fields.address import ADDRESS
from engine.fields.choice import CHOICE
from engine.fields.choices import CHOICES
from engine.fields.countries import COUNTRIES
from engine.fields.country import COUNTRY
from engine.fields.date import DATE
from engine.fields.declaration import DECLARATION
from engine.fields.email import EMAIL
from engine.fields.field_type import FieldType
from engine.fields.iban import IBAN
from engine.fields.integer import INTEGER
from engine.fields.money import MONEY
from engine.fields.multiline import MULTILINE
from engine.fields.name import NAME
from engine.fields.number import NUMBER
from engine.fields.partial_date import PARTIAL_DATE
from engine.fields.phone import PHONE
from engine.fields.postcode import POSTCODE
from engine.fields.text import TEXT
from engine.fields.yes_no import YES_NO

__all__ = ["FIELD_TYPES", "FieldType"]

FIELD_TYPES: dict[str, FieldType] = {
    one.name: one
    for one in (
        TEXT,
        MULTILINE,
        NAME,
        EMAIL,
        PHONE,
        POSTCODE,
        IBAN,
        INTEGER,
        NUMBER,
        MONEY,
        DATE,
        PARTIAL_DATE,
        YES_NO,
        CHOICE,
        CHOICES,
        COUNTRY,
        COUNTRIES,
        ADDRESS,
        DECLARATION,
    )
}
