"""Pauses between tries: as many as said, growing, never longer than said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.pg.patience import Patience, lost_patience


@given(tries=st.integers(1, 60), chance=st.floats(0, 1))
def test_there_is_one_pause_fewer_than_tries(tries: int, chance: float) -> None:
    assert len(list(Patience(tries=tries).pauses(lambda: chance))) == tries - 1


@given(chances=st.lists(st.floats(0, 1), min_size=40, max_size=40))
def test_a_pause_is_within_half_and_the_whole_of_its_length(chances: list[float]) -> None:
    patience = Patience(tries=41, first_pause_s=0.1, longest_pause_s=3.0)
    numbers = iter(chances)

    pauses = list(patience.pauses(lambda: next(numbers)))

    lengths = [min(0.1 * 1.6**step, 3.0) for step in range(40)]
    shares = [each / length for each, length in zip(pauses, lengths, strict=True)]
    assert shares == pytest.approx([0.5 + 0.5 * chance for chance in chances])


def test_chance_parts_two_who_wait_for_each_other() -> None:
    patience = Patience(tries=5)
    assert list(patience.pauses(lambda: 0.0)) != list(patience.pauses(lambda: 1.0))


def test_only_locks_are_worth_another_try() -> None:
    assert [state for state in ("55P03", "40P01", "23505", "57014", "") if lost_patience(state)] == [
        "55P03",
        "40P01",
    ]
