"""The shape of a message in lines: element by element, for people and for `grep`."""

from collections.abc import Iterator

from engine.message.shape import Codes, Content, Element, MessageShape, Parts, places


def text(shape: MessageShape) -> str:
    """Path, how often, content; without the header of the standard."""
    lines = [f"# {shape.standard} {shape.version} {shape.message}", "# path; how often; content"]
    return "\n".join([*lines, *_lines(shape)]) + "\n"


def _lines(shape: MessageShape) -> Iterator[str]:
    for path, element in places(shape):
        yield f"{path}; {_often(element)}; {_content(shape, element)}"


def _often(element: Element) -> str:
    most = "*" if element.most is None else str(element.most)
    return most if str(element.least) == most else f"{element.least}..{most}"


def _content(shape: MessageShape, element: Element) -> str:
    kind = shape.kind(element)
    if element.fixed is not None:
        return f'"{element.fixed}"'
    if isinstance(kind, Parts):
        return "one of" if kind.is_choice else "all of"
    return _codes(kind) if isinstance(kind, Codes) else _plain(kind)


def _codes(kind: Codes) -> str:
    codes = " ".join(kind.codes) if kind.codes else "not listed here"
    return f"code {kind.uri} {kind.version or ''}: {codes}"


def _plain(kind: Content) -> str:
    facts = [kind.base]
    if kind.datatype:
        facts.append(f"DIN 91379 datatype {kind.datatype}")
    if kind.max_length:
        facts.append(f"at most {kind.max_length} characters")
    if kind.pattern:
        facts.append(f"/{kind.pattern}/")
    return ", ".join(facts)
