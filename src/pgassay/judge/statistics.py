"""The statistics that verdicts rest on, in plain Python. Pure.

Sources: Mann and Whitney, Annals of Mathematical Statistics 18 (1947); Wilcoxon, Biometrics Bulletin 1
(1945), both with the normal approximation and correction for ties; Hodges and Lehmann, Annals of
Mathematical Statistics 34 (1963); Sen, Journal of the American Statistical Association 63 (1968); Benjamini
and Hochberg, Journal of the Royal Statistical Society B 57 (1995).
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, combinations_with_replacement
from math import erf, sqrt
from statistics import median

_NORMAL_MAD = 1.4826
_NORMAL_IQR = 1.349


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share (0 to 1) lies, interpolated between neighbours."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def spread(values: Sequence[float]) -> float:
    """Give the median distance from the median, in the unit of the values."""
    middle = median(values)
    return median(abs(each - middle) for each in values)


def scale(values: Sequence[float]) -> float:
    """Estimate the standard deviation of normal values from what outliers do not move: the larger of two."""
    by_quartiles = (percentile(values, 0.75) - percentile(values, 0.25)) / _NORMAL_IQR
    return max(_NORMAL_MAD * spread(values), by_quartiles)


def greater(candidate: Sequence[float], base: Sequence[float]) -> float:
    """Give the probability (Mann-Whitney, one-sided) of such samples if the candidate were no greater."""
    n, m = len(candidate), len(base)
    ranks = _ranks([*candidate, *base])
    statistic = sum(ranks[:n]) - n * (n + 1) / 2
    ties = sum(count**3 - count for count in Counter([*candidate, *base]).values())
    total = n + m
    variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    return _above((statistic - n * m / 2 - 0.5) / sqrt(variance)) if variance > 0 else 1.0


def positive(differences: Sequence[float]) -> float:
    """Give the probability (Wilcoxon signed-rank, one-sided) of such pairs if the median were not above 0."""
    found = [each for each in differences if each]
    n = len(found)
    if n == 0:
        return 1.0
    ranks = _ranks([abs(each) for each in found])
    statistic = sum(rank for rank, each in zip(ranks, found, strict=True) if each > 0)
    ties = sum(count**3 - count for count in Counter(abs(each) for each in found).values())
    variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
    return _above((statistic - n * (n + 1) / 4 - 0.5) / sqrt(variance)) if variance > 0 else 1.0


def shift(differences: Sequence[float]) -> float:
    """Estimate the middle of differences (Hodges-Lehmann): the median of the means of all pairs."""
    return median((one + other) / 2 for one, other in combinations_with_replacement(differences, 2))


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Estimate by how much y rises with x (Theil-Sen): the median of the slopes between all pairs of points.

    ``points`` are pairs of x and y, two of them at least with another x.
    """
    return median(
        (y_2 - y_1) / (x_2 - x_1) for (x_1, y_1), (x_2, y_2) in combinations(points, 2) if x_1 != x_2
    )


def rejected(probabilities: Sequence[float], *, rate: float) -> frozenset[int]:
    """Say which findings of a family stand (Benjamini-Hochberg) if a share ``rate`` of them may be false."""
    order = sorted(range(len(probabilities)), key=lambda index: probabilities[index])
    last = max(
        (rank for rank, index in enumerate(order, 1) if probabilities[index] <= rate * rank / len(order)),
        default=0,
    )
    return frozenset(order[:last])


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda index: values[index])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for index in order[start : end + 1]:
            ranks[index] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def _above(z: float) -> float:
    return 0.5 * (1 - erf(z / sqrt(2)))
