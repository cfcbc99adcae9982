"""``pgassay init``: what a project needs to be tested, written into it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from pgassay.flows.init import LaidOut


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init")(init)


def init(
    context: typer.Context,
    directory: Annotated[
        Path, typer.Argument(help="The project's folder.", metavar="[DIR]", show_default=False)
    ] = Path(),
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over files that are there.")] = False,
    no_workflow: Annotated[
        bool, typer.Option("--no-workflow", help="Leave the GitHub workflow out.")
    ] = False,
) -> int:
    """Write pgassay.toml, a first test, a workload and the GitHub workflow into a project.

    A Supabase project is recognized, and so are the usual places of tests and migrations. All files are
    written or none.
    """
    from pgassay.flows.init import InitWish, init_project

    call = invocation(context)
    made = init_project(InitWish(directory=directory, force=force, workflow=not no_workflow))
    say(_document(made) if call.json else _text(made, directory))
    return Exit.OK


def _text(made: "LaidOut", directory: Path) -> str:
    where = "" if directory == Path() else f"cd {directory} && "
    return "\n".join(
        (
            f"Laid out as a {made.layout.kind} project: tests in {made.layout.tests}, "
            f"migrations in {made.layout.migrations}.",
            *(f"  {path}" for path in made.written),
            *made.notes,
            f"Next, on a database that is not production: {where}pgassay --target URL test",
        )
    )


def _document(made: "LaidOut") -> str:
    import msgspec

    document = {
        "format": "pgassay.init/1",
        "layout": made.layout.kind,
        "tests": made.layout.tests,
        "migrations": made.layout.migrations,
        "workload": made.layout.workload,
        "written": made.written,
        "notes": made.notes,
    }
    return msgspec.json.encode(document).decode()
