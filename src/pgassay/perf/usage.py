"""Finds out what the server's process spends on a statement, in a session of its own that runs nothing else.

One execution warms it up and another one is measured: as the server tells (:mod:`pgassay.pg.spent`), else as
the system shows where the process is one of this machine. The largest resident set is that of the process
over both, so it says of this statement what it would need of a fresh session.
"""

from pgassay.model.errors import Unavailable
from pgassay.model.perf import WorkloadQuery
from pgassay.model.usage import NOT_MEASURED, Usage
from pgassay.perf.session import Session, Unmeasurable
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection


def usage_of(session: Session, query: WorkloadQuery) -> Usage:
    """Give what a statement uses, as far as that can be found out; to want to know it never fails."""
    try:
        if session.behind.pooled or not (session.told or session.behind.process):
            return NOT_MEASURED  # a pool's session is not new, and not ours to have it tell
        with session.another() as fresh:
            fresh.time(query)
            return _told(fresh, query) or _seen(fresh, query) or NOT_MEASURED
    except (Unavailable, Unmeasurable, Connection.Error):
        return NOT_MEASURED


def _told(session: Session, query: WorkloadQuery) -> Usage | None:
    if not session.told:
        return None
    try:
        spent = session.spend(query)
    except Connection.Error:  # such as where the server tells of each stage of a statement already
        return None
    if not spent.elapsed_s:
        return None
    return _usage(spent.cpu_s, spent.elapsed_s, spent.peak_mb)


def _seen(session: Session, query: WorkloadQuery) -> Usage | None:
    process = session.behind.process
    before_s = process.cpu_s() if process is not None else None
    if process is None or before_s is None:
        return None
    began = monotonic()
    session.time(query)
    passed_s, after_s = monotonic() - began, process.cpu_s()
    if after_s is None or not process.tells(passed_s):
        return Usage(memory_mb=process.peak_mb())
    return _usage(after_s - before_s, passed_s, process.peak_mb())


def _usage(cpu_s: float, passed_s: float, memory_mb: float | None) -> Usage:
    return Usage(memory_mb=memory_mb, cpu_percent=100 * cpu_s / passed_s, cpu_ms=1000 * cpu_s)
