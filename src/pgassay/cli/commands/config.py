"""``pgassay config``: the settings that hold here, and where each came from."""

from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("config")(config)


def config(
    context: typer.Context,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Say where each value came from.")] = False,
) -> int:
    """Show every setting; secrets are left out."""
    import msgspec

    from pgassay.cli.process import settings_for

    call = invocation(context)
    shown = settings_for(call).explained
    if call.json:
        say(msgspec.json.encode({"format": "pgassay.config/1", "settings": shown}).decode())
        return Exit.OK
    wide = max((len(each.key) for each in shown), default=0)
    value = max((len(each.value) for each in shown), default=0)
    for each in shown:
        origin = f"  {each.origin}" if explain else ""
        say(f"{each.key:<{wide}}  {each.value:<{value if explain else 0}}{origin}".rstrip())
    return Exit.OK
