"""Tells a file that fails because it writes, where nothing may be written, from one that fails."""

from dataclasses import replace

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult, Outcome, Problem

_READ_ONLY = "25006"
_SAID = f"{_READ_ONLY}: "


def needs_rollback(result: FileResult) -> FileResult:
    """Give the result as that of a file of the other tier, if it tried to write; else as it is.

    What its tests said until then says nothing about the database, and is left out.
    """
    reason = _first_write(result) if result.red else ""
    if not reason:
        return result
    return replace(
        result,
        outcome=Outcome.NEEDS_ROLLBACK,
        planned=None,
        skip_reason=reason,
        assertions=(),
        problems=(),
    )


def _first_write(result: FileResult) -> str:
    for problem in result.problems:
        if problem.sqlstate == _READ_ONLY:
            return _with_place(problem)
    for assertion in result.assertions:
        if not assertion.passed and (said := _said(assertion)):
            return f"{said} at {assertion.place}" if assertion.place else said
    return ""


def _with_place(problem: Problem) -> str:
    said = problem.message.removeprefix("ERROR: ")
    return f"{said} at {problem.place}" if problem.place else said


def _said(assertion: Assertion) -> str:
    """Give what pgTAP heard from the server, where it caught that error itself."""
    for line in (*assertion.diagnostics, *assertion.nested):
        if _SAID in line:
            return line.partition(_SAID)[2].strip()
    return ""
