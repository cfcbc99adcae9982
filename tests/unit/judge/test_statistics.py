"""The statistics, against values that were worked out elsewhere or by hand."""

from math import comb, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.judge.statistics import greater, percentile, positive, rejected, scale, shift, spread


def test_percentiles_lie_between_neighbours() -> None:
    assert [percentile([1, 2, 3, 4], share) for share in (0, 0.5, 1)] == [1, 2.5, 4]
    assert percentile([10], 0.95) == 10


def test_an_outlier_does_not_move_spread_and_scale() -> None:
    values = [10.0, 11.0, 9.0, 10.5, 9.5]
    assert spread(values) == spread([*values[:-1], 9.5]) == 0.5
    assert scale([*values, 1_000.0]) < 3 * scale(values)


def test_scale_is_that_of_a_normal_distribution() -> None:
    random = Random(1)
    values = [random.gauss(50, 4) for _ in range(20_000)]
    assert scale(values) == pytest.approx(4, rel=0.03)


def _exact_greater(n: int, m: int, statistic: float) -> float:
    """Count the arrangements of ranks whose statistic is at least as large."""
    from itertools import combinations

    ranks = range(1, n + m + 1)
    found = sum(sum(chosen) - n * (n + 1) / 2 >= statistic for chosen in combinations(ranks, n))
    return found / comb(n + m, n)


@pytest.mark.parametrize("moved", [0, 2, 8])
def test_mann_whitney_is_close_to_the_exact_distribution(moved: int) -> None:
    base = [1.0 + 2 * index for index in range(9)]
    candidate = [2.0 + 2 * index + moved for index in range(8)]
    statistic = sum(one > other for one in candidate for other in base)
    assert greater(candidate, base) == pytest.approx(_exact_greater(8, 9, statistic), abs=0.01)


def _exact_positive(ranks_above: float, n: int) -> float:
    counts: dict[int, int] = {0: 1}
    for rank in range(1, n + 1):
        following = dict(counts)
        for total, count in counts.items():
            following[total + rank] = following.get(total + rank, 0) + count
        counts = following
    return float(sum(count for total, count in counts.items() if total >= ranks_above) / 2**n)


@pytest.mark.parametrize("signs", ["+" * 15, "++++-++++-+++++", "+-+-+-+-+-+-+-+"])
def test_wilcoxon_is_close_to_the_exact_distribution(signs: str) -> None:
    differences = [(index + 1) * (1 if sign == "+" else -1) for index, sign in enumerate(signs)]
    above = sum(each for each in differences if each > 0)
    assert positive(differences) == pytest.approx(_exact_positive(above, len(signs)), abs=0.012)


def test_nothing_is_found_in_nothing() -> None:
    assert positive([0.0] * 20) == 1.0
    assert greater([5.0] * 10, [5.0] * 10) == 1.0


def test_ties_are_no_evidence() -> None:
    assert greater([1.0, 2.0, 2.0, 3.0] * 4, [1.0, 2.0, 2.0, 3.0] * 4) > 0.4


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30), st.floats(-10, 10))
def test_hodges_lehmann_moves_with_the_values(values: list[float], by: float) -> None:
    assert shift([each + by for each in values]) == pytest.approx(shift(values) + by, abs=1e-6)


def test_hodges_lehmann_of_a_worked_example() -> None:
    assert shift([1, 2, 6]) == pytest.approx(2.75)
    assert shift([log(2)] * 9) == pytest.approx(log(2))


def test_a_family_of_findings_is_held_to_a_rate() -> None:
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262]
    published += [0.5719, 0.6528, 0.7590, 1.0]
    assert rejected(published, rate=0.05) == frozenset(range(4))  # the example of 1995
    assert rejected([], rate=0.05) == frozenset()
    assert rejected([0.9, 0.8], rate=0.05) == frozenset()
