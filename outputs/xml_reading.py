"""XML from outside (schemas, answers of other systems): no DTD, no network, bounded size."""

from lxml import etree

LARGEST = 20_000_000


class UnsafeXml(ValueError):
    """Not well-formed, too large, or it brings a document type of its own."""


def strict_parser() -> etree.XMLParser:
    """Expands nothing and fetches nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
    )


def read_xml(content: bytes, *, largest: int = LARGEST, parser: etree.XMLParser | None = None,
             base_url: str | None = None) -> etree._Element:  # fmt: skip
    """The root element of a document from outside."""
    if len(content) > largest:
        raise UnsafeXml(f"larger than {largest} bytes")
    try:
        root = etree.fromstring(content, parser or strict_parser(), base_url=base_url)
    except etree.XMLSyntaxError as fault:
        raise UnsafeXml(str(fault)) from fault
    if root.getroottree().docinfo.doctype:
        raise UnsafeXml("a document type is not allowed")
    return root
