"""A place on this machine for what pgassay keeps there, that no other process looks into.

``own_place`` is where this process, and those that it starts, have their disposable servers and directories:
others, with tests of their own, sweep the usual one.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def _place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pgassay-place"))
    folder.chmod(0o711)  # the account of servers goes through it
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def own_place(_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have such a place during the test; its seeds are made once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(_place))
