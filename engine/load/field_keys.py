"""The keys of a field: those every field may have, those of its type, those of questions."""

COMMON_KEYS = (
    "field", "type", "label", "help", "hint", "example", "picture", "show_if", "required",
    "required_if", "autocomplete", "purpose", "was", "internal", "checks", "valid_if", "message",
    "warn_if", "warning",
)  # fmt: skip
TYPE_KEYS = (
    "options", "min", "max", "min_length", "max_length", "pattern", "pattern_message", "decimals",
    "version", "datatype", "after_summary", "prefill",
)  # fmt: skip
FIELD_KEYS = COMMON_KEYS + TYPE_KEYS
# Rows are made by whoever fills in the form: nothing is proposed there.
ROW_FIELD_KEYS = tuple(key for key in FIELD_KEYS if key != "prefill")
# Of the Quick Check, which keeps nothing: there is no purpose to be told.
QUESTION_KEYS = (*(key for key in FIELD_KEYS if key not in ("purpose", "prefill")), "changeable")
