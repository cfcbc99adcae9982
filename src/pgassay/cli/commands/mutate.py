"""``pgassay mutate``: would the tests notice?"""

from pathlib import Path
from typing import Annotated

import typer

from pgassay.cli.invocation import invocation
from pgassay.model.exits import Exit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("mutate")(mutate)


def mutate(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Test files, directories or globs.", metavar="[PATH…]", show_default=False),
    ] = None,
    *,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", help="Parallel workers, each with a clone.", metavar="N")
    ] = None,
    schema: Annotated[list[str] | None, typer.Option(help="Mutate only this schema; repeatable.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only mutants of this kind; repeatable.")] = None,
    object_: Annotated[
        list[str] | None,
        typer.Option("--object", help="Only what belongs to this object, as in crm.*; repeatable."),
    ] = None,
    category: Annotated[
        list[str] | None, typer.Option(help="Only tests of this category; repeatable.")
    ] = None,
    all_categories: Annotated[
        bool, typer.Option("--all-categories", help="Also tests that run on request only.")
    ] = False,
    sample: Annotated[
        int | None, typer.Option(help="Try only so many, of all kinds by their share.", metavar="N")
    ] = None,
    seed: Annotated[int, typer.Option(help="With --sample: which ones.", metavar="N")] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take earlier results that still hold from the journal.")
    ] = False,
    journal: Annotated[Path | None, typer.Option(help="Where results are kept.", metavar="FILE")] = None,
    at_least: Annotated[
        str | None, typer.Option(help="The share to be noticed, in percent.", metavar="PERCENT")
    ] = None,
    page: Annotated[Path | None, typer.Option("--html", help="Write a page, too.", metavar="FILE")] = None,
    only_list: Annotated[bool, typer.Option("--list", help="List the mutants, and try none.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Mutate the CRM example, on an embedded server.")
    ] = False,
) -> int:
    """Put faults into clones of the database, one by one, and see which ones the tests do not notice."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.mutate.run import MutationWish, check_mutants, list_wanted
    from pgassay.flows.test.choose import Wish
    from pgassay.report.mutation.document import list_document, mutation_document

    call = invocation(context)
    flags = {
        "mutate.jobs": jobs,
        "mutate.schemas": schema,
        "mutate.kinds": kind,
        "mutate.journal": str(journal) if journal else None,
        "mutate.at_least": at_least,
    }
    tests = Wish(paths=tuple(paths or ()), categories=tuple(category or ()), all_categories=all_categories)
    wish = MutationWish(
        tests=tests,
        target=call.target,
        objects=tuple(object_ or ()),
        sample=sample,
        seed=seed,
        resume=resume,
        page=page,
        silent=call.json,
    )
    if only_list:
        if demo:
            from pgassay.flows.demo.mutate import list_demo

            listing = list_demo(wish, flags)
        else:
            listing = list_wanted(wish, settings_for(call, flags))
        lines = (f"{each.id}\n    {each.description}" for each in listing.mutants)
        typer.echo(list_document(listing.mutants) if call.json else "\n".join(lines))
        return Exit.OK
    with around(call) as process:
        if demo:
            from pgassay.flows.demo.mutate import check_demo

            record = check_demo(wish, flags, process)
        else:
            record = check_mutants(wish, settings_for(call, flags), process)
    if call.json:
        typer.echo(mutation_document(record))
    return record.exit
