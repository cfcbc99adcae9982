"""``pgassay ready``: may this go to production?"""

import os
from pathlib import Path
from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import on_colour, say
from pgassay.model.exits import Exit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ready")(ready)


def ready(
    context: typer.Context,
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for a job summary or a comment.")
    ] = False,
) -> int:
    """Say whether this may go to production: every criterion, its evidence, and one verdict.

    The exit code is 0 only for READY. In a GitHub job the verdict also goes into the job's summary.
    """
    from pgassay.cli.process import settings_for
    from pgassay.flows.ready import readiness
    from pgassay.model.readiness import Verdict
    from pgassay.report.readiness import readiness_document, readiness_markdown, readiness_text

    call = invocation(context)
    found = readiness(settings_for(call), target=call.target)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as out:
            out.write(readiness_markdown(found) + "\n")
    if call.json:
        say(readiness_document(found))
    elif markdown:
        say(readiness_markdown(found))
    else:
        say(readiness_text(found, colour=on_colour()))
    return Exit.OK if found.verdict is Verdict.READY else Exit.RED
