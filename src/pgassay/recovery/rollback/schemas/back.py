"""Gives schemas that were set aside their names again, in an open transaction; the present ones make way."""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.aside import Aside
from pgassay.model.events.rollback import RollbackEvent, RollbackWarned
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackResult, RollbackRun, RollbackStep
from pgassay.pg.connection import Connection
from pgassay.recovery.rollback.course import Says, step
from pgassay.recovery.rollback.schemas.clearing import Cleared, Patiently, clear
from pgassay.recovery.rollback.schemas.exchange import Exchange
from pgassay.recovery.rollback.schemas.finish import Last
from pgassay.recovery.rollback.schemas.prospect import read_schemas
from pgassay.recovery.rollback.schemas.published import publish_each, publishing
from pgassay.recovery.rollback.schemas.surroundings import Surroundings, bound, surroundings, warnings_of


@dataclass(slots=True)
class Back:
    """The way back. ``last`` is what is left to be done when its events were read."""

    connection: Connection
    run: RollbackRun
    aside: Aside
    how: Patiently
    _around: Surroundings | None = None
    _cleared: Cleared = Cleared(parts=())
    _left: tuple[str, ...] = ()

    def events(self) -> Iterator[RollbackEvent]:
        """Do it; the last event is of the first step that does not hold, or of the last step."""
        result = yield from step(RollbackStep.REFERENCES, self._references)
        if result.finding is not Finding.HOLDS:
            return
        assert self._around is not None
        yield from warnings_of(self._around)
        yield from step(RollbackStep.RENAME, self._rename)
        if self._left:
            yield RollbackWarned(sentence=f"Not published as it was: {', '.join(self._left)}.")

    def last(self) -> Last:
        """Give what is left to be done."""
        assert self._around is not None
        return Last(
            run=self.run,
            parts=self._cleared.parts,
            around=self._around,
            since=self._cleared.since,
        )

    def _references(self) -> RollbackResult:
        self._around = surroundings(self.connection, self.run.schemas)
        return bound(self._around, self.run.schemas)

    def _rename(self) -> RollbackResult:
        assert self._around is not None
        there = {each.name: each for each in read_schemas(self.connection)}
        exchange = Exchange(connection=self.connection, run=self.run, there=there, around=self._around)
        self._cleared = clear(exchange, [each.live for each in self.aside.schemas], self.how)
        for each in self.aside.schemas:
            exchange.put_back(each)
        exchange.move_extensions([each.live for each in self.aside.schemas if not each.absent])
        self._publish()
        return Says(step=RollbackStep.RENAME).holds("The names are given back, and nobody sees it yet.")

    def _publish(self) -> None:
        """Publish what was published when it was set aside."""
        encoding = self.connection.info.encoding
        self._left = publish_each(
            self.connection,
            (
                (f"{part.live}.{each.table} in {each.publication}", publishing(part.live, each, encoding))
                for part in self.aside.schemas
                for each in part.published
            ),
        )
