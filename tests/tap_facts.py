"""What a TAP stream comes to, in one shape for the corpus, for Perl's parser and for ours."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from pgassay.model.assertion import Assertion
from pgassay.parse.tap import TapDocument, TapReader
from pgassay.parse.tap.grammar import LARGEST


class Facts(TypedDict):
    """The facts that Perl's parser knows as well."""

    planned: int | None
    run: int
    passed: list[int]
    failed: list[int]
    todo: list[int]
    todo_passed: list[int]
    skipped: list[int]
    parse_errors: int
    skip_all: bool
    bail_out: str | None
    verdict: str


def read(lines: Iterable[str]) -> TapDocument:
    """Feed all lines to a new reader."""
    reader = TapReader()
    for line in lines:
        reader.feed(line)
    return reader.close()


def facts_of(document: TapDocument) -> Facts:
    """Bring our result into that shape."""
    return Facts(
        planned=document.planned,
        run=document.tests_run,
        passed=_numbers(each for each in document.assertions if each.passed),
        failed=_numbers(document.failed),
        todo=_numbers(each for each in document.assertions if each.todo),
        todo_passed=_numbers(each for each in document.assertions if each.todo_passed),
        skipped=_numbers(each for each in document.assertions if each.skipped),
        parse_errors=len(document.parse_errors),
        skip_all=document.skip_all,
        bail_out=document.bail_out,
        verdict=("PASS" if document.tests_run else "NOTESTS") if document.good else "FAIL",
    )


def limited(facts: Mapping[str, Any]) -> Facts:
    """Pick the facts out of a JSON object, and bring numbers down to the largest that our reader knows."""
    planned = facts["planned"]
    return Facts(
        planned=None if planned is None else _limit(planned),
        run=facts["run"],
        passed=[_limit(each) for each in facts["passed"]],
        failed=[_limit(each) for each in facts["failed"]],
        todo=[_limit(each) for each in facts["todo"]],
        todo_passed=[_limit(each) for each in facts["todo_passed"]],
        skipped=[_limit(each) for each in facts["skipped"]],
        parse_errors=facts["parse_errors"],
        skip_all=facts["skip_all"],
        bail_out=facts["bail_out"],
        verdict=facts["verdict"],
    )


def _numbers(assertions: Iterable[Assertion]) -> list[int]:
    return [each.position if each.number is None else each.number for each in assertions]


def _limit(number: float) -> int:
    return int(min(number, LARGEST))
