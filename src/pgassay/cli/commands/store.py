"""``pgassay store``: the program's memory is installed, looked at, saved, and freed of what is old."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from pgassay.store.prune import Pruned

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


@store.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.", metavar="FILE")],
) -> int:
    """Write all that is remembered to a file, as it is at one moment."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.store import back_store_up

    call = invocation(context)
    written = back_store_up(file, settings_for(call), target=call.target)
    return _count(call, {f"{each.schema}.{each.name}": each.rows for each in written.tables}, "written")


@store.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that `store backup` wrote.", metavar="FILE")],
) -> int:
    """Add what a file has to the store; what is there already stays as it is."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.store import restore_store

    call = invocation(context)
    added = restore_store(file, settings_for(call), target=call.target)
    return _count(call, {f"{each.schema}.{each.name}": each.rows for each in added}, "added")


@store.command()
def prune(
    context: typer.Context,
    *,
    older_than: Annotated[
        str | None,
        typer.Option("--older-than", help="How old what goes is; else [store] keep.", metavar="TIME"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how much would go.")] = False,
) -> int:
    """Let go what is old and not needed; what is open, or what the readiness gate reads, stays."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.store import prune_store

    call = invocation(context)
    with around(call) as process:
        settings = settings_for(call, {"store.keep": older_than})
        found = prune_store(settings, target=call.target, dry=dry_run, stop=process.stop)
    _tell(call, found)
    return Exit.OK if found.whole else Exit.INTERRUPTED


def _count(call: Invocation, rows: dict[str, int], done: str) -> int:
    import msgspec

    if call.json:
        say(msgspec.json.encode({"format": "pgassay.store/1", done: rows}).decode())
    else:
        lines = [f"{count:>10,}  {name}" for name, count in rows.items() if count]
        say("\n".join([*lines, f"{sum(rows.values()):>10,}  rows {done}"]))
    return Exit.OK


def _tell(call: Invocation, found: "Pruned") -> None:
    import msgspec

    if call.json:
        document = {
            "format": "pgassay.store/1",
            "before": found.before.isoformat(),
            "dry_run": found.dry,
            "whole": found.whole,
            "deleted": dict(found.counts),
        }
        say(msgspec.json.encode(document).decode())
        return
    lines = [f"{count:>10,}  {name.replace('_', ' ')}" for name, count in found.counts if count]
    done = "would be deleted" if found.dry else "deleted"
    end = "" if found.whole else "; it was stopped, and more is left"
    say("\n".join([*lines, f"{found.total:>10,}  from before {found.before:%Y-%m-%d %H:%M} UTC {done}{end}"]))


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
