"""Which checks are files of the project at hand, so that a report can point at them."""

from pgassay.model.check import CheckInfo

_OF_THE_PACKAGE = "pgassay.checks/"


def is_own_file(check: CheckInfo) -> bool:
    """Whether a check's path is a file of the project, not one inside an installed package."""
    return bool(check.path) and not check.path.startswith(_OF_THE_PACKAGE) and not check.path.startswith("/")
