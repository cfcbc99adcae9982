"""``pgassay report``: the executions of the last hours by category."""

from datetime import timedelta
from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
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
    import msgspec

    from pgassay.cli.process import around, settings_for
    from pgassay.flows.report import summarise_period
    from pgassay.report.digest import digest, digest_lines
    from pgassay.report.screen.plain import PlainScreen

    call = invocation(context)
    settings = settings_for(call)
    with around(call) as process:
        summaries = summarise_period(settings, target=call.target, hours=hours)
        until = process.now()
        shown = digest(summaries, since=until - timedelta(hours=hours), until=until)
        if call.json:
            typer.echo(msgspec.json.encode(shown).decode())
        else:
            colour = process.report.colour if process.report.colour is not None else process.stdout.isatty()
            PlainScreen(process.stdout, colour=colour).write(digest_lines(shown))
    return Exit.OK
