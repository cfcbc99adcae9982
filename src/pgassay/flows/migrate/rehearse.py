"""Rehearse migrations on a copy of a target: a clone on its server, or a copy on a server of our own."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.migrate.ground import (
    APPLICATION,
    MigrateWish,
    Scripts,
    Where,
    means,
    new_run,
    read_scripts,
    remembered,
    tell,
)
from pgassay.flows.migrate.meant import pending
from pgassay.flows.remembered import database_of
from pgassay.migrate.discover import find
from pgassay.migrate.order import refusal_of
from pgassay.migrate.rehearse import Rehearsal, RehearsalOrder
from pgassay.migrate.transactions import reaches_beyond
from pgassay.model.errors import NothingToRun, Refused, Unavailable, UsageError
from pgassay.model.fingerprint import Fingerprint, compare
from pgassay.model.migrate import Operation
from pgassay.model.migration import Migration
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clone import sweep
from pgassay.pg.connection import Connection, connect
from pgassay.pg.copy import copy_elsewhere
from pgassay.pg.guard import Deed, check
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.pg.template import template
from pgassay.report.migration.record import MigrationRecord
from pgassay.report.words import visible

CLONE, EMBEDDED = "clone", "embedded"
_MOST = 5
_SAYS = {
    CLONE: "a clone on the target's own server",
    EMBEDDED: "a copy on a server of its own",
}
_INSTEAD = {
    CLONE: "pgassay migrate rehearse --on embedded",
    EMBEDDED: "rehearse on a copy of your own that has them, pgassay --target COPY migrate rehearse",
}
_IN_THE_COPY = {"added": "only in the copy", "removed": "missing there", "changed": "different there"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """A copy that is connected to, and the target that it is of; ``alike``: of one major version."""

    where: Where
    connection: Connection
    alike: bool


def rehearse(wish: MigrateWish, settings: Settings, around: Around) -> tuple[MigrationRecord, ...]:
    """Rehearse a migration, or in turn all that are pending, until one is red.

    Raises:
        Refused: a file has what cannot be sent, or the target may not be copied.
        UsageError, NothingToRun: there is no such migration, or none is pending.
        Unavailable: the target cannot be reached, or no copy be made.
    """
    target = settings.target(wish.target)
    place = _place(wish, target)
    check(target, Deed.COPY_OUT if place == EMBEDDED else Deed.CHANGE)
    with ExitStack() as opened:
        store = opened.enter_context(remembered(settings, target, around))
        with connect(target, application=APPLICATION) as connection:
            subjects = [read_scripts(each) for each in _subjects(wish, settings, connection)]
            _refuse(subjects, place)
            catalogs, database = fingerprint(connection), database_of(connection)
            major = major_version(connection)
        copy = opened.enter_context(_copied(target, place, wish, around))
        there = opened.enter_context(connect(copy, application=APPLICATION))
        _compare(catalogs, there, around, place)
        where = Where(target=target, database=database, place=_SAYS[place])
        stage = _Stage(where=where, connection=there, alike=major == major_version(there))
        theatre = _Theatre(stage, wish, settings, around, store)
        return tuple(theatre.rehearse(subjects, catalogs))


@dataclass(frozen=True, slots=True)
class _Theatre:
    """Where rehearsals take place, one behind the other on one copy."""

    stage: _Stage
    wish: MigrateWish
    settings: Settings
    around: Around
    store: Connection | None

    def rehearse(self, subjects: Iterable[Scripts], catalogs: Fingerprint) -> Iterator[MigrationRecord]:
        """Rehearse in turn; each leaves the copy as the target will be when it was applied."""
        for subject in subjects:
            record = self._one(subject, catalogs)
            yield record
            if record.exit or record.finished is None:
                return
            if record.finished.exact and record.finished.after is not None:
                catalogs = record.finished.after

    def _one(self, subject: Scripts, catalogs: Fingerprint) -> MigrationRecord:
        stage, wish = self.stage, self.wish
        run = new_run(Operation.REHEARSE, subject.migration, stage.where, wish)
        order = RehearsalOrder(
            run=run,
            up=subject.up,
            down=subject.down,
            target=catalogs,
            with_data=wish.with_data,
            alike=stage.alike,
        )
        chosen = means(stage.connection, self.settings, stop=self.around.stop, observed=True)
        return tell(Rehearsal(order, chosen).events(), wish, self.around, self.store)


def _place(wish: MigrateWish, target: Target) -> str:
    if wish.place and wish.place not in _SAYS:
        raise UsageError(f"{wish.place!r} is no place for a rehearsal.", remedy="--on clone or --on embedded")
    return wish.place or (EMBEDDED if target.production else CLONE)


def _subjects(wish: MigrateWish, settings: Settings, connection: Connection) -> tuple[Migration, ...]:
    chosen = settings.migrate
    if wish.file:
        return (find(wish.file, wish.rollback_file, paths=chosen.paths, wanted=chosen.format)[0],)
    waiting = pending(chosen, connection)
    if not waiting:
        raise NothingToRun("No migration is pending.", remedy="pgassay migrate status")
    return waiting


def _refuse(subjects: Iterable[Scripts], place: str) -> None:
    """Refuse what cannot be sent, and what a clone would not keep to itself."""
    for script in (script for each in subjects for script in (each.up, each.down) if script is not None):
        for obstacle in script.obstacles:
            raise refusal_of(obstacle)
        beyond = (each for each in script.statements if any(map(reaches_beyond, each.nodes)))
        for statement in beyond if place == CLONE else ():
            raise Refused(
                f"{statement.place}: {statement.command} changes the whole server, not only a clone on it.",
                remedy="pgassay migrate rehearse --on embedded",
            )


@contextmanager
def _copied(target: Target, place: str, wish: MigrateWish, around: Around) -> Iterator[Target]:
    with ExitStack() as opened:
        if place == EMBEDDED:
            copy = opened.enter_context(copy_elsewhere(target, data=wish.with_data))
            lacking, made = copy.lacking, copy.target
        else:
            try:
                sweep(target)
                built = opened.enter_context(template(target, run=uuid4()))
            except Unavailable as error:
                raise Unavailable(error.sentence, remedy="pgassay migrate rehearse --on embedded") from error
            lacking, made = built.lacking, built.target
        for sentence in lacking[:_MOST]:
            around.warn(sentence)
        if len(lacking) > _MOST:
            around.warn(f"The copy lacks {len(lacking) - _MOST} more things.")
        yield made


def _compare(catalogs: Fingerprint, there: Connection, around: Around, place: str) -> None:
    """Say in what the copy is not as the target is: there, the rehearsal proves nothing."""
    differences = compare(catalogs, fingerprint(there))
    if not differences:
        return
    named = ", ".join(f"{each.subject} is {_IN_THE_COPY[each.change]}" for each in differences[:_MOST])
    more = f", and {len(differences) - _MOST} more" if len(differences) > _MOST else ""
    around.warn(
        f"The copy is not wholly as the target is: {visible(named)}{more}. What the migration does to these "
        "is not proven, and apply will not hold its changes against this rehearsal's.",
        "If the migration leaves them alone, or they only read otherwise (PostgreSQL writes some expressions "
        f"anew behind a dump), go on with apply. If not: {_INSTEAD[place]}",
    )
