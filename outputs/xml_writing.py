"""Trees as bytes: the same tree, the same bytes."""

from lxml import etree

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def serialise(root: etree._Element) -> bytes:
    """UTF-8, indented so that people can read what machines exchange."""
    etree.indent(root, "  ")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"
