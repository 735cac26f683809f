"""Writes docs/procedures.md: how large each procedure is, counted from the definitions.

./run python docs/tables.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine import Plan  # noqa: E402  the folder above must be importable first
from engine.model import Computed, Field, Group, Item, Procedure, with_paths  # noqa: E402
from portal.commands.messages import message_reports  # noqa: E402
from portal.commands.procedures import definition_files, prepared  # noqa: E402

HEAD = """\
# The procedures in numbers

Counted from `definitions/` by `./run python docs/tables.py`; a test keeps this page true.
The blueprint `musterprozess` is one file of YAML: adding it took no line of code.

| procedure | lines of YAML | pages | fields | groups | computed | checks | conditions | documents \
| Quick Check questions | decisions | table rules | outcomes | settings | cases \
| mapped elements | unmapped optional |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""


def page() -> str:
    """The whole page."""
    paths = definition_files(ROOT / "definitions")
    return HEAD + "".join(_row(path, prepared(str(path))) for path in paths)


def _row(path: Path, plan: Plan) -> str:
    procedure = plan.procedure
    items = [item for page in procedure.pages for _, item in with_paths(page.items)]
    check = procedure.quick_check
    numbers = (
        len(path.read_text("utf-8").splitlines()),
        len(procedure.pages),
        sum(isinstance(item, Field) for item in items),
        sum(isinstance(item, Group) for item in items),
        sum(isinstance(item, Computed) for item in items),
        _checks(procedure, items),
        _conditions(procedure, items),
        len(procedure.documents),
        len(check.questions) if check else 0,
        len(check.decisions) if check else 0,
        sum(len(decision.rules) for decision in check.decisions) if check else 0,
        len(check.outcomes) if check else 0,
        len(procedure.settings),
        len(procedure.cases),
        *_message(plan),
    )
    return f"| {procedure.id} | " + " | ".join(str(number) for number in numbers) + " |\n"


def _message(plan: Plan) -> tuple[int | str, int | str]:
    """Elements of the message that are filled, and optional ones that are not."""
    for report in message_reports(plan.checked):
        return len(report.coverage.mapped), len(report.coverage.unmapped)
    return "–", "–"


def _checks(procedure: Procedure, items: list[Item]) -> int:
    own = sum(len(item.checks) for item in items if isinstance(item, Field | Group))
    return own + sum(len(page.checks) for page in procedure.pages)


def _conditions(procedure: Procedure, items: list[Item]) -> int:
    names = ("show_if", "required_if", "optional_if")
    held = (*procedure.pages, *items, *procedure.documents)
    return sum(getattr(item, name, None) is not None for item in held for name in names)


if __name__ == "__main__":
    (ROOT / "docs" / "procedures.md").write_text(page(), "utf-8")
