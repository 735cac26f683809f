"""Tree → canonical FEEL text: one spelling per meaning, brackets only where they are needed."""

from decimal import Decimal

from engine.rules.tree import (
    Argument,
    Arithmetic,
    Between,
    Binding,
    Both,
    Call,
    Cell,
    Choose,
    Comparison,
    Either,
    Filter,
    Flag,
    Input,
    Interval,
    Listing,
    Loop,
    Membership,
    Name,
    Negation,
    Node,
    Null,
    Number,
    Path,
    Quantified,
    Test,
    Text,
)

_OPEN, _OR, _AND, _COMPARED, _SUM, _PRODUCT, _MINUS, _PATH, _ATOM = range(9)


def print_tree(tree: Node) -> str:
    """The rule as FEEL text; `x in (…)` beside `and` stands in brackets: others misread it bare."""
    return _print(tree)[0]


def _print(node: Node) -> tuple[str, int]:
    """The text, and how tightly its outermost operator binds."""
    match node:
        case Number(value=value):
            return _number(value), _ATOM
        case Text(value=text):
            return quoted(text), _ATOM
        case Flag(value=flag):
            return "true" if flag else "false", _ATOM
        case Null():
            return "null", _ATOM
        case Name(name=name):
            return name, _ATOM
        case Input():
            return "?", _ATOM
        case Path(of=of, name=name):
            return f"{_at(of, _PATH)}.{name}", _PATH
        case Filter(source=source, condition=condition):
            return f"{_at(source, _PATH)}[{print_tree(condition)}]", _PATH
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_argument(one) for one in arguments)})", _ATOM
        case Listing(items=items):
            return f"[{', '.join(print_tree(one) for one in items)}]", _ATOM
        case _:
            return _operation(node)


def _operation(node: Node) -> tuple[str, int]:
    match node:
        case Interval():
            return _interval(node), _ATOM
        case Negation(operand=operand):
            return f"-{_at(operand, _MINUS)}", _MINUS
        case Arithmetic(first=first, rest=rest):
            level = _SUM if rest[0][0] in "+-" else _PRODUCT
            steps = "".join(f" {sign} {_at(one, level + 1)}" for sign, one in rest)
            return _at(first, level + 1) + steps, level
        case Both(parts=parts):
            return " and ".join(_at(one, _COMPARED) for one in parts), _AND
        case Either(parts=parts):
            return " or ".join(_at(one, _AND) for one in parts), _OR
        case Comparison(operator=operator, left=left, right=right):
            return f"{_at(left, _SUM)} {operator} {_at(right, _SUM)}", _COMPARED
        case Between(value=value, low=low, high=high):
            bounds = f"{_at(low, _SUM)} and {_at(high, _SUM)}"
            return f"{_at(value, _SUM)} between {bounds}", _OPEN
        case Membership(value=value, tests=tests):
            return f"{_at(value, _SUM)} in {_tests(tests)}", _OPEN
        case Test(operator=operator, operand=operand):
            return f"{operator} {_at(operand, _SUM)}", _COMPARED
        case _:
            return _sentence(node)


def _sentence(node: Node) -> tuple[str, int]:
    match node:
        case Choose(condition=condition, then=then, otherwise=otherwise):
            branches = f"then {print_tree(then)} else {print_tree(otherwise)}"
            return f"if {print_tree(condition)} {branches}", _OPEN
        case Quantified(every=every, bindings=bindings, condition=condition):
            word = "every" if every else "some"
            return f"{word} {_bindings(bindings)} satisfies {print_tree(condition)}", _OPEN
        case Loop(bindings=bindings, result=result):
            return f"for {_bindings(bindings)} return {print_tree(result)}", _OPEN
        case Cell(tests=tests, negated=negated):
            inner = ", ".join(print_tree(one) for one in tests) or "-"
            return (f"not({inner})" if negated else inner), _OPEN
        case Argument():
            return _argument(node), _OPEN
        case _:
            raise TypeError(type(node).__name__)


def _at(node: Node, level: int) -> str:
    text, binds = _print(node)
    return text if binds >= level else f"({text})"


def _argument(argument: Argument) -> str:
    value = print_tree(argument.value)
    return f"{argument.name}: {value}" if argument.name else value


def _bindings(bindings: tuple[Binding, ...]) -> str:
    return ", ".join(f"{one.name} in {_at(one.source, _OR)}" for one in bindings)


def _tests(tests: tuple[Node, ...]) -> str:
    if len(tests) == 1 and isinstance(tests[0], Interval):
        return _interval(tests[0])
    return f"({', '.join(print_tree(one) for one in tests)})"


def _interval(interval: Interval) -> str:
    opening = "[" if interval.low_closed else "("
    closing = "]" if interval.high_closed else ")"
    bounds = f"{_at(interval.low, _SUM)}..{_at(interval.high, _SUM)}"
    return opening + bounds + closing


def _number(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and not -40 < exponent <= 0:
        return str(value)
    return format(value, "f")


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def quoted(text: str) -> str:
    """A text as a literal."""
    return f'"{text.translate(_ESCAPES)}"'
