"""Runs checks on a target: the engine. It yields events, and closing it closes its connection.

Probes come first, one by one; then every query at once (see :mod:`pgassay.checks.ask`). Whatever happens,
each check has a result: what could not be asked is not verified.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from threading import Event

from pgassay.checks import obstacles
from pgassay.checks.ask import Question, ask, obstacle
from pgassay.checks.contract import Ground, Opening, ProbeCheck, SqlCheck
from pgassay.checks.plan import Asked, Plan, fitting
from pgassay.checks.reach import reach, survey
from pgassay.checks.waive import waive
from pgassay.model.check import CheckInfo, CheckResult
from pgassay.model.errors import PgassayError
from pgassay.model.events.check import CheckEvent, CheckFinished, ChecksFinished, ChecksStarted
from pgassay.pg.clock import monotonic
from pgassay.pg.target import Target
from pgassay.pg.wire import WireError


def run(
    plan: Plan, target: Target, *, now: Callable[[], datetime], stop: Event
) -> Generator[CheckEvent, None, None]:
    """Run a plan. ``now`` gives the moment; once ``stop`` is set, nothing more is asked."""
    began = monotonic()
    with closing(reach(target)) as opening:
        asked = fitting(plan.asked, major=opening.major)
        survey(opening, [each.check.info for each in asked], plan.scope, now=now)
        yield ChecksStarted(
            run=plan.run,
            at=now(),
            checks=tuple(each.check.info for each in asked),
            areas=plan.areas,
            target=target.shown,
            server_version=opening.around.server_version if opening.around else "",
            strict=plan.strict,
            unreachable=opening.message,
        )
        work = _Work(plan, opening, now(), stop)
        for result in work.results(asked):
            yield CheckFinished(result=waive(result, plan.waivers, today=now().date()))
        yield ChecksFinished(
            at=now(),
            elapsed_s=monotonic() - began,
            round_trips=opening.round_trips,
            interrupted=stop.is_set(),
        )


class _Work:
    """One run's asking."""

    def __init__(self, plan: Plan, opening: Opening, moment: datetime, stop: Event) -> None:
        self._plan = plan
        self._opening = opening
        self._moment = moment
        self._stop = stop

    def results(self, asked: Sequence[Asked]) -> Iterator[CheckResult]:
        """Give a result for each, in order."""
        probed = {
            check.info.name: self._probe(check, each)
            for each in asked
            if isinstance(check := each.check, ProbeCheck)
        }
        queried = self._query([each for each in asked if isinstance(each.check, SqlCheck)])
        for each in asked:
            found = probed.get(each.check.info.name)
            yield found if found is not None else next(queried)
        next(queried, None)  # reads the conversation to its end

    def _query(self, asked: Sequence[Asked]) -> Iterator[CheckResult]:
        wire, around = self._opening.wire, self._opening.around
        given = 0
        if wire is not None and around is not None and wire.usable:
            self._opening.round_trips += 1
            for result in ask(wire, [self._question(each) for each in asked], around):
                given += 1
                yield result
                if self._stop.is_set():
                    break
        for each in asked[given:]:
            yield self._unasked(each.check.info)

    def _question(self, asked: Asked) -> Question:
        assert isinstance(asked.check, SqlCheck)
        return Question(check=asked.check, values=asked.values, timeout_ms=self._plan.timeout_ms)

    def _probe(self, check: ProbeCheck, asked: Asked) -> CheckResult:
        around = self._opening.around
        if (around is None and not check.without_server) or self._stop.is_set():
            return self._unasked(check.info)
        hindrance = obstacle(check.info, around) if around is not None else None
        if hindrance is not None:
            return CheckResult(check=check.info, findings=(hindrance,))
        began = monotonic()
        ground = Ground(
            info=check.info,
            opening=self._opening,
            moment=self._moment,
            values=asked.values,
            store=self._plan.store,
            growing=self._plan.growing,
        )
        is_broken = False
        try:
            findings = tuple(check.examine(ground))
        except WireError as error:
            findings = (obstacles.lost(check.info, str(error) or "the server does not answer"),)
        except PgassayError as error:
            findings = (obstacles.not_verified(check.info, error.sentence, error.remedy),)
        except Exception as error:  # noqa: BLE001 - one check that fails must fail no other
            is_broken = True
            findings = (obstacles.broken(check.info, f"It failed: {type(error).__name__}: {error}"),)
        elapsed_ms = 1000 * (monotonic() - began)
        return CheckResult(check=check.info, findings=findings, elapsed_ms=elapsed_ms, broken=is_broken)

    def _unasked(self, check: CheckInfo) -> CheckResult:
        why = self._opening.message or "The connection was lost."
        if self._stop.is_set():
            why = "The run was interrupted before."
        return CheckResult(check=check, findings=(obstacles.not_verified(check, why, "Run it again."),))
