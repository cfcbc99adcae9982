"""Reads the catalogs again, and says whether they are what the rehearsal and the file promise."""

from dataclasses import dataclass, field

from pgassay.migrate.course import Stumble
from pgassay.migrate.order import Order, Situation
from pgassay.migrate.presence import broken_promises
from pgassay.migrate.promises import promises_of
from pgassay.model.errors import Unavailable
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Difference, Fingerprint, compare
from pgassay.model.migrate import Operation, Step, StepResult
from pgassay.model.rehearsal import Rehearsed
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.connection import Connection

_LONGEST_LIST = 20


@dataclass(slots=True)
class Verification:
    """What is looked at behind the last statement: before the commit where there is time, else after it.

    ``inside`` tells which. ``after`` are the catalogs that were found, once they were read.
    """

    order: Order
    situation: Situation
    inside: bool
    after: Fingerprint | None = field(default=None, init=False)

    def before_commit(self, connection: Connection) -> None:
        """Look, if there is time while locks are held. Raises Stumble for what must not be committed."""
        if not self.inside:
            return
        try:
            self.after = fingerprint(connection)
        except Unavailable as error:
            state = getattr(error.__cause__, "sqlstate", None) or ""
            raise Stumble(error.sentence, sqlstate=state) from error
        if trouble := self._trouble(self.after):
            raise Stumble("The catalogs would not be what they should be.", detail=trouble)

    def result(self, connection: Connection) -> StepResult:
        """Look at what is committed."""
        try:
            self.after = fingerprint(connection)
        except Unavailable as error:
            return StepResult(step=Step.VERIFY, finding=Finding.NOT_VERIFIED, sentence=error.sentence)
        trouble = self._trouble(self.after)
        if trouble:
            sentence = "The catalogs are not what they should be."
            return StepResult(step=Step.VERIFY, finding=Finding.BROKEN, sentence=sentence, detail=trouble)
        return StepResult(step=Step.VERIFY, finding=Finding.HOLDS, sentence=self._sentence())

    @property
    def changes(self) -> tuple[Difference, ...]:
        """How the catalogs differ from before."""
        return compare(self.situation.catalogs, self.after) if self.after is not None else ()

    def _sentence(self) -> str:
        changes = len(self.changes)
        told = f"{changes} object{'s' if changes != 1 else ''} changed"
        if self._expected() is not None:
            return f"{told}, exactly as rehearsed."
        made = len(promises_of(self.order.script))
        return f"{told}; what the file makes is there." if made and self._is_apply else f"{told}."

    def _trouble(self, after: Fingerprint) -> tuple[str, ...]:
        broken = broken_promises(self.order.script, after) if self._is_apply else ()
        expected = self._expected()
        if expected is None:
            return broken
        return (*broken, *_unexpected(expected, compare(self.situation.catalogs, after)))

    @property
    def _is_apply(self) -> bool:
        return self.order.run.operation is Operation.APPLY

    def _expected(self) -> Rehearsed | None:
        """Give the rehearsal that says what must differ; none where it was of another state, or inexact."""
        known = self.order.rehearsed
        if known is None or not self._is_apply or not known.exact:
            return None
        return known if known.fingerprint == self.situation.catalogs.digest else None


def _unexpected(expected: Rehearsed, found: tuple[Difference, ...]) -> tuple[str, ...]:
    missing = [each for each in expected.changes if each not in found]
    more = [each for each in found if each not in expected.changes]
    told = [f"{each.subject} was {each.change} in the rehearsal" for each in missing]
    told += [f"{each.subject} is {each.change}, otherwise than rehearsed" for each in more]
    return tuple(told[:_LONGEST_LIST])
