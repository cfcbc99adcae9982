"""A pause is a time, or none at all."""

import pytest

from pgassay.model.setting import DURATION, PAUSE


@pytest.mark.parametrize("value", ["0", "0s", " 0 s", 0, 0.0])
def test_there_may_be_none(value: object) -> None:
    assert PAUSE.read(value) == 0
    with pytest.raises(ValueError, match="a time"):
        DURATION.read(value)


@pytest.mark.parametrize(("value", "seconds"), [("5s", 5.0), ("250ms", 0.25), (10, 10.0)])
def test_else_it_is_a_time(value: object, seconds: float) -> None:
    assert PAUSE.read(value) == seconds


@pytest.mark.parametrize("value", [False, "soon", "-1s", None])
def test_nothing_else_is_one(value: object) -> None:
    with pytest.raises(ValueError):
        PAUSE.read(value)
