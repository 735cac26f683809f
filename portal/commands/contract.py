"""The command for the authority's vendor: contract."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portal.commands.words import give, refuse, say, shown

if TYPE_CHECKING:
    from portal.contract.judge import Judge

_MOST = 50


def contract(
    name: Annotated[str, typer.Argument(metavar="ID", help="procedure: id or file")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="write the pack into this folder")
    ] = None,
    serve: Annotated[
        int | None,
        typer.Option("--serve", metavar="PORT", min=1, max=65535, help="play the receiver here"),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="DIR", help="with --serve: its inbox")
    ] = Path("eingang"),
    seed: Annotated[int, typer.Option(help="same seed, same samples")] = 0,
    count: Annotated[int, typer.Option(min=1, max=_MOST, help="how many samples")] = 3,
    today: Annotated[
        str | None, typer.Option("--today", metavar="YYYY-MM-DD", help="day of decision")
    ] = None,
) -> None:
    """Write what a receiver's vendor needs for tests, or play the receiver."""
    from portal.commands.given import day
    from portal.commands.payloads import schemas_at_hand
    from portal.commands.procedures import prepared
    from portal.contract.judge import Judge
    from portal.contract.pack import files

    if (out is None) == (serve is None):
        refuse(
            "Sagen Sie mit --out DIR, wohin das Prüfpaket soll, oder mit --serve PORT, wo der "
            "Empfänger laufen soll.",
            "Say with --out DIR where the pack goes, or with --serve PORT where to receive.",
        )
    plan, on, schemas = prepared(name), day(today), schemas_at_hand()
    if serve is not None:
        _receive(Judge(plan, on, schemas), folder, serve)
    elif out is not None:
        pack = files(plan, schemas, today=on, seed=seed, count=count)
        _write(out, pack)
        give({"folder": str(out), "files": len(pack), "bytes": sum(map(len, pack.values()))})


def _write(out: Path, pack: dict[str, bytes]) -> None:
    try:
        if out.exists() and any(out.iterdir()):
            refuse(
                f"»{shown(out)}« ist nicht leer. Nehmen Sie einen neuen Ordner.",
                "The folder is not empty: name a new one.",
            )
        for path, content in pack.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
    except (OSError, ValueError):
        refuse(f"In »{shown(out)}« lässt sich nicht schreiben.", "This cannot be written to.")


def _receive(judge: "Judge", folder: Path, port: int) -> None:
    import uvicorn

    from portal.clock import Clock
    from portal.contract.endpoint import app_of, watching
    from portal.contract.simulator import Answer, Simulator

    def tell(answer: Answer) -> None:
        give(answer.as_json())

    try:
        simulator = Simulator(judge, folder, Clock(None).now)
    except OSError:
        refuse(f"In »{shown(folder)}« lässt sich nicht schreiben.", "This cannot be written to.")
    say(
        f"Der Empfänger läuft: http://127.0.0.1:{port}/ und Ordner »{shown(folder)}«. Er ist nur "
        "zum Ausprobieren da. Strg+C beendet ihn.",
        "The receiver runs. It is for trials only: no real applications. Ctrl+C ends it.",
    )
    with watching(simulator, tell):
        uvicorn.run(app_of(simulator), host="127.0.0.1", port=port, log_level="warning")
