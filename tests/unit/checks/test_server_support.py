from datetime import date

import pytest

from pgassay.checks.probes.server_version import LAST_DAY, standing
from pgassay.model.check import Level


@pytest.mark.parametrize(
    ("major", "today", "level", "said"),
    [
        (18, date(2026, 1, 1), Level.PASSED, "is supported until 2030-11-14"),
        (15, date(2027, 5, 14), Level.PASSED, "is supported until 2027-11-11"),
        (15, date(2027, 5, 15), Level.WARNING, "until 2027-11-11, 180 more days"),
        (15, date(2027, 11, 11), Level.WARNING, "0 more days"),
        (15, date(2027, 11, 12), Level.WARNING, "no support since 2027-11-11"),
        (13, date(2025, 1, 1), Level.FAILED, "older than what pgassay supports"),
        (9, date(2025, 1, 1), Level.FAILED, "older than what pgassay supports"),
        (19, date(2026, 1, 1), Level.WARNING, "newer than this pgassay"),
    ],
)
def test_how_a_version_stands_on_a_day(major: int, today: date, level: Level, said: str) -> None:
    found, detail = standing(major, today=today, notice_days=180)

    assert found is level
    assert said in detail


def test_a_version_lasts_five_years_and_some_days() -> None:
    days = [LAST_DAY[major + 1] - LAST_DAY[major] for major in sorted(LAST_DAY)[:-1]]

    assert all(360 <= each.days <= 375 for each in days)
