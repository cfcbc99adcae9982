"""The exit codes of every command; a refusal is never 0, and neither is a run that executed nothing."""

from enum import IntEnum


class Exit(IntEnum):
    """What the process tells its caller.

    The codes are part of the public interface: other programs branch on them.
    """

    OK = 0
    """Everything that was asked for holds."""
    RED = 1
    """The verdict is red: a test failed, a check failed, a regression, an objective missed."""
    USAGE = 2
    """Wrong usage or configuration; nothing was run."""
    REFUSED = 3
    """The guard refused to do this to this target."""
    UNAVAILABLE = 4
    """The target cannot be reached, or lacks what is needed."""
    OUT_OF_TIME = 5
    """The time given was used up, and nothing else went wrong."""
    BUG = 70
    """A mistake in pgassay itself."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C or SIGTERM."""
