"""Chapter 5: the form, page by page, with everything that holds of a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.explain.naming import Names
from engine.handbook.structure import (
    CODE,
    QUIET,
    STRONG,
    Block,
    Cell,
    Line,
    Paragraphs,
    Run,
    Section,
    Table,
    cell,
    line,
    named,
    numbered,
)
from engine.handbook.telling import Telling
from engine.kinds import Kind
from engine.model import Check, CodeList, Computed, Field, Group, Info, Item, Page, QuickCheck

_MANY = 12  # options of one question; longer lists stand in the annex
_LONG = 40  # values in one column
_WIDTHS = (36, 64)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a page: the question and what holds of it."""

    anchor: str
    left: Cell
    right: Cell


def form(one: Telling, elements: Mapping[str, tuple[str, ...]]) -> Section:
    """All pages; `elements`: the places of each answer in the message."""
    writer = _Writer(one, elements)
    parts = [
        (one.author(page.title), f"seite-{page.id}", tuple(writer.page(page)))
        for page in one.procedure.pages
    ]
    intro = Paragraphs((line(one.t("form.intro")),))
    return Section("5", one.t("chapter.form"), "antrag", (intro,), numbered("5", parts))


def question_table(one: Telling, check: QuickCheck) -> Table:
    """The questions of the Quick Check."""
    writer = _Writer(one, {}, is_quick_check=True)
    rows = [writer.field(question, "", one.questions) for question in check.questions]
    return writer.table(one.t("check.questions"), rows)


def lists(one: Telling) -> Section:
    """Chapter 11: lists that several questions use, and long ones."""
    parts = [
        (one.t("list.title", name=code_list.id), f"liste-{code_list.id}", (_list(one, code_list),))
        for code_list in _long_lists(one)
    ]
    blocks = () if parts else (Paragraphs(cell(one.t("none"))),)
    return Section("11", one.t("chapter.lists"), "listen", blocks, numbered("11", parts))


def _long_lists(one: Telling) -> list[CodeList]:
    """Every named list that a question uses, once."""
    check = one.procedure.quick_check
    fields = [field for _, field in one.procedure.fields()]
    fields += list(check.questions) if check is not None else []
    found = {field.options.id: field.options for field in fields if field.options is not None}
    return [found[name] for name in sorted(found) if name]


def _list(one: Telling, code_list: CodeList) -> Table:
    """Long ones in two columns: the second half beside the first."""
    heads = (one.t("list.value"), one.t("list.label"))
    pairs = [
        (cell(option.value, CODE), cell(one.author(option.label))) for option in code_list.options
    ]
    title = one.t("list.title", name=code_list.id)
    if len(pairs) <= _LONG:
        return Table(title, heads, (30, 70), tuple(pairs))
    half = (len(pairs) + 1) // 2
    rest = [*pairs[half:], *[((), ())] * (2 * half - len(pairs))]
    rows = tuple((*left, *right) for left, right in zip(pairs[:half], rest, strict=True))
    return Table(title, heads * 2, (12, 38, 12, 38), rows)


class _Writer:
    def __init__(
        self,
        one: Telling,
        elements: Mapping[str, tuple[str, ...]],
        *,
        is_quick_check: bool = False,
    ) -> None:
        self._one = one
        self._elements = elements
        self._is_quick_check = is_quick_check
        self._purposes = {purpose.id: purpose for purpose in one.procedure.purposes}

    def page(self, page: Page) -> Iterator[Block]:
        """What holds of the page, a table of its questions, its checks."""
        one = self._one
        lines: list[Line] = [Line((Run(f"{one.t('page.id')}: ", STRONG), Run(page.id, CODE)))]
        if page.show_if is not None:
            lines += one.rule(one.t("only_if"), page.show_if, one.names)
        lines += one.paragraphs(page.intro)
        yield Paragraphs(tuple(lines))
        yield self.table(one.author(page.title), list(self._rows(page.items, "", one.names)))
        if page.checks:
            yield self._checks(page.checks, one.names)

    def table(self, title: str, rows: list[_Row]) -> Table:
        """Questions on the left, what holds of them on the right."""
        heads = (self._one.t("form.question"), self._one.t("form.holds"))
        cells = tuple((row.left, row.right) for row in rows)
        return Table(title, heads, _WIDTHS, cells, tuple(row.anchor for row in rows))

    def _rows(self, items: tuple[Item, ...], prefix: str, names: Names) -> Iterator[_Row]:
        for item in items:
            match item:
                case Field():
                    yield self.field(item, prefix, names)
                case Group():
                    inner = names.inner(item)
                    yield self._group(item, prefix, names)
                    yield from self._rows(item.items, f"{prefix}{item.id}[].", inner)
                    yield from self._group_checks(item, prefix, inner)
                case Computed():
                    yield self._computed(item, prefix, names)
                case Info():
                    yield self._info(item, prefix, names)

    def field(self, field: Field, prefix: str, names: Names) -> _Row:
        """One question."""
        one, path = self._one, f"{prefix}{field.id}"
        kind = (
            one.t(f"kind.{field.type.name}")
            if field.options is None
            else one.t(f"kind.{field.type.kind.value}")
        )
        left = (
            line(one.author(field.label), STRONG),
            line(path, CODE),
            line(f"{kind} ({field.type.name})", QUIET),
        )
        scope = "frage" if self._is_quick_check else "feld"
        return _Row(f"{scope}-{path}", left, tuple(self._holds(field, path, names)))

    def _holds(self, field: Field, path: str, names: Names) -> Iterator[Line]:
        one = self._one
        if field.show_if is not None:
            yield from one.rule(one.t("only_if"), field.show_if, names)
        yield from self._needed(field, names)
        yield from self._options(field)
        limits = "; ".join(self._limits(field))
        if limits:
            yield named(one.t("limits"), limits)
        if field.prefill is not None:
            yield named(one.t("prefill"), one.value(field.prefill, names))
            yield one.feel(field.prefill)
        for check in field.checks:
            yield from one.check(check, names)
        for name in ("help", "hint"):
            text = getattr(field, name)
            if text is not None:
                yield named(one.t(name), one.author(text))
        if field.example:
            yield named(one.t("example"), field.example)
        yield from self._marks(field)
        yield from self._why(field, path)

    def _needed(self, field: Field, names: Names) -> Iterator[Line]:
        one = self._one
        if field.required_if is not None:
            yield from one.rule(one.t("required_if"), field.required_if, names)
        else:
            yield named(
                one.t("required"), one.t("required.yes" if field.required else "required.no")
            )

    def _options(self, field: Field) -> Iterator[Line]:
        one, options = self._one, field.options
        if options is None:
            return
        if options.id:
            text = one.t("options.list", name=options.id, count=len(options.options))
            yield named(one.t("options"), text)
        if not options.id or len(options.options) <= _MANY:
            runs = [] if options.id else [Run(f"{one.t('options')}: ", STRONG)]
            for number, option in enumerate(options.options):
                runs.append(Run(("; " if number else "") + one.author(option.label) + " "))
                runs.append(Run(option.value, CODE))
            yield Line(tuple(runs))

    def _limits(self, field: Field) -> Iterator[str]:
        one = self._one
        for key, bound in (("min", field.minimum), ("max", field.maximum)):
            if bound is not None:
                shown = one.date(bound) if isinstance(bound, date) else one.speech.value(bound)
                yield one.t(f"limit.{key}", value=shown)
        for key, length in (("min_length", field.min_length), ("max_length", field.max_length)):
            if length is not None:
                yield one.t(f"limit.{key}", value=length)
        if field.type.kind is Kind.NUMBER and field.decimals:
            yield one.t("limit.decimals", value=field.decimals)
        if field.pattern is not None:
            yield one.t("limit.pattern", value=field.pattern)
            if field.pattern_message is not None:
                yield one.speech.quoted(one.author(field.pattern_message))
        datatype = field.datatype or field.type.datatype
        if datatype:
            yield one.t("limit.datatype", value=datatype)

    def _marks(self, field: Field) -> Iterator[Line]:
        one = self._one
        if field.version:
            yield named(one.t("text_version"), field.version)
        if field.was:
            yield Line((Run(f"{one.t('was')}: ", STRONG), Run(field.was, CODE)))
        if field.internal:
            yield line(one.t("internal"), STRONG)
        if field.after_summary:
            yield line(one.t("after_summary"))
        if self._is_quick_check and not field.changeable:
            yield line(one.t("fact"), QUIET)
        for answer, others in (field.instead or {}).items():
            text = f"{answer}: {', '.join(others)}"
            yield Line((Run(f"{one.t('instead')}: ", STRONG), Run(text, CODE)))

    def _why(self, field: Field, path: str) -> Iterator[Line]:
        """Purpose, paragraph, recipients, retention, and the place in the message."""
        one = self._one
        purpose = self._purposes.get(field.purpose)
        if purpose is not None:
            text, basis = one.author(purpose.text), one.law(purpose.legal_basis)
            yield Line(
                (
                    Run(f"{one.t('purpose')}: ", STRONG),
                    Run(f"{text} ({basis}) "),
                    Run(f"[{purpose.id}]", QUIET),
                )
            )
            yield Line(
                (
                    Run(f"{one.t('recipients')}: ", STRONG),
                    Run(", ".join(purpose.recipients), CODE),
                    Run(f" · {one.t('kept')}: ", STRONG),
                    Run(purpose.retention, CODE),
                )
            )
        if self._is_quick_check:
            return
        for element in self._elements.get(path, ()):
            yield Line((Run(f"{one.t('element')}: ", STRONG), Run(element, CODE)))

    def _group(self, group: Group, prefix: str, names: Names) -> _Row:
        one, path = self._one, f"{prefix}{group.id}"
        left = (
            line(one.author(group.label), STRONG),
            line(f"{path}[]", CODE),
            line(one.t("kind.group"), QUIET),
        )
        holds: list[Line] = []
        if group.show_if is not None:
            holds += one.rule(one.t("only_if"), group.show_if, names)
        if group.required_if is not None:
            holds += one.rule(one.t("required_if"), group.required_if, names)
        rows = one.t("group.rows", minimum=group.minimum, maximum=group.maximum)
        holds.append(named(one.t("group"), rows))
        if group.item is not None:
            item = one.template(group.item)
            holds.append(Line((Run(f"{one.t('group.item')}: ", STRONG), Run(item, CODE))))
        if group.help is not None:
            holds.append(named(one.t("help"), one.author(group.help)))
        if group.was:
            holds.append(Line((Run(f"{one.t('was')}: ", STRONG), Run(group.was, CODE))))
        return _Row(f"feld-{path}", left, tuple(holds))

    def _group_checks(self, group: Group, prefix: str, names: Names) -> Iterator[_Row]:
        one = self._one
        for check in group.checks:
            left = (line(one.t("check.of_group", name=group.id)), line(check.id, CODE))
            yield _Row(f"pruefung-{prefix}{group.id}-{check.id}", left, one.check(check, names))

    def _computed(self, item: Computed, prefix: str, names: Names) -> _Row:
        one, path = self._one, f"{prefix}{item.id}"
        label = one.author(item.label) or one.t("computed.unlabelled")
        left = (line(label, STRONG), line(path, CODE), line(one.t("kind.computed"), QUIET))
        holds = [named(one.t("check.value"), one.value(item.value, names)), one.feel(item.value)]
        if item.because:
            holds.append(named(one.t("because"), one.law(item.because)))
        return _Row(f"feld-{path}", left, tuple(holds))

    def _info(self, item: Info, prefix: str, names: Names) -> _Row:
        one, path = self._one, f"{prefix}{item.id}"
        left = (line(one.t("kind.info"), QUIET), line(path, CODE))
        holds: list[Line] = []
        if item.show_if is not None:
            holds += one.rule(one.t("only_if"), item.show_if, names)
        if item.after_summary:
            holds.append(line(one.t("after_summary")))
        return _Row(f"feld-{path}", left, (*holds, *one.paragraphs(item.text)))

    def _checks(self, checks: tuple[Check, ...], names: Names) -> Table:
        one = self._one
        heads = tuple(one.t(f"check.{name}") for name in ("id", "rule", "fields"))
        rows = tuple(
            (
                cell(check.id, CODE),
                one.check(check, names),
                tuple(line(name, CODE) for name in check.fields),
            )
            for check in checks
        )
        anchors = tuple(f"pruefung-{check.id}" for check in checks)
        return Table(one.t("check.of_page"), heads, (22, 56, 22), rows, anchors)
