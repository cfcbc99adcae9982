"""The sentences that sum a run or a file up, the same in every format."""

from pgassay.model.exits import Exit
from pgassay.model.suite import FileResult, Outcome, Problem, Run, Trouble
from pgassay.report.record import RunRecord
from pgassay.report.summary import Summary, Totals
from pgassay.report.words import duration, numbers, plural, visible

_WORDS = {
    Exit.OK: "PASS",
    Exit.RED: "FAIL",
    Exit.USAGE: "NOTHING RUN",
    Exit.OUT_OF_TIME: "OUT OF TIME",
    Exit.INTERRUPTED: "INTERRUPTED",
}


def verdict_word(summary: Summary) -> str:
    """Give the verdict in capitals: ``PASS``, ``FAIL``, …"""
    return _WORDS.get(summary.exit, "FAIL")


def verdict_sentence(summary: Summary) -> str:
    """Say what the verdict is over: ``834 tests in 42 files, 3.2 s``, or what is red."""
    totals = summary.totals
    parts = [_scope(totals), duration(summary.elapsed_s), *_remarks(totals)]
    return ", ".join(parts)


def ending(record: RunRecord) -> str:
    """Say why a run ended before its plan did; empty when it did not."""
    finished = record.finished
    if finished is None:
        return "The end of this run was never recorded: pgassay was stopped."
    if finished.bail_out is not None:
        return f"Bailed out: {visible(finished.bail_out) or 'no reason given'}."
    if finished.interrupted:
        return "Interrupted before all files had run."
    return "The time for the whole run was used up." if finished.out_of_time else ""


def outcome_words(result: FileResult) -> str:
    """Say how a file ended, in a few words: ``12 tests``, ``2 of 14 tests failed``, ``died``, …"""
    match result.outcome:
        case Outcome.SKIPPED | Outcome.NEEDS_ROLLBACK:
            return visible(result.skip_reason) or "no reason given"
        case Outcome.NOT_RUN:
            return _first_trouble(result) or str(Outcome.NOT_RUN)
        case Outcome.FLAKY:
            return f"{plural(len(result.assertions), 'test')}, passed on attempt {result.attempt}"
        case Outcome.PASSED:
            return plural(len(result.assertions), "test")
        case Outcome.FAILED | Outcome.TIMED_OUT:
            return _what_failed(result)


def failed_numbers(result: FileResult) -> str:
    """Name the failed tests of a file by their place in it: ``4, 9-11``."""
    return numbers([assertion.position for assertion in result.assertions if not assertion.passed])


def own_problems(result: FileResult) -> tuple[Problem, ...]:
    """Give the problems of a red file that its failed tests do not already tell.

    A file that is red and says nothing about why gets one in the words of its outcome.
    """
    if not result.red:
        return ()
    told = any(not assertion.passed for assertion in result.assertions)
    problems = tuple(p for p in result.problems if not (told and p.trouble is Trouble.FAILED_TESTS))
    if problems or told:
        return problems
    trouble = Trouble.TIMED_OUT if result.outcome is Outcome.TIMED_OUT else Trouble.FAILED_TESTS
    return (Problem(trouble=trouble, message=f"The file {_ENDED[result.outcome]}."),)


def title_of(problem: Problem, result: FileResult) -> str:
    """Name the kind of a problem; one that only repeats that the file is red, by how the file ended."""
    return str(result.outcome if problem.trouble is Trouble.FAILED_TESTS else problem.trouble)


def where_it_ran(run: Run) -> str:
    """Describe the target and the way of running in one line."""
    seen, options = run.environment, run.options
    parts = [
        seen.database or seen.target,
        f"PostgreSQL {seen.server_version}" if seen.server_version else "",
        f"pgTAP {seen.pgtap}" if seen.pgtap else "",
        "production" if seen.production else "",
        f"{options.safety} tier" if options.safety else "",
        plural(len(run.files), "file"),
        plural(options.jobs, "job") if options.jobs > 1 else "",
        f"shard {options.shard}" if options.shard else "",
    ]
    return visible(" · ".join(part for part in parts if part))


_ENDED = {
    Outcome.FAILED: "failed and gave no reason",
    Outcome.TIMED_OUT: "used up its time",
    Outcome.NOT_RUN: "was chosen, but did not run",
}


def _scope(totals: Totals) -> str:
    tests, files = plural(totals.tests, "test"), plural(totals.files, "file")
    if not totals.files_red:
        return f"{tests} in {files}"
    red = f"{totals.files_red:,} of {files} red"
    return f"{totals.failed:,} of {tests} failed, {red}" if totals.failed else f"{red}, {tests}"


def _remarks(totals: Totals) -> list[str]:
    counts = (
        (totals.timed_out, "timed out"),
        (totals.not_run, "not run"),
        (totals.flaky, "flaky"),
        (totals.skipped_files, "not applicable"),
        (totals.needs_rollback, "in need of the rollback tier"),
        (totals.skipped, "skipped"),
        (totals.todo, "TODO"),
    )
    return [f"{number:,} {what}" for number, what in counts if number]


def _what_failed(result: FileResult) -> str:
    parts = []
    if result.failed:
        parts.append(f"{result.failed:,} of {plural(len(result.assertions), 'test')}")
    trouble = _first_trouble(result)
    if trouble:
        parts.append(trouble)
    elif result.outcome is Outcome.TIMED_OUT:
        parts.append(str(Trouble.TIMED_OUT))
    return ", ".join(parts) or "no reason given"


def _first_trouble(result: FileResult) -> str:
    kinds = [problem.trouble for problem in result.problems if problem.trouble is not Trouble.FAILED_TESTS]
    return str(kinds[0]) if kinds else ""
