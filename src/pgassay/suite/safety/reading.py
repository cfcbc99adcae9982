"""Reads each statement of a file before it is sent, and refuses what would do harm in spite of a rollback."""

from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.parse.psql.steps import ClientCopy, Query


class Reading:
    """Reads the statements of one file, in their order."""

    def judge(self, step: Query | ClientCopy) -> tuple[Problem, ...]:
        """Say why a statement must not be sent; nothing where it may be."""
        return ()


def refused(place: Place, what: str, instead: str, *further: str) -> Problem:
    """Give the problem of a refused step: what it would do, and how to write it."""
    return Problem(trouble=Trouble.REFUSED, message=what, place=place, detail=(instead, *further))
