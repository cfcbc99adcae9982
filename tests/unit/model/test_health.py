"""How findings become one line, and lines one verdict."""

import pytest

from pgassay.model.check import Area, CheckInfo, CheckResult, Finding, Level
from pgassay.model.health import Health, health_of, message_of, overall, remedy_of

CHECK = CheckInfo(name="bloat", title="Bloat", level=Level.WARNING, areas=(Area.HEALTH,))


def result(*findings: tuple[str, Level, str]) -> CheckResult:
    """A result with such findings: object, level, detail; the remedy is the detail in capitals."""
    return CheckResult(
        check=CHECK,
        findings=tuple(
            Finding(check="bloat", object=named, level=level, detail=detail, remediation=detail.upper())
            for named, level, detail in findings
        ),
    )


def test_the_worst_findings_are_told_in_their_order() -> None:
    found = result(("b", Level.FAILED, "x"), ("c", Level.WARNING, "y"), ("a", Level.FAILED, "z"))

    assert message_of(found) == "b: x; a: z"
    assert remedy_of(found) == "X; Z"


def test_of_many_the_first_are_told_and_the_others_counted() -> None:
    found = result(*((f"t{number}", Level.WARNING, f"d{number}") for number in range(5)))

    assert message_of(found) == "t0: d0; t1: d1; t2: d2; and 2 more"
    assert remedy_of(found) == "D0; D1; D2; and 2 more"


def test_a_remedy_is_told_once() -> None:
    assert remedy_of(result(("a", Level.WARNING, "x"), ("b", Level.WARNING, "x"))) == "X"


def test_the_check_itself_needs_no_name() -> None:
    assert message_of(result(("check", Level.NOT_VERIFIED, "No right."))) == "No right."


def test_nothing_found_is_said() -> None:
    assert (message_of(result()), remedy_of(result())) == ("nothing found", "")


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([Health.HEALTHY, Health.NOT_VERIFIED], Health.HEALTHY),
        ([Health.HEALTHY, Health.DEGRADED, Health.NOT_VERIFIED], Health.DEGRADED),
        ([Health.UNHEALTHY, Health.DEGRADED], Health.UNHEALTHY),
        ([Health.NOT_VERIFIED], Health.NOT_VERIFIED),
        ([], Health.NOT_VERIFIED),
    ],
)
def test_the_whole_is_as_its_worst_verified_part(parts: list[Health], whole: Health) -> None:
    assert overall(parts) is whole


def test_every_level_has_a_word() -> None:
    assert [health_of(level).value for level in Level] == [
        "HEALTHY",
        "HEALTHY",
        "DEGRADED",
        "NOT VERIFIED",
        "UNHEALTHY",
    ]
