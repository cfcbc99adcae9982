"""``pgassay perf``: how fast the statements of a workload are, and whether that became worse."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import on_colour, say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from pgassay.model.perf import Benchmark, PerformanceVerdict

perf = typer.Typer(name="perf", help="Performance: baselines and regressions.", no_args_is_help=True)

Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Files and folders of the workload; not given: [perf] workload.", metavar="PATH"),
]
By = Annotated[str, typer.Option("--by", help="Who sets it; not given: the database role.")]
Why = Annotated[str, typer.Option("--why", help="Why it is set.")]
Base = Annotated[
    str | None,
    typer.Option(help="A database to compare with, measured in turns: a name or a URL.", metavar="NAME|URL"),
]
Strict = Annotated[bool, typer.Option("--strict", help="What was not judged makes the check fail, too.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(perf)


@perf.command()
def baseline(context: typer.Context, paths: Paths = None, *, by: By = "", why: Why = "") -> int:
    """Measure the workload, and make the result what is normal from now on."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.perf import Acceptance, PerfWish, establish_baselines

    call = invocation(context)
    wish = PerfWish(target=call.target, paths=tuple(paths or ()))
    with around(call) as process:
        accepted = Acceptance(actor=by, reason=why)
        return _show(call, establish_baselines(wish, accepted, settings_for(call), process))


@perf.command()
def collect(context: typer.Context, paths: Paths = None) -> int:
    """Measure the workload and remember the times, without judging them."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.perf import PerfWish
    from pgassay.flows.perf import collect as collected

    call = invocation(context)
    with around(call) as process:
        wish = PerfWish(target=call.target, paths=tuple(paths or ()))
        return _show(call, collected(wish, settings_for(call), process))


@perf.command()
def check(context: typer.Context, paths: Paths = None, *, base: Base = None, strict: Strict = False) -> int:
    """Measure the workload, and say whether something became slower than it was, or than it may be."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.perf import PerfWish, check_performance

    call = invocation(context)
    with around(call) as process:
        wish = PerfWish(target=call.target, paths=tuple(paths or ()), base=base)
        return _judged(call, check_performance(wish, settings_for(call), process), strict=strict)


@perf.command()
def update(context: typer.Context, paths: Paths = None, *, by: By = "", why: Why = "") -> int:
    """Check, and make the result what is normal from now on if nothing became worse."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.perf import Acceptance, PerfWish, update_baselines

    call = invocation(context)
    wish = PerfWish(target=call.target, paths=tuple(paths or ()))
    with around(call) as process:
        verdict = update_baselines(wish, Acceptance(actor=by, reason=why), settings_for(call), process)
    _judged(call, verdict, strict=False)
    if not call.json:
        say("The baseline was moved." if verdict.acceptable else "The baseline stays as it was.")
    return Exit.OK if verdict.acceptable else Exit.RED


def _show(call: Invocation, benchmark: "Benchmark") -> int:
    from pgassay.report.performance import benchmark_document, benchmark_text

    say(benchmark_document(benchmark) if call.json else benchmark_text(benchmark, colour=on_colour()))
    return Exit.RED if any(each.problem for each in benchmark.measurements) else Exit.OK


def _judged(call: Invocation, verdict: "PerformanceVerdict", *, strict: bool) -> int:
    from pgassay.model.perf import Grade
    from pgassay.report.performance import verdict_document, verdict_text

    say(verdict_document(verdict) if call.json else verdict_text(verdict, colour=on_colour()))
    left = any(each.grade is Grade.NOT_JUDGED for each in verdict.judgements)
    return Exit.RED if verdict.red or not verdict.judged or (strict and left) else Exit.OK
