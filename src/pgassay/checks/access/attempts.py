"""Tries attempts in one go, and those that a trigger got in the way of once more without triggers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pgassay.checks.access.outcome import Judged, Outcome, Tally, add_up, judge
from pgassay.checks.access.person import Person
from pgassay.checks.access.session import Session, Try
from pgassay.model.access import Action, Attempt, Cell, Reach
from pgassay.pg.reply import Reply

_OPEN = frozenset({Outcome.BLOCKED, Outcome.UNDECIDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An attempt that is to be made: who, what for, and the place of its row where it is limited.

    A move that is only ``partly`` one, because not all may be set, proves nothing when a constraint stops it.
    """

    person: Person
    action: Action
    attempt: Attempt
    place: str = ""
    before: str = ""
    partly: bool = False

    def as_try(self, *, unguarded: bool = False) -> Try:
        """Give what the session is asked to do."""
        return Try(
            statement=self.attempt.statement,
            identity=self.person.identity,
            sample=f'{{"{self.place}"}}' if self.place else "{}",
            before=self.before,
            unguarded=unguarded,
            after=self.attempt.after,
        )


def make(session: Session, wanted: Sequence[Wanted]) -> list[Judged]:
    """Make attempts, and say of each what it proves.

    Raises:
        Unavailable: the connection is lost.
    """
    tries = session.tries([each.as_try() for each in wanted])
    judged = [_judge(each, reply) for each, reply in zip(wanted, tries, strict=True)]
    again = [place for place, each in enumerate(judged) if each.outcome is Outcome.BLOCKED]
    replies = session.tries([wanted[place].as_try(unguarded=True) for place in again])
    for place, reply in zip(again, replies, strict=True):
        judged[place] = _second(judged[place], _judge(wanted[place], reply))
    return judged


def cell(action: Action, wanted: Sequence[Wanted], judged: Sequence[Judged]) -> Cell:
    """Make a cell of what became of the attempts on one action."""
    total: Tally = add_up(judged)
    return Cell(
        action=action,
        reach=total.reach,
        reached=total.reached,
        tried=total.tried,
        reason=total.reason,
        attempts=tuple(each.attempt for each in wanted),
    )


def unverified(action: Action, reason: str) -> Cell:
    """Give a cell of which nothing is known."""
    return Cell(action=action, reach=Reach.NOT_VERIFIED, reason=reason)


def _judge(wanted: Wanted, reply: Reply) -> Judged:
    """Judge an answer; behind a move it is told by whether the row is still there for who moved it."""
    found = judge(reply)
    if wanted.attempt.after and not reply.failed:
        gone = found.outcome is Outcome.FILTERED
        return Judged(outcome=Outcome.REACHED if gone else Outcome.FILTERED)
    if wanted.partly and found.outcome is Outcome.REACHED:
        return replace(found, outcome=Outcome.UNDECIDED)
    return found


def _second(first: Judged, second: Judged) -> Judged:
    if second.outcome in _OPEN:
        return first
    note = "; ".join(filter(None, (f"a trigger stops it: {first.note}", second.note)))
    return replace(second, note=note)
