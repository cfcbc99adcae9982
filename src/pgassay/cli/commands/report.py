"""``pgassay report``: the executions of the last hours by category."""

from datetime import timedelta
from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import on_colour, say
from pgassay.model.exits import Exit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    context: typer.Context,
    *,
    hours: Annotated[float, typer.Option(help="How far to look back.", min=0.01)] = 24,
) -> int:
    """Sum up the executions of the last 24 hours by category."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.report import summarise_period
    from pgassay.report.digest import digest, digest_document, digest_table

    call = invocation(context)
    settings = settings_for(call)
    with around(call) as process:
        summaries, measured = summarise_period(settings, target=call.target, hours=hours)
        until = process.now()
        shown = digest(summaries, measured, since=until - timedelta(hours=hours), until=until)
        if call.json:
            say(digest_document(shown))
        else:
            say(digest_table(shown, colour=on_colour()), end="")
    return Exit.OK
