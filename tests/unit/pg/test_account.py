import os
from pathlib import Path

import pytest

from pgassay.model.errors import Unavailable
from pgassay.pg.account import Account, reachable, writable_place

_STRANGER = Account(name="stranger", uid=54321, gid=54321)
_WE = Account(name="we", uid=os.geteuid(), gid=os.getegid())


@pytest.fixture
def private(tmp_path: Path) -> Path:
    directory = tmp_path / "private"
    (directory / "inside").mkdir(parents=True)
    directory.chmod(0o700)
    return directory


def test_a_private_directory_hides_what_is_below_it(private: Path) -> None:
    assert reachable(private / "inside", _WE)
    assert not reachable(private / "inside", _STRANGER)


def test_the_cache_is_the_place_wherever_it_will_do(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert writable_place(cache, None) == cache
    assert cache.stat().st_mode & 0o777 == 0o711


def test_a_cache_that_others_may_write_is_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    assert writable_place(shared, None) != shared


def test_no_place_at_all_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    obstacle = tmp_path / "file"
    obstacle.write_text("")
    monkeypatch.setattr("pgassay.pg.account._places", lambda _: [obstacle / "cache"])
    with pytest.raises(Unavailable, match="no directory that pgassay may write"):
        writable_place(None, None)
