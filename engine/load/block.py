"""Reading one mapping: hands out what stands at its keys and complains about everything else."""

from collections.abc import Iterator, Sequence

from engine.diagnostics import Fix, Note
from engine.load.loading import Loading
from engine.model import Cite, Expression, Template, Text
from engine.model_parts import Word
from engine.nodes import Entry, Mapping, Node, Scalar, Style, head
from engine.nodes import Sequence as NodeSequence
from engine.suggest import nearest

EMPTY_PLAIN = ("", "~", "null")


class Block:
    """A mapping with its allowed keys, and the path of its texts for translators."""

    def __init__(
        self, loading: Loading, node: Mapping, allowed: Sequence[str], path: str = ""
    ) -> None:
        self.loading = loading
        self.node = node
        self.path = path
        self._values = {entry.key.text: entry for entry in node.entries}
        self._allowed = allowed
        for entry in node.entries:
            if entry.key.text not in allowed:
                self._unknown(entry)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _unknown(self, entry: Entry) -> None:
        key = entry.key.text
        names = () if self.loading.findings.are_full else nearest(key, self._allowed)
        free = [name for name in names if name not in self._values]
        fix = Fix(entry.key.span, free[0]) if free else None
        values = {"key": key[:80]}
        if isinstance(entry.value, Scalar) and not entry.value.raw and not free:
            # `{label: Name, Vorname}`: a comma in a text without quotes made a second key.
            self.loading.findings.add("comma-in-unquoted-text", entry.key.span, values)
            return
        if free:
            values["nearest"] = free[0]
        else:
            values["allowed"] = ", ".join(self._allowed)
        self.loading.findings.add("unknown-key", entry.key.span, values, fix=fix)

    def missing(self, key: str) -> None:
        """Say that a key has to be here."""
        self.loading.findings.add("missing-key", head(self.node), {"key": key})

    def entry(self, key: str) -> Entry | None:
        """Key and value, if the key stands here."""
        return self._values.get(key)

    def value(self, key: str, *, required: bool = False) -> Node | None:
        """The node at a key; an empty value is reported and counts as absent."""
        entry = self._values.get(key)
        if entry is None:
            if required:
                self.missing(key)
            return None
        value = entry.value
        if isinstance(value, Scalar) and value.style is Style.PLAIN and value.text in EMPTY_PLAIN:
            self.loading.findings.add("empty-value", entry.key.span, {"key": key})
            return None
        return value

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        """The single value at a key."""
        value = self.value(key, required=required)
        return None if value is None else self.loading.scalar(value)

    def string(self, key: str, *, required: bool = False, default: str = "") -> str:
        """The text at a key as it stands, for people or machines that never translate it."""
        found = self.scalar(key, required=required)
        return default if found is None else Word(found.text.strip(), found.span)

    def optional(self, key: str) -> str | None:
        """The text at a key, if there is one."""
        return self.string(key) or None

    def text(self, key: str, *, required: bool = False, at: str = "") -> Text | None:
        """A sentence of the author; `at` replaces the key in the path."""
        found = self.scalar(key, required=required)
        if found is None:
            return None
        if found.is_empty:
            self.loading.findings.add("empty-value", found.span, {"key": key})
        return self.loading.text(found, f"{self.path}.{at or key}".lstrip("."))

    def needed_text(self, key: str) -> Text:
        """A sentence that has to be there; an empty one stands in for it."""
        found = self.text(key, required=True)
        return found or Text(f"{self.path}.{key}", "", head(self.node))

    def cite(self, key: str) -> Cite | None:
        """A paragraph as written."""
        return self.optional(key)

    def rule(self, key: str, *, required: bool = False) -> Expression | None:
        """The rule at a key."""
        found = self.scalar(key, required=required)
        return None if found is None else self.loading.rule(found)

    def template(self, key: str, *, required: bool = False) -> Template | None:
        """The text with `{name}` places at a key."""
        found = self.scalar(key, required=required)
        return None if found is None else self.loading.template(found)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """`true` or `false`."""
        found = self.scalar(key)
        if found is None:
            return default
        if found.text in ("true", "false"):
            return found.text == "true"
        names = {"ja": "true", "yes": "true", "nein": "false", "no": "false"}
        guess = names.get(found.text.lower())
        fix = Fix(found.span, guess) if guess else None
        values = {"key": key, "text": found.text}
        self.loading.findings.add("wrong-flag", found.span, values, fix=fix)
        return default

    def word(self, key: str, words: Sequence[str], default: str) -> str:
        """One of a closed set of words."""
        found = self.scalar(key)
        if found is None:
            return default
        return self.loading.one_of(found, words, default)

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of names or texts: `[a, b]`, or a single one without brackets."""
        value = self.value(key, required=required)
        if value is None:
            return ()
        return tuple(self.loading.words(value))

    def block(
        self, key: str, allowed: Sequence[str], path: str = "", *, required: bool = False
    ) -> "Block | None":
        """The mapping at a key."""
        value = self.value(key, required=required)
        return None if value is None else open_block(self.loading, value, allowed, path)

    def items(self, key: str, *, required: bool = False) -> Iterator[Node]:
        """The entries of the list at a key."""
        value = self.value(key, required=required)
        if isinstance(value, NodeSequence):
            if not value.items:
                self.loading.findings.add("empty-list", value.span, {"key": key})
            yield from value.items
        elif value is not None:
            self.loading.wrong_shape(value, "list")

    def both(self, one: str, other: str, code: str) -> None:
        """Report two keys that exclude each other."""
        first, second = self._values.get(one), self._values.get(other)
        if first is not None and second is not None:
            note = Note("other-key:here", first.key.span, {"key": one})
            values = {"key": other, "other": one}
            self.loading.findings.add(code, second.key.span, values, related=(note,))


def open_block(
    loading: Loading, node: Node, allowed: Sequence[str], path: str = ""
) -> Block | None:
    """A mapping to read, or the complaint that this is none."""
    if isinstance(node, Mapping):
        return Block(loading, node, allowed, path)
    loading.wrong_shape(node, "mapping")
    return None
