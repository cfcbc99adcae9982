"""The events of an access check, in the order in which they come.

``AccessStarted`` first and ``AccessFinished`` last, each exactly once, also when the check is interrupted; in
between a ``RelationTried`` for each relation, in the order of their names.
"""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.access import AccessPlan, RelationAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessStarted:
    """Identities and relations are known; nothing has been tried yet."""

    plan: AccessPlan
    relations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationTried:
    """Every identity tried everything on a relation, and all of it was undone."""

    access: RelationAccess
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessWarned:
    """Something that the user should know and that changes no verdict."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFinished:
    """Nothing more will come. ``interrupted`` is set by Ctrl-C or SIGTERM."""

    at: datetime
    elapsed_s: float
    interrupted: bool = False


AccessEvent = AccessStarted | RelationTried | AccessWarned | AccessFinished
