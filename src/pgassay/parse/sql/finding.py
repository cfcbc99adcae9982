"""What was found in a statement, and what is to be done about it."""

from dataclasses import dataclass
from enum import Enum

from pgassay.model.place import Place


class Verdict(Enum):
    """What becomes of a statement on a production target; ordered by ``severity``."""

    ALLOWED = "allowed"
    """It is sent as it is; the finding is a note for the report."""
    REWRITTEN = "rewritten"
    """It is not sent as it is, and has no effect outside the file's transaction."""
    REFUSED = "refused"
    """It is not sent at all, and neither is the file."""

    @property
    def severity(self) -> int:
        """0 for the mildest."""
        return tuple(Verdict).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in one statement that matters to production.

    ``what`` says what it would do, ``instead`` how to write it; both are sentences. ``object`` names what
    it would be done to, as written. ``through`` is the way from the statement to it: functions, string
    arguments and blocks, outermost first. ``reason`` is that of the policy where one changed the verdict.
    ``ordinary`` is what databases do of their own accord when they are written to, such as taking a number
    from a sequence: there it is only noted.
    """

    rule: str
    place: Place
    what: str
    instead: str
    verdict: Verdict
    object: str = ""
    through: tuple[str, ...] = ()
    reason: str = ""
    ordinary: bool = False

    @property
    def detail(self) -> str:
        """The way to it in words, empty where it stands in the statement itself."""
        return f"through {' → '.join(self.through)}" if self.through else ""
