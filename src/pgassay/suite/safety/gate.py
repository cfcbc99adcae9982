"""What a file's steps have to pass before they are sent, and what the file is refused for.

Each statement is read as it is sent: with its variables put in, and those that a query computed, too.
"""

from pgassay.model.suite import Problem
from pgassay.parse.psql.control import Control
from pgassay.parse.psql.steps import Query, Step
from pgassay.pg.clock import monotonic
from pgassay.suite.gate import Refusal
from pgassay.suite.safety.reading import Reading, refused
from pgassay.suite.safety.seal import bared

_LOOK_EVERY_S = 0.25


class SafetyGate:
    """The gate of one file. ``halted``, once it is set, lets nothing pass any more.

    ``admitted`` counts what passed; ``looked_at`` is when somebody last looked at the file's transaction.
    """

    def __init__(self, reading: Reading) -> None:
        self.halted: Problem | None = None
        self.admitted = 0
        self.looked_at = monotonic()
        self._reading = reading

    @property
    def due(self) -> bool:
        """Whether the file has gone on for a while without a look at its transaction."""
        return monotonic() - self.looked_at > _LOOK_EVERY_S

    def admit(self, step: Step) -> None:
        """Look at a step. Raises Refusal."""
        if self.halted is not None:
            raise Refusal(self.halted)
        for problem in refusals(step, self._reading):
            raise Refusal(problem)
        self.admitted += 1

    def admit_computed(self, query: Query) -> Query:
        """Look at a statement whose text came out of a query; give it as it may be sent. Raises Refusal."""
        alone = bared(query)
        self.admit(alone)
        return alone


def refusals(step: Step, reading: Reading) -> tuple[Problem, ...]:
    """Say why a step must not be performed on production; nothing where it may be."""
    match step:
        case Query(compound=True):
            why = "Several statements in one message cannot be told apart on production"
            return (refused(step.place, f"{why}.", "End each with a plain semicolon, not with \\;."),)
        case Query(control=Control.PREPARE):
            why = "PREPARE TRANSACTION would leave a transaction behind that no rollback reaches"
            return (refused(step.place, f"{why}.", "Leave it out, or write ROLLBACK."),)
        case _:
            return reading.judge(step)
