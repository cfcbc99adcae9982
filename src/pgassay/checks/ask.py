"""Asks checks over one connection: all on their way at once, each by itself, in an open transaction.

Each question has a savepoint, a time limit and a Sync of its own, so one that fails, or waits for a lock,
fails no other. The caller has opened the transaction, read-only as a rule, and ends it; nothing that a
question sets or locks outlives it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pgassay.checks import obstacles
from pgassay.checks.contract import Check
from pgassay.checks.rows import NoFinding, findings_of
from pgassay.checks.surroundings import Statement, Surroundings, bound
from pgassay.model.check import CheckInfo, CheckResult, Finding
from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Reply
from pgassay.pg.wire import Wire, WireError

LOCK_TIMEOUT_MS = 1_000
_SAVEPOINT = "savepoint pgassay_check"
_UNDO = "rollback to savepoint pgassay_check"
_LIMITS = (
    "select pg_catalog.set_config('statement_timeout', $1, true), pg_catalog.set_config('lock_timeout', $2,"
    " true), pg_catalog.set_config('search_path', '', true), pg_catalog.set_config('jit', 'off', true)"
)
_STATEMENTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A check, the values of its own parameters as they travel, and how long the server may take."""

    check: Check
    values: Mapping[str, str] = field(default_factory=dict)
    timeout_ms: int = 10_000


def ask(wire: Wire, questions: Sequence[Question], around: Surroundings) -> Iterator[CheckResult]:
    """Ask, and give a result for each question, in order, as the answers come."""
    obstructed = [_obstacle(each.check.info, around) for each in questions]
    to_send = [each for each, found in zip(questions, obstructed, strict=True) if found is None]
    answers = _answers(wire, to_send, around)
    for question, found in zip(questions, obstructed, strict=True):
        info = question.check.info
        yield next(answers) if found is None else CheckResult(check=info, findings=(found,))
    deque(answers, maxlen=0)  # reads the conversation to its end


def _obstacle(check: CheckInfo, around: Surroundings) -> Finding | None:
    if not check.fits(around.major):
        return obstacles.wrong_version(check, around)
    for lack in around.lacks:
        if lack.need in check.needs:
            return obstacles.lacking(check, lack, role=around.role)
    return None


def _answers(wire: Wire, questions: Sequence[Question], around: Surroundings) -> Iterator[CheckResult]:
    statements = [text for each in questions for text in _statements(each, around)]
    began = monotonic()
    given = 0
    try:
        if statements:
            wire.post(statements)
            for replies in _by_question(wire.replies()):
                info = questions[given].check.info
                yield _result(info, replies, around, elapsed_ms=1000 * (monotonic() - began))
                began = monotonic()
                given += 1
    except WireError as error:
        for each in questions[given:]:
            lost = obstacles.not_verified(each.check.info, f"The connection was lost: {error}".strip(": "))
            yield CheckResult(check=each.check.info, findings=(lost,))


def _statements(question: Question, around: Surroundings) -> tuple[str | Statement, ...]:
    values = {**around.shared, **question.values}
    limits = (_LIMITS, str(question.timeout_ms), str(LOCK_TIMEOUT_MS))
    return _SAVEPOINT, limits, bound(question.check.query, values), _UNDO


def _by_question(replies: Iterator[Reply]) -> Iterator[tuple[Reply, ...]]:
    batch: list[Reply] = []
    for reply in replies:
        batch.append(reply)
        if len(batch) == _STATEMENTS:
            yield tuple(batch)
            batch.clear()


def _result(
    check: CheckInfo, replies: tuple[Reply, ...], around: Surroundings, *, elapsed_ms: float
) -> CheckResult:
    prepared, limited, answer, _ = replies
    error = prepared.error or limited.error or answer.error
    if error is not None:
        found = obstacles.refused(check, error, role=around.role)
        is_broken = found is None
        findings = (found or obstacles.broken(check, f"The server refused its query: {error.message}."),)
        return CheckResult(check=check, findings=findings, elapsed_ms=elapsed_ms, broken=is_broken)
    try:
        return CheckResult(check=check, findings=findings_of(check, answer), elapsed_ms=elapsed_ms)
    except NoFinding as wrong:
        findings = (obstacles.broken(check, str(wrong)),)
        return CheckResult(check=check, findings=findings, elapsed_ms=elapsed_ms, broken=True)
