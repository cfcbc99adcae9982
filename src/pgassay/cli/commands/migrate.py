"""``pgassay migrate``: plan, rehearse and apply migrations, take them back, and say where they stand."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pgassay.report.migration.record import MigrationRecord

_FILE = typer.Argument(
    help="A migration: its file, its version or its id.", metavar="[FILE]", show_default=False
)
_ROLLBACK_FILE = typer.Argument(
    help="The file that takes it back, if it is not where it belongs.",
    metavar="[ROLLBACK_FILE]",
    show_default=False,
)
_IRREVERSIBLE = typer.Option(
    "--irreversible-ok", help="Why it is right that it cannot be taken back wholly.", metavar="REASON"
)
_UNREHEARSED = typer.Option(
    "--unrehearsed",
    help="Why it is not as it was rehearsed, in an emergency; it is recorded.",
    metavar="REASON",
)
_YES = typer.Option("--yes", help="Answer yes to what would be asked on production.")


def register(app: typer.Typer) -> None:
    """Add the command and what it can do."""
    group = typer.Typer(
        help="Migrations: rehearsed on a copy, applied as rehearsed, taken back as rehearsed.",
        no_args_is_help=True,
    )
    for command in (plan, rehearse, apply, rollback, adopt, status):
        group.command()(command)
    app.add_typer(group, name="migrate")


def plan(
    context: typer.Context,
    file: Annotated[str | None, _FILE] = None,
    rollback_file: Annotated[str | None, _ROLLBACK_FILE] = None,
) -> int:
    """Show what would be sent, what is committed together, who would wait, and what is risky."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.migrate.ground import MigrateWish
    from pgassay.flows.migrate.status import plan_migrations
    from pgassay.report.migration.document import plans_document
    from pgassay.report.migration.plan import plan_exit, plan_text

    call = invocation(context)
    wish = MigrateWish(file=file or "", rollback_file=rollback_file, target=call.target)
    plans = plan_migrations(wish, settings_for(call))
    say(plans_document(plans) if call.json else plan_text(plans))
    return plan_exit(plans)


def rehearse(
    context: typer.Context,
    file: Annotated[str | None, _FILE] = None,
    rollback_file: Annotated[str | None, _ROLLBACK_FILE] = None,
    *,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            help="Where: clone, on the target's own server; embedded, on a server of its own (production).",
            metavar="PLACE",
        ),
    ] = None,
    no_data: Annotated[
        bool, typer.Option("--no-data", help="On embedded: copy the schema only; lost data is not seen.")
    ] = False,
    irreversible: Annotated[str | None, _IRREVERSIBLE] = None,
) -> int:
    """Rehearse a migration, or all that are pending, on a copy: there, back, and there again."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.migrate.ground import MigrateWish
    from pgassay.flows.migrate.rehearse import rehearse as flow

    call = invocation(context)
    wish = MigrateWish(
        file=file or "",
        rollback_file=rollback_file,
        target=call.target,
        irreversible=irreversible or "",
        place=on or "",
        with_data=not no_data,
        silent=call.json,
    )
    with around(call) as process:
        records = flow(wish, settings_for(call), process)
    return _show(call, records)


def apply(
    context: typer.Context,
    file: Annotated[str | None, _FILE] = None,
    rollback_file: Annotated[str | None, _ROLLBACK_FILE] = None,
    *,
    unrehearsed: Annotated[str | None, _UNREHEARSED] = None,
    irreversible: Annotated[str | None, _IRREVERSIBLE] = None,
    yes: Annotated[bool, _YES] = False,
) -> int:
    """Apply a migration, or the next one: on production only as it was rehearsed."""
    from pgassay.cli.consent import consent
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.migrate.apply import apply_migration
    from pgassay.flows.migrate.ground import MigrateWish

    call = invocation(context)
    wish = MigrateWish(
        file=file or "",
        rollback_file=rollback_file,
        target=call.target,
        unrehearsed=unrehearsed or "",
        irreversible=irreversible or "",
        silent=call.json,
        consent=consent(yes=yes),
    )
    with around(call) as process:
        record = apply_migration(wish, settings_for(call), process)
    return _show(call, (record,))


def rollback(
    context: typer.Context,
    file: Annotated[str | None, _FILE] = None,
    rollback_file: Annotated[str | None, _ROLLBACK_FILE] = None,
    *,
    unrehearsed: Annotated[str | None, _UNREHEARSED] = None,
    yes: Annotated[bool, _YES] = False,
) -> int:
    """Take a migration back by its rollback file: the one named, or the last that was applied."""
    from pgassay.cli.consent import consent
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.migrate.apply import roll_back
    from pgassay.flows.migrate.ground import MigrateWish

    call = invocation(context)
    wish = MigrateWish(
        file=file or "",
        rollback_file=rollback_file,
        target=call.target,
        unrehearsed=unrehearsed or "",
        silent=call.json,
        consent=consent(yes=yes),
    )
    with around(call) as process:
        record = roll_back(wish, settings_for(call), process)
    return _show(call, (record,))


def adopt(
    context: typer.Context,
    up_to: Annotated[
        str | None,
        typer.Argument(
            help="The last one that is applied: its file, its version or its id.",
            metavar="[UP_TO]",
            show_default=False,
        ),
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All migrations that there are.")] = False,
    unverified: Annotated[
        str | None,
        typer.Option(
            "--unverified",
            help="Why it is right that something they make is not there; it is recorded.",
            metavar="REASON",
        ),
    ] = None,
    yes: Annotated[bool, _YES] = False,
) -> int:
    """Take into the history what was applied by other means; it is looked up, and not run."""
    from pgassay.cli.consent import consent
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.migrate.adopt import adopt_migrations
    from pgassay.flows.migrate.ground import MigrateWish
    from pgassay.report.migration.adopted import adopted_text

    call = invocation(context)
    wish = MigrateWish(
        file=up_to or "",
        target=call.target,
        everything=everything,
        unverified=unverified or "",
        silent=call.json,
        consent=consent(yes=yes),
    )
    with around(call) as process:
        records = adopt_migrations(wish, settings_for(call), process)
    return _show(call, records, adopted_text)


def status(context: typer.Context) -> int:
    """Show what is applied, pending, changed, failed or interrupted, and what else was changed since."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.migrate.ground import MigrateWish
    from pgassay.flows.migrate.status import migration_status
    from pgassay.report.migration.document import status_document
    from pgassay.report.migration.standing import status_text

    call = invocation(context)
    with around(call) as process:
        found = migration_status(MigrateWish(target=call.target), settings_for(call), process)
    say(status_document(found) if call.json else status_text(found))
    return found.exit


def _show(
    call: Invocation,
    records: "tuple[MigrationRecord, ...]",
    text: "Callable[[Sequence[MigrationRecord]], str] | None" = None,
) -> int:
    from pgassay.report.migration.closing import closings_text
    from pgassay.report.migration.document import records_document

    code = next((each.exit for each in records if each.exit), Exit.OK)
    say(records_document(records, exit_=code) if call.json else (text or closings_text)(records))
    return code
