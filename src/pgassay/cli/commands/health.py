"""``pgassay health``: how is this database doing?"""

from typing import Annotated

import typer

from pgassay.cli.commands.checks import perform
from pgassay.cli.invocation import invocation


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("health")(health)


def health(
    context: typer.Context,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Make red what is DEGRADED or not verified.")
    ] = False,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="A report; repeatable.", metavar="NAME[:FILE]")
    ] = None,
) -> int:
    """Say how a database is doing: HEALTHY, DEGRADED or UNHEALTHY, by check and overall."""
    from pgassay.model.check import Area

    return perform(
        invocation(context),
        areas=(Area.HEALTH,),
        flags={"checks.strict": strict or None, "checks.formats": formats},
    )
