"""The record of a run that failed to start: chosen files, and why none of them ran."""

from collections.abc import Iterator
from uuid import uuid4

from pgassay.model.errors import PgassayError
from pgassay.model.events.suite import FileFinished, RunFinished, RunStarted, SuiteEvent
from pgassay.model.suite import Environment, Problem, Run, RunOptions, TestFile, Trouble
from pgassay.pg.clock import now
from pgassay.pg.target import Target
from pgassay.suite.hearing import never_started


def stillborn(
    name: str, files: tuple[TestFile, ...], target: Target, error: PgassayError
) -> Iterator[SuiteEvent]:
    """Yield the events of a run none of whose files could be started."""
    moment = now()
    place = Environment(target=target.shown, production=target.production)
    run = Run(id=uuid4(), started_at=moment, name=name, environment=place, options=RunOptions(), files=files)
    yield RunStarted(run=run)
    reason = Problem(trouble=Trouble.LOST_CONNECTION, message=error.sentence)
    for file in files:
        yield FileFinished(result=never_started(file, reason, at=moment))
    yield RunFinished(at=moment, elapsed_s=0.0)
