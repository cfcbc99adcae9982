"""The limits on the server's state, from what it says of itself."""

from typing import Any

import pytest

from pgassay.suite.safety.conditions import Conditions, Follower
from pgassay.suite.safety.settings import SafetySettings

HEALTHY: dict[str, list[tuple[Any, ...]]] = {
    "conditions": [(50, 1000)],
    "standbys": [(7, "far", False, 500, 500, 0.0)],
}


def crossed(settings: SafetySettings, **told: list[tuple[Any, ...]]) -> str:
    said = {**HEALTHY, **told}
    return Conditions(settings, said.__getitem__).crossed(100.0)


@pytest.mark.parametrize(
    ("settings", "told", "said"),
    [
        (SafetySettings(), {}, ""),
        (SafetySettings(min_free_connections=51), {}, "only 50 connections are left"),
        (SafetySettings(max_database_age=999), {}, "not frozen for 1,000 transactions"),
        (SafetySettings(), {"standbys": [(7, "far", False, 900, 500, 99.0)]}, ""),
        (
            SafetySettings(max_replication_lag_s=5),
            {"standbys": [(7, "far", False, 900, 500, 5.1)]},
            "the standby far is 5.1 s behind",
        ),
        (SafetySettings(max_replication_lag_s=5), {"standbys": [(7, "far", False, 900, 500, 5.0)]}, ""),
        (
            SafetySettings(max_replication_lag_s=5),
            {"standbys": [(7, "far", True, None, None, 0.0)]},
            "grant pg_monitor",
        ),
        (SafetySettings(max_replication_lag_s=5), {"standbys": [(7, "backup", False, 9, None, 0.0)]}, ""),
    ],
)
def test_each_limit(settings: SafetySettings, told: dict[str, list[tuple[Any, ...]]], said: str) -> None:
    found = crossed(settings, **told)
    assert said in found
    assert bool(said) is bool(found)


def test_a_standby_that_hangs_is_behind_since_it_lacks_something() -> None:
    follower = Follower()
    lags = [
        follower.lag_s(moment, written=written, replayed=replayed)
        for moment, written, replayed in (
            (0.0, 100, 100),
            (1.0, 150, 100),
            (2.0, 200, 100),
            (3.0, 200, 100),
            (4.0, 300, 150),
            (5.0, 300, 300),
            (9.0, 300, 300),
            (10.0, 400, 300),
        )
    ]
    assert lags == [0.0, 0.0, 1.0, 2.0, 2.0, 0.0, 0.0, 0.0]


def test_each_standby_is_followed_for_itself_and_forgotten_when_it_leaves() -> None:
    now = [(1, "near", False, 200, 200, 0.0), (2, "far", False, 200, 100, 0.0)]
    told: dict[str, list[tuple[Any, ...]]] = {"conditions": [(50, 1000)], "standbys": now}
    conditions = Conditions(SafetySettings(max_replication_lag_s=5), told.__getitem__)
    assert conditions.crossed(0.0) == ""
    assert "far is 6.0 s behind" in conditions.crossed(6.0)
    told["standbys"] = now[:1]
    assert conditions.crossed(7.0) == ""
    told["standbys"] = now
    assert conditions.crossed(20.0) == ""
