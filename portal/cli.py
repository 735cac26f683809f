"""The command line: `vordruck check | test | evaluate | … | serve`; one line per command."""

import sys

import typer

from portal.commands import (
    authoring,
    contract,
    diffing,
    dms,
    exporting,
    operating,
    returning,
    running,
    standards,
    transfers,
    translation,
    trying,
)

app = typer.Typer(
    name="vordruck",
    help="Declare a public procedure once; get its application, its proofs and its messages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# Name, what it does, and the example that stands under its --help.
COMMANDS = (
    ("new", authoring.new, "vordruck new hundesteuer"),
    ("check", authoring.check, "vordruck check musterprozess"),
    ("data", authoring.data, "vordruck data musterprozess"),
    ("test", authoring.test, "vordruck test musterprozess"),
    ("explain", authoring.explain, "vordruck explain unknown-field-type"),
    (
        "evaluate",
        trying.evaluate,
        "vordruck evaluate musterprozess answers.json --today 2026-11-23",
    ),
    (
        "quick-check",
        trying.quick_check,
        "vordruck quick-check musterprozess answers.json --today 2026-11-23",
    ),
    ("sample", trying.sample, "vordruck sample musterprozess --seed 7 --count 3"),
    (
        "payload",
        trying.payload,
        "vordruck payload musterprozess answers.json --output dms --out payloads",
    ),
    (
        "contract",
        contract.contract,
        "vordruck contract musterprozess --out pruefpaket",
    ),
    (
        "diff",
        diffing.diff,
        "vordruck diff musterprozess definitions/musterprozess.yaml",
    ),
    (
        "export",
        exporting.export,
        "vordruck export einbuergerung --as dmn --out einbuergerung.dmn",
    ),
    (
        "translate",
        translation.translate,
        "vordruck translate status einbuergerung",
    ),
    ("dms", dms.dms, "vordruck dms migrate --from dms --to dms-neu --report nachweis.json"),
    ("standards", standards.standards, "vordruck standards list"),
    ("feel", trying.feel, 'echo \'{"expression": "1 + 2"}\' | vordruck feel --stdin'),
    ("serve", running.serve, "vordruck serve --demo --port 8000"),
    ("work", running.work, "vordruck work --once"),
    (
        "deliveries",
        operating.deliveries,
        "vordruck deliveries list --target dms",
    ),
    ("inbox", returning.inbox, "vordruck inbox list"),
    ("reply", returning.reply, "vordruck reply K7Q4-M2XD-9PTA --kind question"),
    ("transfer", transfers.transfer, "vordruck transfer status"),
    ("migrate", running.migrate, "vordruck migrate"),
    ("bench", running.bench, "vordruck bench"),
)

for _name, _command, _example in COMMANDS:
    # \b: the example stays on one line, to be copied.
    app.command(_name, epilog=f"\b\nExample:\n  {_example}")(_command)


def main() -> None:
    """Exit code 0 fine, 1 findings, 2 wrong use; a fault of ours says that it is ours."""
    from portal.commands.words import speak_utf8, tell_fault

    speak_utf8()
    try:
        app()
    except Exception as fault:
        sys.exit(tell_fault(fault))


if __name__ == "__main__":
    main()
