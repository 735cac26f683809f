"""A message with one element of each sort; only its `kennung` is required."""

from engine.message.shape import Codes, Content, Element, MessageShape, Parts


def _shape() -> MessageShape:
    person = (
        Element("name", "Name"),
        Element("spitzname", "Name", 0, 2),
        Element("geburt", "Geburt", 0),
        Element("anschrift", "Anschrift", 0),
    )
    address = (
        Element("postleitzahl", "Name"),
        Element("strasse", "Name"),
        Element("wohnort", "Name"),
    )
    whole = (
        Element("kennung", "Name"),
        Element("art", "Art", 0),
        Element("person", "Person", 0),
        Element("zeugen", "Zeugen", 0),
        Element("bemerkung", "Zeile", 0),
        Element("zeile", "Kurz", 0),
        Element("nummer", "Nummer", 0),
        Element("anzahl", "Anzahl", 0),
        Element("verheiratet", "JaNein", 0),
        Element("bestaetigt", "JaNein", 0, fixed="true"),
        Element("tag", "Tag", 0),
    )
    birth = (Element("tag", "Tag"), Element("unbekannt", "JaNein", fixed="true"))
    kinds = (
        Content("Name", "text", "C"),
        Content("Zeile", "text", "C", 1, pattern=r"[^\n]*"),
        Content("Kurz", "text", "C", 1, 35),
        Content("Nummer", "text", "C", pattern="[0-9]{1,5}"),
        Content("Anzahl", "integer", minimum=0, maximum=5),
        Content("JaNein", "yes_no"),
        Content("Tag", "date"),
        Codes("Art", "urn:muster:art", "1", ("a", "b", "c")),
        Parts("Person", person),
        Parts("Geburt", birth, is_choice=True),
        Parts("Anschrift", address),
        Parts("Zeugen", (Element("zeuge", "Name", 2, 3),)),
    )
    types = {one.name: one for one in kinds}
    return MessageShape("muster", "1.0", "muster.0001", Parts("muster.0001", whole), types)


MUSTER = _shape()
SHAPES = {("muster", "1.0"): {"muster.0001": MUSTER}}
