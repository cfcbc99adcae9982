"""Every error that a user can cause, or meet: a sentence, a remedy and an exit code each.

A row that meets trouble raises one of these; only ``cli`` turns them into text and a status. An
exception of any other class that reaches ``cli`` is a bug in pgassay (exit 70).
"""

from typing import ClassVar

from pgassay.model.exits import Exit


class PgassayError(Exception):
    """Root of all expected errors.

    ``sentence`` says what it means for the user and names the object; ``remedy``, where there is one,
    says what to do, as a command if possible. Neither ever contains a password.
    """

    exit_code: ClassVar[Exit] = Exit.BUG

    def __init__(self, sentence: str, *, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


class UsageError(PgassayError):
    """A flag, a setting or a path that makes no sense."""

    exit_code = Exit.USAGE


class NothingToRun(PgassayError):
    """No test was found, or the selection is empty. Never a success."""

    exit_code = Exit.USAGE


class Refused(PgassayError):
    """The guard does not allow this on this target."""

    exit_code = Exit.REFUSED


class Unavailable(PgassayError):
    """The target cannot be reached, refuses us, or lacks something that the work needs."""

    exit_code = Exit.UNAVAILABLE


class OutOfTime(PgassayError):
    """The time given was used up."""

    exit_code = Exit.OUT_OF_TIME
