"""Lets a check prove itself: runs an example in a transaction, asks the check there, and undoes it all."""

from dataclasses import dataclass

from pgassay.checks.ask import Question, ask
from pgassay.checks.contract import SqlCheck
from pgassay.checks.parameters import values_of
from pgassay.checks.surroundings import look_around
from pgassay.model.check import SEVERITY, CheckResult, Level
from pgassay.parse.check_file import CheckExample
from pgassay.pg.wire import Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of an example; ``fault`` is a sentence on what is wrong with it, or empty."""

    fault: str
    result: CheckResult | None = None


def prove(wire: Wire, check: SqlCheck, example: CheckExample) -> Proof:
    """Run an example on an idle connection of a superuser, and leave nothing behind."""
    wire.run("begin")
    try:
        for reply in wire.run(example.sql) if example.sql else ():
            if reply.error is not None:
                return Proof(fault=f"{example.place}: The example fails: {reply.error.message}")
        return _asked(wire, check, example)
    finally:
        wire.run("rollback")


def _asked(wire: Wire, check: SqlCheck, example: CheckExample) -> Proof:
    values = values_of(check.info, dict(example.parameters), origin=str(example.place))
    around = look_around(wire, (check.info,))
    (result,) = tuple(ask(wire, (Question(check=check, values=values),), around, inside=True))
    return Proof(fault=_fault(example, result), result=result)


def _fault(example: CheckExample, result: CheckResult) -> str:
    said = "; ".join(f"{each.level}: {each.object}: {each.detail}" for each in result.findings) or "nothing"
    level = result.level
    if result.broken or level is Level.NOT_VERIFIED:
        return f"{example.place}: The check cannot ask: {said}"
    if example.expect is None:
        # A check that is information only would hold whatever it says, if information were let pass.
        limit = Level.PASSED if result.check.level is Level.INFO else Level.INFO
        holds = SEVERITY[level] <= SEVERITY[limit]
        return "" if holds else f"{example.place}: It should hold, but the check says {said}"
    found = SEVERITY[level] >= SEVERITY[example.expect]
    return "" if found else f"{example.place}: It should be {example.expect}, but the check says {said}"
