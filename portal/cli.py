"""The command line: `vordruck check | test | evaluate | … | serve`; one line per command."""

import sys

import typer

from portal.commands import authoring, running, trying

app = typer.Typer(
    name="vordruck",
    help="Declare a public procedure once; get its application, its proofs and its messages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

COMMANDS = (
    ("new", authoring.new),
    ("check", authoring.check),
    ("test", authoring.test),
    ("explain", authoring.explain),
    ("evaluate", trying.evaluate),
    ("quick-check", trying.quick_check),
    ("sample", trying.sample),
    ("payload", trying.payload),
    ("feel", trying.feel),
    ("serve", running.serve),
    ("work", running.work),
    ("migrate", running.migrate),
    ("bench", running.bench),
)

for _name, _command in COMMANDS:
    app.command(_name)(_command)


def main() -> None:
    """Exit code 0 fine, 1 findings, 2 wrong use; a fault of ours says that it is ours."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as fault:
        from portal.commands.words import tell_our_fault

        tell_our_fault(fault)
        sys.exit(1)


if __name__ == "__main__":
    main()
