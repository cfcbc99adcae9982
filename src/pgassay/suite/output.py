"""What comes out of a test file while it runs, whoever runs it: our own engine or the real psql."""

from dataclasses import dataclass

from pgassay.model.place import Place
from pgassay.model.suite import Problem


@dataclass(frozen=True, slots=True)
class Printed:
    """Text on standard output: the TAP stream. May hold several lines, or a part of one.

    ``place`` is the statement that it came from and ``elapsed_ms`` the time that the server took for it,
    where they are known.
    """

    text: str
    place: Place | None = None
    elapsed_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Text on standard error: a notice of the server, ``\\warn``. Never part of the verdict."""

    text: str


@dataclass(frozen=True, slots=True)
class Broke:
    """The file ended here, before its end. Makes it red."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Suspected:
    """Something that pg_prove passes in silence. A warning, or with ``--strict`` a failure."""

    problem: Problem


ScriptOutput = Printed | Said | Broke | Suspected
