"""Functions in words: one sentence of the catalogue per function, and per way to call it."""

from collections.abc import Sequence

from engine.explain.word_values import ValueWords
from engine.model import Group
from engine.rules.scope import NOT_CONSTANT, Matched
from engine.rules.tree import Call, Filter, Listing, Node
from engine.rules.types import YES_NO, ListOf, Record, plain

# Yes/no functions of which the opposite has a sentence of its own (`not.<key>`).
WITH_OPPOSITE = frozenset(
    {"contains", "starts with", "ends with", "matches", "list contains", "volle frist",
     "frist nach ereignis"}
)  # fmt: skip
# Arguments that are days after a German preposition.
_DATIVE = frozenset({"start", "ereignis", "geburt", "datum"})


class CallWords(ValueWords):
    """The part of the words that names functions."""

    def call(self, node: Call, form: str = "", *, is_negated: bool = False) -> str:
        """The call with its arguments put in."""
        matched = self.typed.findings.calls.get(node)
        if matched is None:
            return node.function
        if node.function == "count":
            return self._count(node.arguments[0].value)
        if node.function == "list contains":
            return self._contains(matched, is_negated)
        key = self._key(node, matched)
        if form and self.speech.has(f"{key}.{form}"):
            key = f"{key}.{form}"
        if is_negated:
            key = f"not.{key}"
        return self.speech.t(key, **self._given(node, matched))

    def _key(self, node: Call, matched: Matched) -> str:
        key = f"call.{node.function.replace(' ', '_')}"
        several = self.typed.findings.calls[node].function.signatures
        number = several.index(matched.signature)
        of_kind = f"{key}.{self.family(node)}"
        if self.speech.has(of_kind):
            return of_kind
        if number and self.speech.has(f"{key}.{number}"):
            return f"{key}.{number}"
        optional = [
            one
            for parameter, one in zip(matched.signature.parameters, matched.arguments, strict=False)
            if parameter.optional
        ]
        if any(one is not None for one in optional):
            return f"{key}.more"
        scale = matched.arguments[-1] if matched.function.rounds and not optional else None
        if scale is not None and self.constant(scale) == 0:
            return f"{key}.whole"
        return key

    def _given(self, node: Call, matched: Matched) -> dict[str, str]:
        """Arguments by the names of their parameters; those given one by one as one list."""
        parameters = matched.signature.parameters
        if matched.are_spread:
            given = [one for one in matched.arguments if one is not None]
            return {parameters[0].name: self._listed(given)}
        if matched.function.name in ("all", "any") and isinstance(matched.arguments[0], Listing):
            return {parameters[0].name: self._listed(matched.arguments[0].items)}
        found: dict[str, str] = {}
        for parameter, one in zip(parameters, matched.arguments, strict=False):
            if one is not None:
                said = self._argument(node.function, parameter.name, one)
                found[parameter.name.replace(" ", "_")] = said
        return found

    def _argument(self, function: str, name: str, node: Node) -> str:
        if name == "stichtag":
            return self.on(node)
        if name == "geburt":  # stands in brackets already
            return self.value(node, "to")
        is_dative = name in _DATIVE or function == "years and months duration"
        return self.part(node, "to" if is_dative else "")

    def _listed(self, nodes: Sequence[Node]) -> str:
        if all(self.kind(one) == YES_NO for one in nodes):
            return "; ".join(self.inline(one) for one in nodes)
        return self.speech.joined([self.part(one, "to") for one in nodes])

    def _count(self, node: Node) -> str:
        """How many rows, or how many values."""
        kind = self.kind(node)
        is_rows = isinstance(kind, ListOf) and isinstance(plain(kind.item), Record)
        if is_rows and isinstance(node, Filter) and isinstance(self.thing(node), Group):
            source, condition = self.value(node.source), self.inline(node.condition)
            return self.speech.t("call.count.filter", source=source, condition=condition)
        return self.speech.t("call.count.rows" if is_rows else "call.count", list=self.part(node))

    def _contains(self, matched: Matched, is_negated: bool) -> str:
        """A value in a list of the law is told from the side of the value."""
        listed, element = matched.arguments[0], matched.arguments[1]
        if listed is None or element is None:
            return matched.function.name
        negated = "not." if is_negated else ""
        if self.constant(element) is NOT_CONSTANT and self.thing(listed) is None:
            field = self.field_of(element)
            values = self.part(listed, field=field)
            key = f"{negated}call.list_contains.1"
            return self.speech.t(key, element=self.value(element), list=values)
        field = self.field_of(listed)
        given = {"list": self.value(listed), "element": self.value(element, field=field)}
        return self.speech.t(f"{negated}call.list_contains", **given)
