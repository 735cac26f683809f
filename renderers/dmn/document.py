"""A graph as DMN 1.3 XML, with its picture."""

from lxml import etree

from renderers.dmn.graph import Column, Decision, Graph, InputData, ItemType, Row, Table
from renderers.dmn.layout import layout

# 1.3: dmn-js reads no other version.
MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
DMNDI = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
DC = "http://www.omg.org/spec/DMN/20180521/DC/"
DI = "http://www.omg.org/spec/DMN/20180521/DI/"
_NAMESPACES = {None: MODEL, "dmndi": DMNDI, "dc": DC, "di": DI}
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def to_xml(graph: Graph, namespace: str) -> bytes:
    """The file; the same graph, the same bytes. `namespace` is the model's own."""
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=_NAMESPACES)
    for name, value in {
        "id": graph.id,
        "name": graph.name,
        "namespace": namespace,
        "expressionLanguage": FEEL,
        "typeLanguage": FEEL,
    }.items():
        root.set(name, value)
    _Writer(root, graph).write()
    etree.indent(root, "  ")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


class _Writer:
    """Writes one file; ids are made of names, so that a new version of a file compares well."""

    def __init__(self, root: etree._Element, graph: Graph) -> None:
        self._root = root
        self._graph = graph
        self._inputs = frozenset(one.name for one in graph.inputs)

    def write(self) -> None:
        _described(self._root, self._graph.description)
        for item in self._graph.types:
            _item(self._root, item)
        for one in self._graph.inputs:
            self._input(one)
        for decision in self._graph.decisions:
            self._decision(decision)
        self._picture()

    def _input(self, one: InputData) -> None:
        element = _named(self._root, "inputData", _id(one.name), one.name, one.label)
        _described(element, one.description)
        _variable(element, one.name, one.type)

    def _decision(self, decision: Decision) -> None:
        name = decision.name
        element = _named(self._root, "decision", _id(name), name, decision.label)
        _described(element, decision.description)
        _variable(element, name, decision.type)
        for need in decision.needs:
            requirement = _child(element, "informationRequirement", id=_edge(need, name))
            kind = "requiredInput" if need in self._inputs else "requiredDecision"
            _child(requirement, kind, href=f"#{_id(need)}")
        if isinstance(decision.logic, Table):
            self._table(element, decision, decision.logic)
        else:
            literal = _child(element, "literalExpression", id=f"{_id(name)}_formel")
            literal.set("typeRef", decision.type)
            _text(literal, decision.logic)

    def _table(self, parent: etree._Element, decision: Decision, table: Table) -> None:
        own = f"{_id(decision.name)}_tabelle"
        element = _child(parent, "decisionTable", id=own, hitPolicy=table.hit_policy)
        if table.aggregation:
            element.set("aggregation", table.aggregation)
        element.set("outputLabel", decision.label or decision.name)
        for number, column in enumerate(table.columns, 1):
            _column(element, column, f"{own}_e{number}")
        output = _child(element, "output", id=f"{own}_a")
        output.set("label", decision.label or decision.name)
        output.set("typeRef", self._item_type(decision.type))
        if table.allowed:
            _text(_child(output, "outputValues", id=f"{own}_a_werte"), ", ".join(table.allowed))
        if table.default is not None:
            _text(_child(output, "defaultOutputEntry", id=f"{own}_sonst"), table.default)
        for name in table.annotations:
            _child(element, "annotation", name=name)
        for number, row in enumerate(table.rows, 1):
            _row(element, row, f"{own}_r{number}")

    def _item_type(self, name: str) -> str:
        """What one rule gives: of a collection its element."""
        for item in self._graph.types:
            if item.name == name and item.is_collection:
                return item.of
        return name

    def _picture(self) -> None:
        placed = layout(self._graph.needs(), self._inputs)
        dmndi = etree.SubElement(self._root, f"{{{DMNDI}}}DMNDI")
        diagram = etree.SubElement(dmndi, f"{{{DMNDI}}}DMNDiagram", id="bild")
        for name, box in placed.boxes.items():
            shape = etree.SubElement(diagram, f"{{{DMNDI}}}DMNShape", id=f"bild_{_id(name)}")
            shape.set("dmnElementRef", _id(name))
            bounds = etree.SubElement(shape, f"{{{DC}}}Bounds")
            for key in ("x", "y", "width", "height"):
                bounds.set(key, str(getattr(box, key)))
        for line in placed.lines:
            own = _edge(line.source, line.target)
            edge = etree.SubElement(diagram, f"{{{DMNDI}}}DMNEdge", id=f"bild_{own}")
            edge.set("dmnElementRef", own)
            for x, y in line.points:
                etree.SubElement(edge, f"{{{DI}}}waypoint", x=str(x), y=str(y))


def _id(name: str) -> str:
    return f"_{name}"


def _edge(source: str, target: str) -> str:
    return f"_{source}-{target}"


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{MODEL}}}{tag}", attributes)


def _named(parent: etree._Element, tag: str, own: str, name: str, label: str) -> etree._Element:
    element = _child(parent, tag, id=own, name=name)
    if label:
        element.set("label", label)
    return element


def _text(parent: etree._Element, text: str) -> None:
    _child(parent, "text").text = text


def _described(parent: etree._Element, text: str) -> None:
    if text:
        _child(parent, "description").text = text


def _variable(parent: etree._Element, name: str, type_name: str) -> None:
    _child(parent, "variable", id=f"{_id(name)}_wert", name=name, typeRef=type_name)


def _item(parent: etree._Element, item: ItemType) -> None:
    element = _child(parent, "itemDefinition", id=_id(item.name), name=item.name)
    if item.is_collection:
        element.set("isCollection", "true")
    if item.of:
        _child(element, "typeRef").text = item.of
    if item.allowed:
        _text(
            _child(element, "allowedValues", id=f"{_id(item.name)}_werte"), ", ".join(item.allowed)
        )
    for name, of in item.parts:
        part = _child(element, "itemComponent", id=f"{_id(item.name)}.{name}", name=name)
        _child(part, "typeRef").text = of


def _column(parent: etree._Element, column: Column, own: str) -> None:
    element = _child(parent, "input", id=own, label=column.label)
    expression = _child(element, "inputExpression", id=f"{own}_formel", typeRef=column.type)
    _text(expression, column.expression)


def _row(parent: etree._Element, row: Row, own: str) -> None:
    """dmn-js shows the description in its last column, others the annotations."""
    element = _child(parent, "rule", id=own)
    _described(element, " · ".join(one for one in row.annotations if one))
    for number, cell in enumerate(row.cells, 1):
        _text(_child(element, "inputEntry", id=f"{own}_e{number}"), cell)
    _text(_child(element, "outputEntry", id=f"{own}_a"), row.output)
    for one in row.annotations:
        _text(_child(element, "annotationEntry"), one)
