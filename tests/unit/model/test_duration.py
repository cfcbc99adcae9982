import pytest

from pgassay.model.duration import parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("600", 600.0),
        ("0.5", 0.5),
        ("30s", 30.0),
        ("30 s", 30.0),
        ("250ms", 0.25),
        ("10min", 600.0),
        ("2m", 120.0),
        ("1h30m", 5400.0),
        ("1h 30min", 5400.0),
        ("1d", 86400.0),
        (" 5 s ", 5.0),
    ],
)
def test_reads_what_people_write(text: str, seconds: float) -> None:
    assert parse_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "text", ["", "  ", "0", "0s", "-5s", "soon", "5 fortnights", "1h 30", "s", "1e3", "nan"]
)
def test_refuses_the_rest(text: str) -> None:
    with pytest.raises(ValueError, match="a time such as"):
        parse_duration(text)
