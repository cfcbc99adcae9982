"""``pgassay preflight``: can this database be tested, and is it secured?"""

from typing import Annotated

import typer

from pgassay.cli.commands.checks import perform
from pgassay.cli.invocation import invocation


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("preflight")(preflight)


def preflight(
    context: typer.Context,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Make red what is a warning or not verified.")
    ] = False,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="A report; repeatable.", metavar="NAME[:FILE]")
    ] = None,
) -> int:
    """Check what a deployment needs to be tested: the server, privileges, pgTAP, isolation, security."""
    from pgassay.model.check import Area

    return perform(
        invocation(context),
        areas=(Area.PREFLIGHT, Area.SECURITY),
        flags={"checks.strict": strict or None, "checks.formats": formats},
    )
