"""``pgassay test``: run pgTAP suites."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgassay.config.settings import Settings
    from pgassay.flows.test.job import Job
    from pgassay.model.suite import TestFile


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("test")(test)


def test(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, directories or globs.", metavar="[PATH…]", show_default=False),
    ] = None,
    *,
    category: Annotated[list[str] | None, typer.Option(help="Only this category; repeatable.")] = None,
    all_categories: Annotated[
        bool, typer.Option("--all-categories", help="Also those that run on request only.")
    ] = False,
    migration: Annotated[bool, typer.Option("--migration", help="Short for --category migration.")] = False,
    integration: Annotated[
        bool, typer.Option("--integration", help="Short for --category integration.")
    ] = False,
    post_deployment: Annotated[
        bool, typer.Option("--post-deployment", help="Behind a deployment: all, critical files first.")
    ] = False,
    critical_only: Annotated[
        bool, typer.Option("--critical-only", help="Only files marked as critical.")
    ] = False,
    tag: Annotated[list[str] | None, typer.Option(help="Only files with this tag; repeatable.")] = None,
    last_failed: Annotated[
        bool, typer.Option("--last-failed", help="Only files that failed when they last ran.")
    ] = False,
    touching: Annotated[
        list[str] | None,
        typer.Option(help="Only files that touch this table, function, …; repeatable.", metavar="OBJECT"),
    ] = None,
    changed_since: Annotated[
        str,
        typer.Option(
            help="Only files that touch what changed since a run.", metavar="RUN", show_default=False
        ),
    ] = "",
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", help="Parallel workers.", metavar="N")] = None,
    isolation: Annotated[str | None, typer.Option(help="shared or clone.", metavar="shared|clone")] = None,
    engine: Annotated[
        str | None, typer.Option(help="Who reads the files.", metavar="auto|native|psql")
    ] = None,
    timeout: Annotated[str | None, typer.Option(help="Time for one file, as in 30s.", metavar="TIME")] = None,
    run_timeout: Annotated[str | None, typer.Option(help="Time for the whole run.", metavar="TIME")] = None,
    retries: Annotated[int | None, typer.Option(help="Tries for a failed file.", metavar="N")] = None,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Start no file after the first red one.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Make failures of warnings.")] = False,
    shard: Annotated[str | None, typer.Option(help="Only this part of the files.", metavar="I/N")] = None,
    runtests: Annotated[
        bool, typer.Option("--runtests", help="Run xUnit functions in the database.")
    ] = False,
    schema: Annotated[str, typer.Option(help="With --runtests: their schema.", show_default=False)] = "",
    match: Annotated[
        str, typer.Option(help="With --runtests: a pattern for their names.", show_default=False)
    ] = "",
    variables: Annotated[
        list[str] | None, typer.Option("--set", help="A psql variable; repeatable.", metavar="NAME=VALUE")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="A report; repeatable.", metavar="NAME[:FILE]")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option(help="Keep the TAP as Perl's harness does.", metavar="FILE.tar.gz")
    ] = None,
    pgtap: Annotated[
        str | None, typer.Option(help="How pgTAP gets in.", metavar="auto|extension|plain|ephemeral")
    ] = None,
    store: Annotated[
        bool | None, typer.Option("--store/--no-store", help="Record the run.", show_default=False)
    ] = None,
    production: Annotated[
        bool, typer.Option("--production", help="The target is production; alone: the target of that name.")
    ] = False,
    production_safe: Annotated[
        str | None,
        typer.Option(help="Run such that nothing stays, and prove it.", metavar="[rollback|read-only]"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Answer the guard's questions with yes.")] = False,
    pause: Annotated[
        str | None, typer.Option(help="With --production-safe: between two categories.", metavar="TIME")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="With --production-safe: also behind a category that failed.")
    ] = False,
    only_list: Annotated[bool, typer.Option("--list", help="Show what would run, and run nothing.")] = False,
) -> int:
    """Run pgTAP test files: psql scripts that print TAP."""
    from pgassay.cli.consent import consent, tier
    from pgassay.cli.process import settings_for
    from pgassay.flows.test.choose import Wish
    from pgassay.flows.test.job import Job

    call = invocation(context)
    flags = {
        "suite.jobs": jobs,
        "suite.isolation": isolation,
        "suite.engine": engine,
        "suite.timeout_s": timeout,
        "suite.run_timeout_s": run_timeout,
        "suite.retries": retries,
        "suite.strict": strict or None,
        "suite.variables": variables,
        "suite.pgtap": pgtap,
        "store.enabled": store,
        "safety.pause_s": pause,
        "report.formats": [*(formats or []), *([f"archive:{archive}"] if archive else [])],
    }
    wish = Wish(
        paths=tuple(paths or ()),
        categories=(
            *(category or ()),
            *(["migration"] if migration else ()),
            *(["integration"] if integration else ()),
        ),
        all_categories=all_categories or post_deployment,
        critical_first=post_deployment,
        critical_only=critical_only,
        tags=tuple(tag or ()),
        last_failed=last_failed,
        touching=tuple(touching or ()),
        changed_since=changed_since,
        shard=shard or "",
        runtests=runtests,
        schema=schema,
        match=match,
    )
    job = Job(
        wish=wish,
        target=call.target,
        fail_fast=fail_fast,
        silent=call.json,
        production=production,
        safety=tier(production_safe),
        keep_going=keep_going,
        consent=consent(yes=yes),
    )
    return _perform(job, settings_for(call, flags), call, only_list=only_list)


def _perform(job: "Job", settings: "Settings", call: Invocation, *, only_list: bool) -> int:
    from pgassay.cli.process import around
    from pgassay.flows.test.run import list_tests, run_tests
    from pgassay.report.summary import summarise

    with around(call) as process:
        if only_list:
            return _list(list_tests(job, settings, process), call)
        record = run_tests(job, settings, process)
    if call.json:
        from pgassay.report.document import run_document

        say(run_document(record))
    return summarise(record).exit


def _list(files: "Sequence[TestFile]", call: Invocation) -> int:
    if call.json:
        from pgassay.report.document import plan_document

        say(plan_document(files))
    else:
        say("\n".join(file.path for file in files))
    return Exit.OK
