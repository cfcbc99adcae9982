"""What is to be done with a migration, where the target stands, and whether it may be done there.

Deciding is apart from doing: :func:`permit` takes values and sends nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.migrate.batches import Batch, batches_of
from pgassay.migrate.format import Format
from pgassay.migrate.history import Progress, read_history, read_progress
from pgassay.migrate.same import same_content
from pgassay.migrate.script import Script
from pgassay.model.errors import Refused
from pgassay.model.fingerprint import Difference, Fingerprint
from pgassay.model.migrate import MigrationRun, Operation
from pgassay.model.migration import Applied
from pgassay.model.migration_plan import HazardFound
from pgassay.model.rehearsal import Rehearsed
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done. ``up`` and ``down`` are the files as they were read.

    ``production``: only as it was rehearsed. ``rehearsed`` is the newest green rehearsal of this content.
    ``changed`` is how the target differs from what that was of, as far as it is known.
    ``interrupted``: the last application of it was killed.
    """

    run: MigrationRun
    form: Format
    up: Script
    down: Script | None
    production: bool = False
    rehearsed: Rehearsed | None = None
    changed: tuple[Difference, ...] = ()
    interrupted: bool = False

    @property
    def script(self) -> Script:
        """The file whose statements are sent. Raises Refused where a rollback is wanted and there is none."""
        if self.run.operation is not Operation.ROLLBACK:
            return self.up
        if self.down is None:
            raise _no_rollback(self)
        return self.down

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The parts of the script."""
        return batches_of(self.script)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a target stands: its history, what is halfway, its catalogs and how long reading these took."""

    history: tuple[Applied, ...]
    progress: tuple[Progress, ...]
    catalogs: Fingerprint
    read_s: float

    def applied(self, version: str) -> Applied | None:
        """Give the row of a migration."""
        return next((each for each in self.history if each.version == version), None)

    def halfway(self, version: str) -> Progress | None:
        """Give how far a migration is that is halfway."""
        return next((each for each in self.progress if each.version == version), None)


def look(connection: Connection, form: Format) -> Situation:
    """Read where a target stands."""
    history, progress = read_history(connection, form), read_progress(connection)
    started = monotonic()
    catalogs = fingerprint(connection)
    return Situation(history=history, progress=progress, catalogs=catalogs, read_s=monotonic() - started)


def parts_done(order: Order, situation: Situation) -> int:
    """Say how many parts of the script an interrupted run of the same operation has committed."""
    halfway = situation.halfway(order.run.migration.version)
    return halfway.parts if halfway is not None and halfway.operation is order.run.operation else 0


def is_behind(order: Order, situation: Situation) -> bool:
    """Whether a killed application had committed everything, so that only what follows is left to be done."""
    row = situation.applied(order.run.migration.version)
    applying = order.run.operation is Operation.APPLY
    return applying and order.interrupted and row is not None and same_content(row, order.up)


def permit(order: Order, situation: Situation) -> None:
    """Let an operation pass, or refuse it.

    Raises:
        Refused: the sentence says why, the remedy what can be done.
    """
    for refusal in (_obstacle, _other_halfway, _standing, _one_way, _unrehearsed):
        for found in refusal(order, situation):
            raise found


def _obstacle(order: Order, situation: Situation) -> Iterator[Refused]:
    scripts = (order.script, *((order.down,) if order.down is not None else ()))
    for each in (obstacle for script in scripts for obstacle in script.obstacles):
        yield refusal_of(each)


def refusal_of(obstacle: HazardFound) -> Refused:
    """Give the error for what keeps a file from being sent."""
    return Refused(f"{obstacle.place}: {obstacle.sentence}", remedy=obstacle.instead)


def _other_halfway(order: Order, situation: Situation) -> Iterator[Refused]:
    for each in situation.progress:
        if each.version != order.run.migration.version:
            yield Refused(
                f"The migration {each.version} is halfway: it was interrupted behind part {each.parts}.",
                remedy=each.ways_on,
            )


def _standing(order: Order, situation: Situation) -> Iterator[Refused]:
    migration = order.run.migration
    row, halfway = situation.applied(migration.version), situation.halfway(migration.version)
    if order.run.operation is Operation.ROLLBACK:
        if row is None and halfway is None:
            yield Refused(f"The migration {migration.label} is not applied.", remedy="pgassay migrate status")
        return
    if row is not None and not is_behind(order, situation):
        same = same_content(row, order.up)
        changed = "" if same else ", and its file was changed since"
        yield Refused(
            f"The migration {migration.label} was applied already{changed}.",
            remedy="pgassay migrate status" if same else "Put what is new into a migration of its own.",
        )
    if halfway is not None and (
        halfway.operation is not Operation.APPLY or halfway.sha256 != migration.up.sha256
    ):
        yield Refused(
            f"The migration {migration.label} is halfway, with another content than {migration.up.path} has.",
            remedy=f"pgassay migrate rollback {migration.version}",
        )


def _one_way(order: Order, situation: Situation) -> Iterator[Refused]:
    parts = len(order.batches)
    applied = order.run.operation is Operation.APPLY
    if applied and parts > 1 and order.down is None and not order.run.irreversible:
        yield Refused(
            f"{order.up.file.path} has {parts} parts that are committed one by one, and no rollback file: "
            "if a later one fails, nothing brings the earlier ones back.",
            remedy="Write a rollback file, or say why none is needed: --irreversible-ok REASON",
        )


def _unrehearsed(order: Order, situation: Situation) -> Iterator[Refused]:
    if not order.production or order.run.unrehearsed:
        return
    files = " ".join(each.file.path for each in (order.up, order.down) if each is not None)
    rehearse = f"pgassay migrate rehearse {files}"
    known = order.rehearsed
    if known is None:
        yield Refused(
            f"The migration {order.run.migration.label} was not rehearsed with this content.",
            remedy=f"{rehearse}; in an emergency: --unrehearsed REASON",
        )
    elif _is_stale(order, situation, known):
        yield Refused(
            f"The catalogs of the target are not those that {order.run.migration.label} was rehearsed on "
            f"({known.at:%Y-%m-%d %H:%M} UTC): {_named(order.changed)} changed since.",
            remedy=f"{rehearse}; in an emergency: --unrehearsed REASON",
        )


def _named(changed: tuple[Difference, ...]) -> str:
    """Name what was changed; what is not known is something."""
    if not changed:
        return "something was"
    names = ", ".join(each.subject for each in changed[:3])
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return f"{names}{more} {'was' if len(changed) == 1 else 'were'}"


def _is_stale(order: Order, situation: Situation, known: Rehearsed) -> bool:
    """Whether a rehearsal was of other catalogs. What goes on or back from halfway has others anyway."""
    done = parts_done(order, situation) or is_behind(order, situation)
    if order.run.operation is not Operation.APPLY or done:
        return False
    return known.fingerprint != situation.catalogs.digest


def _no_rollback(order: Order) -> Refused:
    return Refused(
        f"The migration {order.run.migration.label} has no rollback file.",
        remedy=f"pgassay migrate rollback {order.run.migration.version} ROLLBACK_FILE",
    )
