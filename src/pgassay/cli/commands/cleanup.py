"""``pgassay cleanup``: remove what tests committed and registered."""

from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("cleanup")(cleanup)


def cleanup(
    context: typer.Context,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be removed, and remove nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Answer the guard's questions with yes.")] = False,
) -> int:
    """Remove the rows that tests committed and registered, and nothing else."""
    from pgassay.cli.consent import consent
    from pgassay.cli.process import settings_for
    from pgassay.flows.test.data import clean_target
    from pgassay.report.cleanup import cleanup_document, cleanup_exit, cleanup_text

    call = invocation(context)
    done = clean_target(settings_for(call), target=call.target, dry=dry_run, consent=consent(yes=yes))
    say(cleanup_document(done) if call.json else cleanup_text(done))
    return cleanup_exit(done)
