"""What a runner says of a test file, in terms that pg_prove and pgassay share, and what is expected."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from pgassay.model.assertion import Assertion
from pgassay.model.suite import FileResult

CASES = Path(__file__).parent / "cases" / "psql"
"""The psql scripts and the expectations."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a runner says of one file. Lists hold test numbers; ``exit`` is the status of its command,
    which ran this file alone.
    """

    verdict: str
    planned: int | None
    run: int
    failed: list[int]
    todo: list[int]
    todo_passed: list[int]
    skipped: list[int]
    skip_all: bool
    exit: int

    def for_pgassay(self) -> "Found":
        """Say the same with pgassay's exit codes, where a file that bails out is red."""
        red = self.exit != 0
        return msgspec.structs.replace(self, exit=int(red), verdict="fail" if red else "pass")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Where pgassay says more than pg_prove: the troubles that it warns of, and fails for with --strict."""

    warns: list[str]


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A line that ``ParityHarness.pm`` writes; ``psql_exit`` is psql's own status."""

    path: str
    verdict: str
    planned: int | None
    run: int
    failed: list[int]
    todo: list[int]
    todo_passed: list[int]
    skipped: list[int]
    skip_all: bool
    parse_errors: int
    psql_exit: int

    def found(self, status: int) -> Found:
        """Leave out what only Perl and psql count."""
        return Found(
            verdict=self.verdict,
            planned=self.planned,
            run=self.run,
            failed=self.failed,
            todo=self.todo,
            todo_passed=self.todo_passed,
            skipped=self.skipped,
            skip_all=self.skip_all,
            exit=status,
        )


def read_expected() -> dict[str, Found]:
    """What pg_prove said of each script."""
    return msgspec.json.decode((CASES / "expected.json").read_bytes(), type=dict[str, Found])


def read_differences() -> dict[str, Difference]:
    """The scripts on which pgassay warns on purpose."""
    return msgspec.json.decode((CASES / "differences.json").read_bytes(), type=dict[str, Difference])


def found_by_pgassay(result: FileResult, status: int) -> Found:
    """Put a result of pgassay into the terms of the comparison."""

    def numbers(wanted: Callable[[Assertion], bool]) -> list[int]:
        return [each.number or each.position for each in result.assertions if wanted(each)]

    return Found(
        verdict="fail" if result.red else "pass",
        planned=result.planned,
        run=len(result.assertions),
        failed=numbers(lambda each: not each.passed),
        todo=numbers(lambda each: each.todo),
        todo_passed=numbers(lambda each: each.todo_passed),
        skipped=numbers(lambda each: each.skipped),
        skip_all=result.planned == 0,
        exit=status,
    )
