"""A new procedure from an existing one."""

import re
from pathlib import Path

from portal.commands.procedures import definitions_folder, locate
from portal.commands.words import refuse


def copy_procedure(name: str, source: str) -> Path:
    """Copy a definition under a new id; catalogues start empty, so that nothing is wrong."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,62}", name):
        refuse(f"»{name}« ist kein Name für ein Verfahren: a-z, 0-9 und _, z. B. hundesteuer.")
    target = definitions_folder() / f"{name}.yaml"
    if target.exists():
        refuse(f"{target} gibt es schon.")
    text = locate(source).read_text("utf-8")
    renamed, count = re.subn(r"(?m)^procedure:.*$", f"procedure: {name}", text, count=1)
    if not count:
        refuse(f"»{source}« hat keine Zeile »procedure:«.")
    target.write_text(renamed, "utf-8")
    return target
