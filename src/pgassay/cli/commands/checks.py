"""``pgassay checks``: the catalogue of questions about a database."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.errors import UsageError
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgassay.model.check import Area

_AREA = typer.Option("--area", help="Only checks of this area; repeatable.", metavar="AREA")


def register(app: typer.Typer) -> None:
    """Add the command and what it can do."""
    group = typer.Typer(help="Questions about a database, each of them one file.", no_args_is_help=True)
    group.command("list")(list_)
    group.command("show")(show)
    group.command("run")(run)
    group.command("prove")(prove)
    app.add_typer(group, name="checks")


def list_(context: typer.Context, *, area: Annotated[list[str] | None, _AREA] = None) -> int:
    """List the checks that there are, those of the project and of plug-ins included."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.checks.catalogue import list_checks

    call = invocation(context)
    found = list_checks(settings_for(call), areas=areas_from(area))
    if call.json:
        from pgassay.report.checks.document import list_document

        say(list_document(found))
    else:
        from pgassay.report.checks.catalogue import list_text

        say(list_text(found))
    return Exit.OK


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The check's name.", metavar="NAME")],
) -> int:
    """Show a check: why it matters, its parameters, its query, and the examples that prove it."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.checks.catalogue import describe_check
    from pgassay.report.checks.catalogue import check_text
    from pgassay.report.checks.document import check_document

    call = invocation(context)
    found = describe_check(name, settings_for(call))
    say(check_document(found.variants, found.texts) if call.json else check_text(found.variants, found.texts))
    return Exit.OK


def run(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Checks by name.", metavar="[NAME…]", show_default=False)
    ] = None,
    *,
    area: Annotated[list[str] | None, _AREA] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Make red what is a warning or not verified.")
    ] = False,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="A report; repeatable.", metavar="NAME[:FILE]")
    ] = None,
) -> int:
    """Run checks by name or by area; all of them where none is named."""
    return perform(
        invocation(context),
        names=names or (),
        areas=areas_from(area),
        flags={"checks.strict": strict or None, "checks.formats": formats},
    )


def prove(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Checks by name.", metavar="[NAME…]", show_default=False)
    ] = None,
) -> int:
    """Run the examples of checks on an embedded server; of the project's own where none is named."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.checks.prove import prove_checks
    from pgassay.report.checks.catalogue import proof_text
    from pgassay.report.checks.document import proof_document

    call = invocation(context)
    proven = prove_checks(names or (), settings_for(call))
    say(proof_document(proven) if call.json else proof_text(proven))
    return Exit.RED if any(each.fault for each in proven) else Exit.OK


def perform(
    call: Invocation, *, flags: dict[str, object], areas: "tuple[Area, ...]" = (), names: "Sequence[str]" = ()
) -> int:
    """Run checks, report, and give the exit code."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.checks.run import CheckWish, run_checks
    from pgassay.report.checks.verdict import exit_of

    wish = CheckWish(names=tuple(names), areas=areas, target=call.target, silent=call.json)
    with around(call) as process:
        record = run_checks(wish, settings_for(call, flags), process)
    if call.json:
        from pgassay.report.checks.document import checks_document

        say(checks_document(record))
    return exit_of(record)


def areas_from(words: list[str] | None) -> "tuple[Area, ...]":
    """Read the values of ``--area``.

    Raises:
        UsageError: there is no such area.
    """
    from pgassay.model.check import Area

    for each in words or ():
        if each not in list(Area):
            raise UsageError(
                f"There is no area {each!r} of checks.", remedy=f"Choose from: {', '.join(Area)}."
            )
    return tuple(Area(each) for each in words or ())
