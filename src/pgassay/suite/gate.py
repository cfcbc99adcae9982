"""What every step of a file passes before it is performed, where a run does not let everything through."""

from typing import Protocol

from pgassay.model.suite import Problem
from pgassay.parse.psql.steps import Query, Step


class Refusal(Exception):
    """A step must not be performed, and the file ends here."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Gate(Protocol):
    """Lets steps through, or not."""

    @property
    def due(self) -> bool:
        """Whether the transaction is to be looked at before the next step, as before its end."""

    def admit(self, step: Step) -> None:
        """Look at a step. Raises Refusal."""

    def admit_computed(self, query: Query) -> Query:
        """Look at a statement whose text came out of a query; give it as it may be sent. Raises Refusal."""
