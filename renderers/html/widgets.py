"""One question as HTML controls: which widget, which attributes, what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from babel.numbers import format_decimal

from engine.kinds import Kind
from engine.model import Field
from engine.values import ADDRESS_PARTS
from renderers.html.conditions import Trigger
from renderers.html.examples import PictureView, picture_view
from renderers.html.german import GermanView, beside, german_view
from renderers.html.options import Choice, choices
from renderers.html.purposes import PurposeView
from renderers.html.shown import show_date
from renderers.html.words import Said, Words

# Up to here all options are seen at once; a longer list folds into a select.
MOST_RADIOS = 7
MOST_CHECKBOXES = 20
_INPUT_TYPES = {"email": "email", "tel": "tel", "phone": "tel"}
_SHORT_TYPES = frozenset({"postcode", "integer", "number", "money"})
_ADDRESS_TOKENS = {"plz": "postal-code", "ort": "address-level2"}
_DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Part:
    """One text input of a question that has several: a day, a street."""

    name: str
    id: str
    label: Said
    value: str
    input_mode: str | None = None
    autocomplete: str | None = None
    css: str = ""
    optional: bool = False
    wrong: bool = False  # the error is about this part
    options: tuple[Choice, ...] = ()  # a part with a list: the state of an address


@dataclass(frozen=True, slots=True)
class Widget:
    """A question as drawn by `templates/widgets.html`: `look` names the macro."""

    look: str  # text multiline parts radios select selects checkboxes tick
    path: str
    id: str
    label: Said
    required: bool
    field: Field
    hints: tuple[Said, ...] = ()
    errors: tuple[Said, ...] = ()
    warnings: tuple[Said, ...] = ()
    values: tuple[str, ...] = ()  # what is chosen or typed
    parts: tuple[Part, ...] = ()
    options: tuple[Choice, ...] = ()
    input_type: str = "text"
    input_mode: str | None = None
    autocomplete: str | None = None
    css: str = ""
    picture: PictureView | None = None  # where the answer stands on a document
    slots: int = 1  # selects: how many
    can_grow: bool = False
    hidden: bool = False
    trigger: Trigger | None = None
    help: tuple[object, ...] = ()
    purpose: PurposeView | None = None  # where it has to be told at the question
    also: tuple[Said, ...] = ()  # labels of the next questions, for which it holds as well
    german: GermanView | None = None  # folded away; None where it stands beside the question

    @property
    def value(self) -> str:
        """The single value."""
        return self.values[0] if self.values else ""

    @property
    def focus(self) -> str:
        """The id of the first control: where links of the error summary lead."""
        if self.parts:
            return next((part.id for part in self.parts if part.wrong), self.parts[0].id)
        many = self.look in {"radios", "checkboxes", "selects"}
        return f"{self.id}-1" if many else self.id

    @property
    def described_by(self) -> str:
        """Ids of hints, errors and warnings, in reading order."""
        ids = [f"{self.id}-hint"] if self.hints else []
        ids += [f"{self.id}-error"] if self.errors else []
        ids += [f"{self.id}-warning"] if self.warnings else []
        return " ".join(ids)


def html_id(path: str) -> str:
    """`kinder[0].plz` as an id: `f-kinder-0-plz`."""
    return "f-" + path.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")


@dataclass(frozen=True, slots=True)
class Question:
    """What a widget is made from."""

    field: Field
    path: str
    raw: object  # as typed, or in the answer files' form
    required: bool
    errors: tuple[Said, ...] = ()
    wrong_parts: frozenset[str] = frozenset()
    warnings: tuple[Said, ...] = ()
    hidden: bool = False
    trigger: Trigger | None = None
    more: bool = False  # one more slot was asked for
    autofill: str | None = None  # for the browser's own data about the person
    purpose: PurposeView | None = None


def widget(question: Question, words: Words) -> Widget:
    """The widget for a question; one branch per kind."""
    one = question.field
    match one.type.kind:
        case Kind.TEXT | Kind.NUMBER:
            return _text(question, words)
        case Kind.MULTILINE:
            return _widget(question, words, "multiline", values=_typed(question.raw))
        case Kind.DATE | Kind.PARTIAL_DATE:
            return _date(question, words)
        case Kind.YES_NO:
            options = tuple(
                Choice(value, words.said(f"answer.{key}"))
                for value, key in (("ja", "yes"), ("nein", "no"))
            )
            return _widget(question, words, "radios", options=options, values=_yes_no(question.raw))
        case Kind.CHOICE:
            return _choice(question, words)
        case Kind.CHOICES:
            return _choices(question, words)
        case Kind.ADDRESS:
            return _address(question, words)
        case Kind.DECLARATION:
            values = ("ja",) if question.raw not in (None, False, "", "nein") else ()
            return _widget(question, words, "tick", values=values)
        case other:
            assert_never(other)


def _widget(question: Question, words: Words, look: str, **more: object) -> Widget:
    one = question.field
    return Widget(
        look=look,
        path=question.path,
        id=html_id(question.path),
        label=words.text(one.label),
        required=question.required,
        field=one,
        hints=_both_hints(one, words),
        errors=question.errors,
        warnings=question.warnings,
        hidden=question.hidden,
        trigger=question.trigger,
        help=(words.markdown(one.help),) if one.help else (),
        purpose=question.purpose,
        picture=picture_view(one, words),
        german=german_view(one, words),
        **more,  # type: ignore[arg-type]  # the keywords of this module's own calls
    )


def _both_hints(one: Field, words: Words) -> tuple[Said, ...]:
    hints = _hints(one, words)
    return beside(hints, _hints(one, words.beside)) if words.beside else hints


def _hints(one: Field, words: Words) -> tuple[Said, ...]:
    hints: list[Said] = []
    if one.hint:
        hints.append(words.text(one.hint))
    elif one.type.kind is Kind.PARTIAL_DATE:
        hints.append(Said(words.t("hint.partial_date")))
    if one.version:
        hints.append(Said(words.t("hint.version", version=one.version)))
    if one.example:
        hints.append(Said(words.t("hint.example", example=one.example)))
    if one.type.kind is Kind.MULTILINE:
        most = one.max_length or one.type.max_length
        hints.append(Said(words.t("hint.max_length", number=most)))
    if one.type.name == "money":
        hints.append(Said(words.t("hint.money")))
    limits = _limits(one, words)
    if limits:
        hints.append(Said(limits))
    return tuple(hints)


def _limits(one: Field, words: Words) -> str:
    """ "Von 1 bis 24": told before, not after a mistake."""
    low, high = _limit(one.minimum, words), _limit(one.maximum, words)
    if one.type.kind not in {Kind.NUMBER, Kind.DATE, Kind.PARTIAL_DATE}:
        return ""
    if low and high:
        return words.t("hint.between", low=low, high=high)
    is_number = one.type.kind is Kind.NUMBER
    if high:
        return words.t("hint.at_most" if is_number else "hint.latest", high=high)
    if not low or one.minimum == 0:  # "at least 0" tells nobody anything
        return ""
    return words.t("hint.at_least" if is_number else "hint.earliest", low=low)


def _limit(value: Decimal | date | None, words: Words) -> str:
    if isinstance(value, date):
        return show_date(value, words)
    if value is None:
        return ""
    return format_decimal(value, locale=words.locale, decimal_quantization=False)


def _typed(raw: object) -> tuple[str, ...]:
    if raw is None or isinstance(raw, (Mapping, list, tuple)):
        return ()
    return (str(raw),)


def _yes_no(raw: object) -> tuple[str, ...]:
    if isinstance(raw, bool):
        return ("ja",) if raw else ("nein",)
    return {"true": ("ja",), "false": ("nein",)}.get(str(raw), _typed(raw))


def _text(question: Question, words: Words) -> Widget:
    one = question.field
    mode = one.type.input_mode
    return _widget(
        question,
        words,
        "text",
        values=_typed(question.raw),
        input_type=_INPUT_TYPES.get(mode or "", "text"),
        input_mode=None if mode in _INPUT_TYPES else mode,
        autocomplete=question.autofill,
        css="vd-width-short" if one.type.name in _SHORT_TYPES else "",
    )


def _date(question: Question, words: Words) -> Widget:
    typed = date_parts(question.raw)
    partial = question.field.type.kind is Kind.PARTIAL_DATE
    birthday = question.autofill == "bday"
    parts = tuple(
        Part(
            name=f"{question.path}.{part}",
            id=f"{html_id(question.path)}-{part}",
            label=words.said(f"date.{part}"),
            value=typed.get(part, ""),
            input_mode="numeric",
            autocomplete=f"bday-{part}" if birthday else None,
            css=f"kern-form-input__input--width-{4 if part == 'year' else 2}",
            wrong=bool(question.errors) and not (partial and part != "year"),
        )
        for part in _DATE_PARTS
    )
    return _widget(question, words, "parts", parts=parts, css="kern-fieldset__body--horizontal")


def date_parts(raw: object) -> dict[str, str]:
    """Day, month, year as typed; also from ISO and from 30.11.1990, where 00 stands for unknown."""
    if isinstance(raw, Mapping):
        return {part: str(raw.get(part) or "") for part in _DATE_PARTS}
    text = str(raw or "")
    if "." in text:
        pieces: Sequence[str] = ["", *text.split(".")][-3:]  # 11.1990 has no day
        found = dict(zip(_DATE_PARTS, pieces, strict=True))
    else:
        pieces = [*text.split("-"), "", ""][:3]
        found = dict(zip(("year", "month", "day"), pieces, strict=True))
    return {part: "" if piece == "00" else piece for part, piece in found.items()}


def _choice(question: Question, words: Words) -> Widget:
    assert question.field.options is not None  # noqa: S101  # the checker made sure
    options = choices(question.field.options, words)
    look = "radios" if len(options) <= MOST_RADIOS else "select"
    return _widget(
        question,
        words,
        look,
        options=options,
        values=_typed(question.raw),
        autocomplete=question.autofill,
    )


def _choices(question: Question, words: Words) -> Widget:
    assert question.field.options is not None  # noqa: S101  # the checker made sure
    options = choices(question.field.options, words)
    raw = question.raw
    chosen = tuple(str(one) for one in raw) if isinstance(raw, (list, tuple)) else _typed(raw)
    if len(options) <= MOST_CHECKBOXES:
        return _widget(question, words, "checkboxes", options=options, values=chosen)
    most = int(question.field.maximum) if isinstance(question.field.maximum, Decimal) else 10
    slots = min(max(len(chosen) + (1 if question.more else 0), 1), most)
    return _widget(
        question,
        words,
        "selects",
        options=options,
        values=chosen,
        slots=slots,
        can_grow=slots < most,
    )


def _address(question: Question, words: Words) -> Widget:
    typed = question.raw if isinstance(question.raw, Mapping) else {}
    tokens = _ADDRESS_TOKENS if question.autofill else {}
    states = choices(question.field.options, words) if question.field.options else ()
    parts = tuple(
        Part(
            name=f"{question.path}.{part}",
            id=f"{html_id(question.path)}-{part}",
            label=words.said(f"address.{part}"),
            value=str(typed.get(part) or ""),
            input_mode="numeric" if part == "plz" else None,
            autocomplete=tokens.get(part),
            css="vd-width-short" if part in {"hausnummer", "plz"} else "",
            optional=part in {"adresszusatz", "staat"},
            wrong=part in question.wrong_parts,
            options=states if part == "staat" else (),
        )
        for part in ADDRESS_PARTS
        if part != "staat" or states
    )
    return _widget(question, words, "parts", parts=parts, css="vd-address-parts")
