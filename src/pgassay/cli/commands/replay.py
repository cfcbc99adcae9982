"""``pgassay replay``: a stored run through any report."""

from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay")(replay)


def replay(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="A run's id, the start of one, last, or last-N.", metavar="RUN")],
    *,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="A report; repeatable.", metavar="NAME[:FILE]")
    ] = None,
) -> int:
    """Show a run again as it was, through any report; the exit code is the run's own."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.report import replay_run
    from pgassay.report.document import run_document
    from pgassay.report.summary import summarise

    call = invocation(context)
    settings = settings_for(call, {"report.formats": formats})
    with around(call) as process:
        record = replay_run(run, settings, process, target=call.target, silent=call.json)
    if call.json:
        say(run_document(record))
    return summarise(record).exit
