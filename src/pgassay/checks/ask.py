"""Asks checks over one connection: all on their way at once, each by itself, in one transaction.

Each question has a savepoint, a time limit and a Sync of its own, so one that fails, or waits for a lock,
fails no other, and nothing that a question sets or locks outlives it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pgassay.checks import obstacles
from pgassay.checks.contract import SqlCheck
from pgassay.checks.rows import NoFinding, findings_of
from pgassay.checks.surroundings import Statement, Surroundings, bound
from pgassay.model.check import CheckInfo, CheckResult, Finding
from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Reply
from pgassay.pg.wire import Wire, WireError

LOCK_TIMEOUT_MS = 1_000
_GRACE_S = 5.0
_BEGIN, _END = "begin transaction isolation level read committed read only", "rollback"
_SAVEPOINT = "savepoint pgassay_check"
_UNDO = "rollback to savepoint pgassay_check"
_LIMITS = (
    "select pg_catalog.set_config('statement_timeout', $1, true), pg_catalog.set_config('lock_timeout', $2,"
    " true), pg_catalog.set_config('search_path', '', true), pg_catalog.set_config('jit', 'off', true),"
    # How texts of SQL are read is the role's to set, too; those of checks are written for the default.
    " pg_catalog.set_config('standard_conforming_strings', 'on', true),"
    " pg_catalog.set_config('transform_null_equals', 'off', true),"
    " pg_catalog.set_config('quote_all_identifiers', 'off', true)"
)
_STATEMENTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A check, the values of its own parameters as they travel, and how long the server may take."""

    check: SqlCheck
    values: Mapping[str, str] = field(default_factory=dict)
    timeout_ms: int = 10_000


def ask(
    wire: Wire, questions: Sequence[Question], around: Surroundings, *, inside: bool = False
) -> Iterator[CheckResult]:
    """Ask, and give a result for each question, in order, as the answers come.

    A read-only transaction is opened for them and ended, unless the connection is ``inside`` one already.
    """
    obstructed = [obstacle(each.check.info, around) for each in questions]
    to_send = [each for each, found in zip(questions, obstructed, strict=True) if found is None]
    answers = _answers(wire, to_send, around, inside=inside)
    for question, found in zip(questions, obstructed, strict=True):
        info = question.check.info
        yield next(answers) if found is None else CheckResult(check=info, findings=(found,))
    deque(answers, maxlen=0)  # reads the conversation to its end


def obstacle(check: CheckInfo, around: Surroundings) -> Finding | None:
    """Give what is known before asking to keep a check from it."""
    if not check.fits(around.major):
        return obstacles.wrong_version(check, around)
    for lack in around.lacks:
        if lack.need in check.needs:
            return obstacles.lacking(check, lack, role=around.role)
    return None


def _answers(
    wire: Wire, questions: Sequence[Question], around: Surroundings, *, inside: bool
) -> Iterator[CheckResult]:
    statements = [text for each in questions for text in _statements(each, around)]
    began = monotonic()
    given = 0
    try:
        if statements:
            _allow(wire, questions[0])
            wire.post(statements if inside else [_BEGIN, *statements, _END])
            replies = wire.replies()
            if not inside:
                next(replies)
            for answers in _by_question(replies):
                info = questions[given].check.info
                yield _result(info, answers, around, elapsed_ms=1000 * (monotonic() - began))
                began = monotonic()
                given += 1
                _allow(wire, questions[min(given, len(questions) - 1)])
    except WireError as error:
        why = str(error) or "the server does not answer any more"
        for each in questions[given:]:
            yield CheckResult(check=each.check.info, findings=(obstacles.lost(each.check.info, why),))


def _allow(wire: Wire, question: Question) -> None:
    """Bound the wait by more than the server's own limit: only a dead connection comes so far."""
    wire.deadline = monotonic() + question.timeout_ms / 1000 + LOCK_TIMEOUT_MS / 1000 + _GRACE_S


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
