"""What is told to people outside: a notice, and what became of telling it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.urgency import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and a short value, shown beside a notice's text."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that people are told once.

    ``key`` tells it from every other notice: one that was told is not told again. ``command`` is what to
    run next, where there is such a thing.
    """

    key: str
    urgency: Urgency
    title: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where notices go: a channel, and a receiver there.

    ``value`` may be a secret and is never shown or stored; ``digest`` tells addresses apart in its place.
    """

    channel: str
    value: str
    digest: str

    def __repr__(self) -> str:
        """Leave the receiver out."""
        return f"Address({self.channel}:{self.digest})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice on its way to one receiver. ``repeated``: it may have arrived already; nobody can know."""

    id: UUID
    channel: str
    digest: str
    notice: Notice
    attempts: int
    repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a letter: ``problem`` is empty if it arrived. ``final``: it is not tried again."""

    letter: Letter
    at: datetime
    problem: str = ""
    final: bool = False
    wait_s: float = 0.0

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A letter that did not arrive yet or, if it has ``failed_at``, was given up.

    ``retried_at`` and ``retried_by`` say who had it tried again after it had been given up before.
    """

    id: UUID
    channel: str
    receiver: str
    title: str
    since: datetime
    attempts: int
    next_attempt_at: datetime
    failed_at: datetime | None
    problem: str
    retried_at: datetime | None = None
    retried_by: str = ""
