"""An application at work: pgbench on a production database, at a rate that leaves the machine time.

Its transactions keep sums equal; a change of anybody else's that stayed, of one balance or one line of its
history, would show in them for ever.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fix_production import Live
from fix_suite import until

_RATE = "60"
_CLIENTS = "2"
SUMS = """
select
    (select sum(abalance) from pgbench_accounts),
    (select sum(tbalance) from pgbench_tellers),
    (select sum(bbalance) from pgbench_branches),
    (select coalesce(sum(delta), 0) from pgbench_history)
"""
STRAY = "select count(*) from pgbench_history where filler is not null"


class Load:
    """A pgbench that runs."""

    def __init__(self, live: Live) -> None:
        self._live = live

    @property
    def transactions(self) -> int:
        """How many it has committed so far."""
        ((count,),) = self._live.project.ask("select count(*) from pgbench_history")
        assert isinstance(count, int)
        return count

    def is_consistent(self) -> bool:
        """Whether nothing but its own transactions has changed its tables."""
        (sums,), stray = self._live.project.ask(SUMS), self._live.project.ask(STRAY)
        return len(set(sums)) == 1 and stray == [(0,)]


@contextmanager
def load_on(live: Live) -> Iterator[Load]:
    """Let an application work on a database during the block; it has to be alive and well at its end."""
    pgbench = live.server.bin / "pgbench"
    conninfo, environment = live.project.target.for_programs
    _run(pgbench, "-i", "-q", "-s", "1", conninfo, environment=environment)
    process = subprocess.Popen(
        [pgbench, "-n", "-c", _CLIENTS, "-R", _RATE, "-T", "36000", conninfo],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    load = Load(live)
    try:
        until(lambda: load.transactions > 0, what="the load works")
        yield load
        assert process.poll() is None, "the load has ended"
    finally:
        process.kill()
        process.communicate()


def _run(program: Path, *words: str, environment: dict[str, str]) -> None:
    subprocess.run([program, *words], env=environment, check=True, capture_output=True)
