"""The pictures that a question may show: one line each, named after the place they mark.

A picture is a schematic drawing in `renderers/html/pictures/<name>.svg`, made for this product;
what it shows is told by the text `picture.<name>` of the portal, in every language.
"""

PICTURES = (
    "residence_card_front",
    "residence_card_back",
    "residence_card_number",
    "residence_card_valid_until",
    "residence_card_remarks",
    "passport_data_page",
    "passport_number",
    "registration_certificate",
)
