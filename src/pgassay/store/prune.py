"""Lets what is old go, in small transactions: killed in between, the store is whole, and more is left to do.

What is still needed is known by the queries, one for each kind of record: what is open, what the readiness
gate reads, what others refer to. Migrations, rollbacks and backups stay: they are few, and tell how the
target came to be what it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.pg.connection import Connection
from pgassay.store.schema import opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record: what it is called, the query that lets it go, and how many go at once."""

    name: str
    query: str
    batch: int = 1_000


KINDS = (
    Kind(name="notices", query="prune_notices"),
    Kind(name="alerts", query="prune_alerts"),
    Kind(name="incidents", query="prune_incidents", batch=100),
    Kind(name="registered_rows", query="prune_registered"),
    Kind(name="test_runs", query="prune_test_runs", batch=20),
    Kind(name="executions", query="prune_executions"),
    Kind(name="run_catalogs", query="prune_run_catalogs"),
    Kind(name="catalog_snapshots", query="prune_snapshots", batch=20),
    Kind(name="check_runs", query="prune_check_runs", batch=100),
    Kind(name="access_runs", query="prune_access_runs", batch=20),
    Kind(name="rehearsals", query="prune_rehearsals", batch=20),
    Kind(name="catalog_states", query="prune_states", batch=20),
    Kind(name="drills", query="prune_drills", batch=100),
    Kind(name="performance_runs", query="prune_performance_runs", batch=100),
    Kind(name="metrics", query="prune_metrics"),
    Kind(name="baselines", query="prune_baselines", batch=100),
    Kind(name="database_sizes", query="prune_sizes"),
)
"""All kinds, each behind those that refer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many records of each kind went, or would go where it was a ``dry`` run; all from before a moment.

    ``whole`` is false where it was ended early.
    """

    before: datetime
    dry: bool
    counts: tuple[tuple[str, int], ...]
    whole: bool = True

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.counts)


def prune(
    connection: Connection,
    before: datetime,
    *,
    at_least: float,
    dry: bool = False,
    ended: Callable[[], bool] = lambda: False,
) -> Pruned:
    """Let go what is from before a moment and not needed; once ``ended`` says so, go no further.

    ``at_least`` is the share of tests in percent that a good run has: the last good one is kept.

    Raises:
        Unavailable: the store is not installed, or cannot be written; what went by then is gone.
    """
    counts: list[tuple[str, int]] = []
    gone: list[UUID] = []
    for kind in KINDS:
        found, total = kind.batch, 0
        while found >= kind.batch:
            if ended():
                return Pruned(before=before, dry=dry, counts=(*counts, (kind.name, total)), whole=False)
            with opened(connection) as begun:
                most = None if dry else kind.batch
                ((found, identities),) = begun.run(
                    kind.query, before=before, most=most, dry=dry, gone=gone, at_least=at_least
                )
            total += found
            if dry:
                gone += identities
                break
        counts.append((kind.name, total))
    return Pruned(before=before, dry=dry, counts=tuple(counts))


def claim_pruning(connection: Connection) -> bool:
    """Take on the pruning of this day; false where somebody did already.

    Raises:
        Unavailable: the store is not installed, or cannot be written.
    """
    with opened(connection) as begun:
        return bool(begun.run("claim_pruning"))
