"""``pgassay rollback``: whether one is asked for, the emergency rollback itself, and taking it back."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from pgassay.report.rollback.record import RollbackRecord

_CONFIRM = typer.Option(
    "--confirm",
    help="The name of the database that is to be replaced, instead of typing it when asked.",
    metavar="DBNAME",
)
_REASON = typer.Option("--reason", help="Why; by default what the triggers say.", metavar="TEXT")


def register(app: typer.Typer) -> None:
    """Add the command and what it can do."""
    group = typer.Typer(
        help="The emergency rollback: a tested backup in the place of the database, and back again.",
        no_args_is_help=True,
    )
    for command in (check, run, undo):
        group.command()(command)
    group.command("list")(list_)
    app.add_typer(group, name="rollback")


def check(context: typer.Context) -> int:
    """Say whether a rollback is asked for: trigger file, failing tests, critical alerts. Nothing is done.

    The exit code is 1 for ROLL BACK and 0 for STAY; where there is too little to judge by, it is neither.
    """
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.rollback.check import check_release
    from pgassay.flows.rollback.ground import settle_if_possible
    from pgassay.report.rollback.document import release_document
    from pgassay.report.rollback.release import release_exit, release_text

    call = invocation(context)
    settings = settings_for(call)
    with around(call) as process:
        settle_if_possible(settings, process, target=call.target, silent=call.json)
    found = check_release(settings, target=call.target)
    say(release_document(found) if call.json else release_text(found))
    return release_exit(found)


def run(
    context: typer.Context,
    *,
    confirm: Annotated[str | None, _CONFIRM] = None,
    reason: Annotated[str | None, _REASON] = None,
    backup: Annotated[
        str | None,
        typer.Option("--backup", help="The id of another tested backup than the newest.", metavar="ID"),
    ] = None,
) -> int:
    """Put the newest tested backup in the place of the database, which is kept aside under another name.

    Where the role may not rename it, its schemas are replaced inside of it. What would be replaced and lost
    is shown first. Without the name of the database nothing is done.
    """
    from pgassay.cli.consent import name_consent
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.rollback.ground import RollbackWish
    from pgassay.flows.rollback.run import run_rollback

    call = invocation(context)
    wish = RollbackWish(
        target=call.target,
        backup=backup or "",
        reason=reason or "",
        silent=call.json,
        consent=name_consent(confirm or ""),
    )
    with around(call) as process:
        record = run_rollback(wish, settings_for(call), process)
    return _show(call, record)


def undo(
    context: typer.Context,
    *,
    confirm: Annotated[str | None, _CONFIRM] = None,
    reason: Annotated[str | None, _REASON] = None,
) -> int:
    """Put back what was set aside last, database or schemas; what is in use is kept aside in its turn."""
    from pgassay.cli.consent import name_consent
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.rollback.ground import RollbackWish
    from pgassay.flows.rollback.run import undo_rollback

    call = invocation(context)
    wish = RollbackWish(
        target=call.target, reason=reason or "", silent=call.json, consent=name_consent(confirm or "")
    )
    with around(call) as process:
        record = undo_rollback(wish, settings_for(call), process)
    return _show(call, record)


def list_(context: typer.Context) -> int:
    """List what was done, what was interrupted, and which databases and schemas are kept aside."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.rollback.run import list_rollbacks
    from pgassay.report.rollback.document import rollbacks_document
    from pgassay.report.rollback.listing import rollbacks_text

    call = invocation(context)
    with around(call) as process:
        found = list_rollbacks(settings_for(call), process, target=call.target, silent=call.json)
    say(rollbacks_document(found) if call.json else rollbacks_text(found))
    return Exit.OK


def _show(call: Invocation, record: "RollbackRecord") -> int:
    from pgassay.report.rollback.closing import closing_text
    from pgassay.report.rollback.document import record_document

    say(record_document(record) if call.json else closing_text(record))
    return record.exit
