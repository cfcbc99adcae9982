"""``pgassay store``: install the program's memory, and say how it stands."""

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit

store = typer.Typer(
    name="store", help="The program's memory: its tables in PostgreSQL.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(store)


@store.command()
def install(context: typer.Context) -> int:
    """Install the store, or bring it up to date; at its newest version already, change nothing."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.store import install_store

    call = invocation(context)
    found = install_store(settings_for(call), target=call.target)
    return _show(call, installed=found.installed, known=found.known)


@store.command()
def status(context: typer.Context) -> int:
    """Say which version is installed; the exit code is 1 unless it is the program's own."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.store import store_status

    call = invocation(context)
    found = store_status(settings_for(call), target=call.target)
    return _show(call, installed=found.installed, known=found.known)


def _show(call: Invocation, *, installed: int | None, known: int) -> int:
    import msgspec

    if call.json:
        document = {"format": "pgassay.store/1", "installed": installed, "known": known}
        say(msgspec.json.encode(document).decode())
    elif installed is None:
        say(f"The store is not installed (this program brings version {known}): pgassay store install")
    else:
        say(f"The store is installed in version {installed}; this program knows {known}.")
    return Exit.OK if installed == known else Exit.RED
