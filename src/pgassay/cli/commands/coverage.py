"""``pgassay coverage``: what of the database no test touches."""

from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("coverage")(coverage)


def coverage(
    context: typer.Context,
    run: Annotated[
        str,
        typer.Argument(
            help="A run's id, the start of one, last, or last-N; the last one that recorded it.",
            metavar="[RUN]",
            show_default=False,
        ),
    ] = "",
    *,
    schema: Annotated[list[str] | None, typer.Option(help="Only this schema; repeatable.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only table, view, function, policy or trigger; repeatable.", metavar="KIND"),
    ] = None,
    at_least: Annotated[
        float | None,
        typer.Option(help="The share to be touched, in percent.", metavar="PERCENT", min=0, max=100),
    ] = None,
) -> int:
    """Show which tables, views, functions, policies and triggers no test of a run touched."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.coverage import CoverageWish, coverage_of_run
    from pgassay.report.coverage import coverage_document, coverage_text

    call = invocation(context)
    wish = CoverageWish(run=run, schemas=tuple(schema or ()), kinds=tuple(kind or ()), at_least=at_least)
    with around(call) as process:
        found = coverage_of_run(wish, settings_for(call), target=call.target)
        wanted = process.report.colour
        colour = process.stdout.isatty() if wanted is None else wanted
        say(coverage_document(found) if call.json else coverage_text(found, colour=colour))
    return found.exit
