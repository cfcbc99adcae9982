"""What others can see of the database: its catalogs and sequences, before a file and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pgassay.pg.wire import Wire
from pgassay.suite.safety.asking import Rows, Unseen, ask_patiently, text
from pgassay.suite.session import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A number for each catalog, and the last value of each sequence by oid.

    Sequences that the role may not read are left out; ``None`` is one that nobody has used yet.
    ``snapshot`` is as old as that, or older: what was committed before it is in it.
    """

    catalogs: Mapping[str, str] = field(default_factory=dict)
    sequences: Mapping[str, int | None] = field(default_factory=dict)
    snapshot: str = ""
    unseen: str = ""


def questions(wire: Wire, before: Surface) -> tuple[str, str]:
    """Give the queries that :func:`surface_of` understands the answers to."""
    return text(wire, "unchanged").replace("$1", quoted(before.snapshot)), text(wire, "sequences")


def surface_of(wire: Wire, before: Surface, unchanged: Rows, sequences: Rows) -> Surface:
    """Read the answers, and look at the catalogs unless nothing can have changed them since. Raises Unseen.

    Catalogs change by transactions that commit, as everything does that others can see. Where none has
    since the snapshot that the numbers before are from, those are the numbers of now.
    """
    ((same, snapshot),) = unchanged
    catalogs = before.catalogs
    if same != "t":
        (rows,) = ask_patiently(wire, text(wire, "fingerprint"))
        catalogs = {str(name): str(number) for name, number in rows}
    return Surface(
        catalogs=catalogs,
        sequences={str(oid): int(value) if value is not None else None for oid, value in sequences},
        snapshot=str(snapshot),
    )


def look_around(wire: Wire) -> Surface:
    """Ask for what others can see."""
    nothing = Surface()
    try:
        return surface_of(wire, nothing, *ask_patiently(wire, *questions(wire, nothing)))
    except Unseen as error:
        return Surface(unseen=str(error))
