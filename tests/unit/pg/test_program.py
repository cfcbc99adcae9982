from itertools import pairwise
from pathlib import Path

import pytest

from pgassay.model.errors import Unavailable
from pgassay.pg.program import _candidates, find_program


def test_a_script_is_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapper = tmp_path / "pg_wrapped"
    wrapper.write_text("#!/bin/sh\necho 'pg_wrapped (PostgreSQL) 17.1'\n")
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(Unavailable, match="pg_wrapped is not installed"):
        find_program("pg_wrapped")


@pytest.fixture
def versions() -> dict[int, Path]:
    """The versions of pg_dump on this machine, and the first program of each."""
    found = list(_candidates("pg_dump"))
    if not found:
        pytest.skip("there is no pg_dump on this machine")
    return dict(reversed(found))


def test_a_version_that_is_there_is_taken_although_there_are_newer_ones(versions: dict[int, Path]) -> None:
    for major, path in versions.items():
        assert find_program("pg_dump", at_least=major) == path


def test_between_two_versions_the_next_is_taken(versions: dict[int, Path]) -> None:
    for older, newer in pairwise(sorted(versions)):
        assert find_program("pg_dump", at_least=older + 1) == versions[newer]


def test_without_a_version_the_newest_is_taken(versions: dict[int, Path]) -> None:
    assert find_program("pg_dump") == versions[max(versions)]


def test_too_old_is_said_with_what_there_is() -> None:
    with pytest.raises(Unavailable, match=r"pg_dump 99 or newer is not installed \(there is \d+"):
        find_program("pg_dump", at_least=99)
