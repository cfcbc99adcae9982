"""Two databases measured in turns: equal ones raise nothing, and slower ones are found."""

from dataclasses import replace
from random import Random

import pytest

from perf_samples import SEARCH
from pgassay.judge.comparison import CONFIRM, SCREEN, compare, suspicious, unsuspicious
from pgassay.model.perf import Grade


def pairs(random: Random, count: int, factor: float) -> tuple[tuple[float, float], ...]:
    """Times that noise disturbs, some of it common to both of a pair."""
    found = []
    for _ in range(count):
        common = 8 * random.lognormvariate(0, 0.08)
        one, other = (common * random.lognormvariate(0, 0.05) for _ in range(2))
        found.append((one, other * factor))
    return tuple(found)


def verdict(random: Random, factor: float) -> Grade:
    screened = pairs(random, SCREEN, factor)
    if not suspicious(screened):
        return unsuspicious(SEARCH, screened).grade
    (found,) = compare([(SEARCH, pairs(random, CONFIRM, factor))])
    return found.grade


@pytest.mark.parametrize(
    ("factor", "wanted"), [(1.6, {Grade.WARNING}), (2.4, {Grade.CRITICAL}), (0.6, {Grade.OK})]
)
def test_what_is_slower_is_found(factor: float, wanted: set[Grade]) -> None:
    assert {verdict(Random(seed), factor) for seed in range(20)} == wanted


@pytest.mark.parametrize("factor", [1.0, 1.04])
def test_equal_copies_raise_nothing(factor: float) -> None:
    assert {verdict(Random(seed), factor) for seed in range(300)} == {Grade.OK}


def test_a_family_is_judged_together() -> None:
    random = Random(3)
    family = [
        (replace(SEARCH, name=f"q{number}"), pairs(random, CONFIRM, 1.8 if number == 4 else 1.0))
        for number in range(10)
    ]
    assert [each.query for each in compare(family) if each.grade is not Grade.OK] == ["q4"]
    assert compare([]) == ()


def test_less_than_a_millisecond_is_nothing() -> None:
    tiny = tuple((one / 100, other / 100) for one, other in pairs(Random(1), CONFIRM, 3.0))
    (found,) = compare([(SEARCH, tiny)])
    assert found.grade is Grade.OK
