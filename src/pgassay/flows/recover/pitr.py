"""Prove that a point-in-time recovery arrives where it should."""

from contextlib import ExitStack
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.recover.ground import APPLICATION, RecoverWish, limits, remembered, tell, tidy
from pgassay.flows.remembered import database_of
from pgassay.model.recovery import RecoveryOperation, RecoveryRun
from pgassay.pg.clock import now
from pgassay.pg.connection import connect
from pgassay.pg.guard import Deed, check
from pgassay.recovery.pitr import PointInTime, PointInTimeOrder
from pgassay.report.recovery.record import RecoveryRecord


def prove_point_in_time(wish: RecoverWish, settings: Settings, around: Around) -> RecoveryRecord:
    """Prove it on a copy of the target, or, where none can be had, on a server of our own.

    Raises:
        Unavailable: the target cannot be reached.
    """
    target = settings.target(wish.target)
    check(target, Deed.COPY_OUT)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        tidy(settings, target, store, around)
        with connect(target, application=APPLICATION) as connection:
            database = database_of(connection)
        run = RecoveryRun(
            id=uuid4(),
            operation=RecoveryOperation.POINT_IN_TIME,
            target=target.shown,
            database=database,
            started_at=now(),
        )
        order = PointInTimeOrder(run=run, target=target)
        events = PointInTime(order, settings.recovery, limits(settings, around)).events()
        return tell(events, wish, settings, around, store)
