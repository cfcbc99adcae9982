"""``pgassay access``: who can do what, proven by trying."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say


class _Format(StrEnum):
    TERMINAL = "terminal"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("access")(access)


def access(
    context: typer.Context,
    *,
    save: Annotated[bool, typer.Option("--save", help="Write the matrix as the baseline.")] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="The file with the matrix as it should be.", metavar="FILE")
    ] = None,
    schema: Annotated[list[str] | None, typer.Option(help="Try only this schema; repeatable.")] = None,
    tests: Annotated[
        Path | None,
        typer.Option("--emit-tests", help="Write pgTAP tests for the matrix into a folder.", metavar="DIR"),
    ] = None,
    format_: Annotated[_Format, typer.Option("--format", help="How it is shown.")] = _Format.TERMINAL,
    strict: Annotated[
        bool, typer.Option("--strict", help="Cells that are not verified, or no baseline, are red.")
    ] = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Try it in the database itself, and roll back, not on a copy.")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo", help="The CRM example, on an embedded server.")] = False,
) -> int:
    """Try who gets at which rows of every table, on a copy, and compare with the baseline."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.access import AccessWish, try_access
    from pgassay.flows.demo.access import try_demo_access
    from pgassay.report.access.document import access_document
    from pgassay.report.access.markdown import access_markdown
    from pgassay.report.access.screen import show

    call = invocation(context)
    flags = {"access.baseline": str(baseline) if baseline else None, "access.schemas": schema}
    wish = AccessWish(target=call.target, save=save, tests=tests, in_place=in_place, strict=strict)
    with around(call) as process:
        if demo:
            record = try_demo_access(wish, flags, process)
        else:
            record = try_access(wish, settings_for(call, flags), process)
        if call.json:
            say(access_document(record))
        elif format_ is _Format.MARKDOWN:
            say(access_markdown(record), end="")
        else:
            show(record, process.stdout, process.report)
    return record.verdict.exit
