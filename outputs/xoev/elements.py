"""The elements of a message in the names and code lists of its standard."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from engine.message.build import Builder, Env, Made
from engine.model_outputs import MapCode, MapTree
from outputs.application import Application
from outputs.xoev.documents import attached
from outputs.xoev.facts import CodeList
from outputs.xoev.standards import Standard


class Elements:
    """Writes what the mapping makes of an application."""

    def __init__(self, standard: Standard, application: Application, summary: bytes) -> None:
        self._standard = standard
        self._application = application
        self._summary = summary
        self._builder = Builder(application.plan.value, self._documents)

    def children(self, parent: str, tree: MapTree, env: Env) -> Iterator[etree._Element]:
        """The content of an element, in message order."""
        for made in self._builder.children(tree, env):
            yield self._written(parent, made)

    def _written(self, parent: str, made: Made) -> etree._Element:
        tag = self._standard.tag(parent, made.name)
        if made.code is not None:
            code_list = self._list(parent, made.name, made.code)
            return code_element(tag, made.text or "", code_list)
        element = etree.Element(tag)
        element.text = made.text
        element.extend(self._written(made.name, child) for child in made.children)
        return element

    def _list(self, parent: str, name: str, node: MapCode) -> CodeList | None:
        known = self._standard.code_list(parent, name)
        if node.list_uri is not None and ":" not in node.list_uri:
            known = self._standard.list_of(node.list_uri) or known
        uri = node.list_uri if node.list_uri and ":" in node.list_uri else known and known.uri
        version = node.list_version or (known and known.version)
        return CodeList(uri or "", version or "") if uri or version else None

    def _documents(self, ids: Sequence[str]) -> Iterable[Mapping[str, object]]:
        formats = frozenset(self._standard.formats)
        files = attached(self._application, ids, self._summary, formats)
        return (one.names(number) for number, one in enumerate(files, start=1))


def code_element(tag: str, code: str, code_list: CodeList | None) -> etree._Element:
    """A code with its list; `code` is in no namespace in every standard."""
    made = etree.Element(tag)
    if code_list is not None and code_list.uri:
        made.set("listURI", code_list.uri)
    if code_list is not None and code_list.version:
        made.set("listVersionID", code_list.version)
    etree.SubElement(made, "code").text = code
    return made
