"""Answers questions about recorded runs: how long files take, what failed last, how a day went."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from pgassay.model.history import CategorySummary, FileHistory
from pgassay.model.suite import Outcome, safety_rank
from pgassay.pg.connection import Connection
from pgassay.store.identify import identify, only
from pgassay.store.replay import replay
from pgassay.store.schema import opened
from pgassay.store.values import cleaner

__all__ = ["find_run", "history", "last_failed", "replay", "summary"]

_BACK = re.compile(r"last(?:-(\d{1,6}))?")
_HOW_TO_NAME = "Give its id, at least the first four digits of it, or: last, last-1, last-2, …"
_HOW_TO_LIST = "pgassay report"


def history(connection: Connection, paths: Iterable[str]) -> tuple[FileHistory, ...]:
    """Give what is known of these files, by path; files that never ran are left out.

    ``expected_s`` is the median over the last five runs in which the file came to its end; for a file
    that never did, the time of its latest run.
    """
    clean = cleaner(connection.info.parameter_status("server_encoding") or "")
    known = {clean(path): path for path in paths}
    with opened(connection) as begun:
        rows = begun.run("history", paths=list(known))
    return tuple(
        FileHistory(
            path=known[path], expected_s=expected_s, last_outcome=Outcome(outcome), last_run_at=last_run_at
        )
        for path, expected_s, outcome, last_run_at in rows
    )


def last_failed(connection: Connection) -> frozenset[str]:
    """Give the paths of the files that were red when they last ran, or should have run."""
    with opened(connection) as begun:
        return frozenset(path for (path,) in begun.run("last_failed"))


def summary(connection: Connection, *, hours: float = 24, now: datetime) -> tuple[CategorySummary, ...]:
    """Sum the executions up that started in the ``hours`` before ``now``, categories in order of safety."""
    with opened(connection) as begun:
        rows = begun.run("summary", since=now - timedelta(hours=hours), until=now)
    found = [
        CategorySummary(
            category=category,
            executions=executions,
            passed=passed,
            failed=failed,
            unfinished=unfinished,
            success_rate=success_rate,
            average_s=average_s,
            first=first,
            last=last,
        )
        for category, executions, passed, failed, unfinished, success_rate, average_s, first, last in rows
    ]
    return tuple(sorted(found, key=lambda each: (safety_rank(each.category), each.category)))


def find_run(connection: Connection, text: str) -> UUID:
    """Find the run that a person means: an id, a unique start of one, ``last``, or ``last-1`` and so on.

    Raises:
        UsageError: the text is none of these, no run is like it, or several are.
    """
    back = _BACK.fullmatch(text.strip().lower())
    with opened(connection) as begun:
        if back is None:
            return identify(begun, text, "runs_between", noun="run", remedies=(_HOW_TO_NAME, _HOW_TO_LIST))
        found = [run_id for (run_id,) in begun.run("recent_run", back=int(back[1] or 0))]
    return only(found, text, noun="run", remedy=_HOW_TO_LIST)
