"""``pgassay recover``: backups, and the proof that a recovery from them succeeds."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say

if TYPE_CHECKING:
    from pgassay.report.recovery.record import RecoveryRecord

_BACKUP = typer.Argument(
    help="A backup: its id, the start of it, or its directory; without it, the newest.",
    metavar="[BACKUP]",
    show_default=False,
)
_TO = typer.Option("--to", help="The directory that backups are kept in.", metavar="DIRECTORY")
_JOBS = typer.Option("-j", "--jobs", help="Connections that dump, restore and compare.", metavar="N")


def register(app: typer.Typer) -> None:
    """Add the command and what it can do."""
    group = typer.Typer(help="Backups, and drills that prove a recovery from them.", no_args_is_help=True)
    group.command("backup")(backup)
    group.command("list")(list_)
    group.command("verify")(verify)
    group.command("drill")(drill)
    group.command("pitr")(pitr)
    app.add_typer(group, name="recover")


def backup(
    context: typer.Context,
    *,
    to: Annotated[str | None, _TO] = None,
    jobs: Annotated[int | None, _JOBS] = None,
) -> int:
    """Back the target up: an archive, and a manifest of what it holds, both of one snapshot."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.recover.backup import back_up
    from pgassay.flows.recover.ground import RecoverWish

    call = invocation(context)
    flags = {"recovery.directory": to, "recovery.jobs": jobs}
    with around(call) as process:
        record = back_up(
            RecoverWish(target=call.target, silent=call.json), settings_for(call, flags), process
        )
    return _show(call, record)


def list_(context: typer.Context, *, to: Annotated[str | None, _TO] = None) -> int:
    """List the backups: how old, how large, how far proven, and whether each is still there."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.recover.backup import list_backups
    from pgassay.flows.recover.ground import RecoverWish
    from pgassay.report.recovery.document import backups_document
    from pgassay.report.recovery.listing import backups_text

    call = invocation(context)
    with around(call) as process:
        found = list_backups(
            RecoverWish(target=call.target), settings_for(call, {"recovery.directory": to}), process
        )
    say(backups_document(found) if call.json else backups_text(found))
    return found.exit


def verify(
    context: typer.Context,
    chosen: Annotated[str | None, _BACKUP] = None,
    *,
    to: Annotated[str | None, _TO] = None,
) -> int:
    """Verify a backup without restoring it: every file by its SHA-256, and the whole archive read."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.recover.backup import verify_backup
    from pgassay.flows.recover.ground import RecoverWish

    call = invocation(context)
    wish = RecoverWish(backup=chosen or "", target=call.target, silent=call.json)
    with around(call) as process:
        record = verify_backup(wish, settings_for(call, {"recovery.directory": to}), process)
    return _show(call, record)


def drill(
    context: typer.Context,
    chosen: Annotated[str | None, _BACKUP] = None,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make a backup first, and drill that.")] = False,
    suite: Annotated[
        bool, typer.Option("--suite/--no-tests", help="Whether the tests are run on the restored copy.")
    ] = True,
    to: Annotated[str | None, _TO] = None,
    jobs: Annotated[int | None, _JOBS] = None,
) -> int:
    """Rehearse the worst case: restore a backup elsewhere, prove it, measure how long that takes."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.recover.drill import drill as flow
    from pgassay.flows.recover.ground import RecoverWish

    call = invocation(context)
    wish = RecoverWish(backup=chosen or "", target=call.target, fresh=fresh, tests=suite, silent=call.json)
    flags = {"recovery.directory": to, "recovery.jobs": jobs}
    with around(call) as process:
        record = flow(wish, settings_for(call, flags), process)
    return _show(call, record)


def pitr(context: typer.Context) -> int:
    """Prove on a physical backup that a recovery to a point in time has what was before it, and no more."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.recover.ground import RecoverWish
    from pgassay.flows.recover.pitr import prove_point_in_time

    call = invocation(context)
    wish = RecoverWish(target=call.target, silent=call.json)
    with around(call) as process:
        record = prove_point_in_time(wish, settings_for(call), process)
    return _show(call, record)


def _show(call: Invocation, record: "RecoveryRecord") -> int:
    from pgassay.report.recovery.closing import recovery_text
    from pgassay.report.recovery.document import recovery_document

    say(recovery_document(record) if call.json else recovery_text(record))
    return record.exit
