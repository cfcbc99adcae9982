"""``pgassay evidence``: what a run on production left behind, and the proof."""

from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evidence")(evidence)


def evidence(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="A run's id, the start of one, last, or last-N.", metavar="RUN")],
) -> int:
    """Show what a run that is safe on production left behind, and check the proof again."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.evidence import evidence_of_run
    from pgassay.report.ledger import ledger_document, ledger_text

    call = invocation(context)
    ledger = evidence_of_run(run, settings_for(call), target=call.target)
    say(ledger_document(ledger) if call.json else ledger_text(ledger))
    return ledger.exit
