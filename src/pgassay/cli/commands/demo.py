"""``pgassay demo``: the whole story on an embedded server."""

from pathlib import Path
from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import on_colour, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    *,
    scale: Annotated[int, typer.Option(help="The size of the CRM's data.", min=1)] = 1,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", help="Parallel workers, each with a clone.", min=1)
    ] = 2,
    report: Annotated[Path, typer.Option(help="Where the HTML report goes.", metavar="FILE")] = Path(
        "pgassay-demo.html"
    ),
) -> int:
    """Tell the whole story of a CRM on an embedded PostgreSQL, and write a report; nothing else stays."""
    from pgassay.cli.process import around
    from pgassay.flows.demo.run import DemoWish, run_demo
    from pgassay.report.document import run_document
    from pgassay.report.readiness import readiness_text
    from pgassay.report.summary import summarise

    call = invocation(context)
    with around(call) as process:
        wish = DemoWish(scale=scale, jobs=jobs, report=report, silent=call.json)
        told = run_demo(wish, process)
    if call.json:
        say(run_document(told.run))
    else:
        say("\n" + readiness_text(told.readiness, colour=on_colour()))
    return summarise(told.run).exit
