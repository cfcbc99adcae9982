"""The order of plan, version and tests in a TAP stream, and the errors that a wrong order makes.

A small state machine with the same states as Perl's parser. It counts; it keeps no test.
"""

from enum import Enum, auto

from pgassay.parse.tap.grammar import Plan


class _Stage(Enum):
    BEGINNING = auto()
    """Nothing yet that matters, so a version line may come."""
    OPEN = auto()
    """After the version line."""
    PLANNED = auto()
    """The plan came first."""
    UNPLANNED = auto()
    """Tests came first; the plan may come last."""
    COMPLETE = auto()
    """The plan came after tests; nothing may follow."""


class Order:
    """Follows a stream; ``errors`` grows with what is wrong, in the order seen."""

    def __init__(self) -> None:
        self.version = 12
        self.plan: Plan | None = None
        self.tests_run = 0
        self.errors: list[str] = []
        self.skip_reason: str | None = None
        self._stage = _Stage.BEGINNING
        self._testing = False
        self.todo: set[str] = set()

    def meet_version(self, number: int) -> None:
        """Take a ``TAP version`` line."""
        if self._stage is not _Stage.BEGINNING:
            self.errors.append("The TAP version must be the first line of the output.")
            return
        if number < 13:
            self.errors.append(f"A TAP version line must say 13 or more, not {number}.")
        elif number > 13:
            self.errors.append(f"TAP version {number} is not known; the latest known one is 13.")
        self.version = 13 if number >= 13 else 12
        self._stage = _Stage.OPEN

    def meet_plan(self, plan: Plan) -> None:
        """Take a plan line. A second one is an error; one after an early plan is ignored besides."""
        if self._stage is _Stage.PLANNED:
            self._repeated()
            return
        self.plan = plan
        self.todo.update(plan.todo)
        if plan.skip:
            self.skip_reason = plan.reason
        if self._stage is _Stage.COMPLETE:
            self._repeated()
        self._stage = _Stage.COMPLETE if self._stage is _Stage.UNPLANNED else _Stage.PLANNED
        self._testing = False

    def meet_test(self, number: int | None) -> bool:
        """Take a test line with the number that it claims; say whether it lies beyond the plan."""
        if not self._testing:
            self._begin_tests()
        self.tests_run = run = self.tests_run + 1
        if number is not None and number != run:
            self.errors.append(f"Test {number} came where test {run} was expected.")
        return self.plan is not None and run > self.plan.planned

    def planned_todo(self, number: int | None) -> bool:
        """Say whether the plan line declared this number to be a TODO; each declaration holds once."""
        if number is None or str(number) not in self.todo:
            return False
        self.todo.discard(str(number))
        return True

    def finish(self) -> None:
        """Take the end of the output."""
        if self.plan is None:
            self.errors.append("There is no plan in the output.")
        elif self.plan.planned != self.tests_run:
            self.errors.append(f"{_tests(self.plan.planned)} planned, but {self.tests_run} run.")

    def _begin_tests(self) -> None:
        if self._stage is _Stage.COMPLETE:
            self.errors.append("The plan must come before all tests or after all of them.")
            self._stage = _Stage.PLANNED
        elif self._stage is not _Stage.PLANNED:
            self._stage = _Stage.UNPLANNED
        self._testing = True

    def _repeated(self) -> None:
        self.errors.append("There is more than one plan in the output.")


def _tests(number: int) -> str:
    return "1 test was" if number == 1 else f"{number} tests were"
