"""Makes what will take the place of schemas: the backup, played into new ones of the same names, and proven.

It is one transaction of the database in use. Nobody else sees any of it, and nobody waits for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pgassay.model.events.rollback import RollbackEvent, RollbackWarned
from pgassay.model.finding import Finding
from pgassay.model.recovery import StepResult
from pgassay.model.rollback import RollbackResult, RollbackRun, RollbackStep
from pgassay.pg.connection import Connection
from pgassay.pg.target import Target
from pgassay.recovery.contents import Stopped
from pgassay.recovery.rollback.course import Says, Stepping, Work, step
from pgassay.recovery.rollback.schemas.ask import ask
from pgassay.recovery.rollback.schemas.clearing import Cleared, Patiently, clear
from pgassay.recovery.rollback.schemas.exchange import Exchange
from pgassay.recovery.rollback.schemas.extensions import GoneExtension, create_again, gone_extensions
from pgassay.recovery.rollback.schemas.finish import Last
from pgassay.recovery.rollback.schemas.listing import playlist
from pgassay.recovery.rollback.schemas.missing import missing
from pgassay.recovery.rollback.schemas.part import part_of, schemas_then
from pgassay.recovery.rollback.schemas.play import Player
from pgassay.recovery.rollback.schemas.prospect import read_schemas
from pgassay.recovery.rollback.schemas.published import of_archive, publish_each, publishing
from pgassay.recovery.rollback.schemas.surroundings import Surroundings, bound, surroundings, warnings_of
from pgassay.recovery.rollback.schemas.verify import (
    Held,
    analyze,
    content,
    inventory,
    referred_to,
    sequences,
)
from pgassay.recovery.settings import RecoverySettings
from pgassay.recovery.steps.archive import archive_of
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.tools.restore import list_archive
from pgassay.recovery.verify import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What it takes to restore."""

    target: Target
    settings: RecoverySettings
    limits: Limits


@dataclass(slots=True)
class Inside:
    """A restoration in an open transaction. ``last`` is what is left to be done when its events were read."""

    connection: Connection
    run: RollbackRun
    kept: Kept
    means: Means
    how: Patiently
    _warnings: list[RollbackWarned] = field(default_factory=list)
    _around: Surroundings | None = None
    _gone: tuple[GoneExtension, ...] = ()
    _cleared: Cleared = Cleared(parts=())
    _player: Player | None = None
    _roles: tuple[str, ...] = ()

    def events(self) -> Iterator[RollbackEvent]:
        """Make it; the last event is of the first step that does not hold, or of the last step.

        Raises:
            Stopped: the user asked for an end.
        """
        steps: tuple[tuple[RollbackStep, Work], ...] = (
            (RollbackStep.REFERENCES, self._references),
            (RollbackStep.RESTORE, self._restore),
            (RollbackStep.ANALYZE, self._analyze),
            (RollbackStep.CONTENT, self._as(RollbackStep.CONTENT, self._content)),
            (RollbackStep.INVENTORY, self._as(RollbackStep.INVENTORY, lambda: inventory(self._held()))),
            (RollbackStep.SEQUENCES, self._as(RollbackStep.SEQUENCES, lambda: sequences(self._held()))),
        )
        for which, work in steps:
            result = yield from self._step(which, work)
            while self._warnings:
                yield self._warnings.pop(0)
            if result.finding is not Finding.HOLDS:
                return

    def last(self) -> Last:
        """Give what is left to be done."""
        assert self._around is not None and self._player is not None
        return Last(
            run=self.run,
            parts=self._cleared.parts,
            around=self._around,
            keys=tuple(self._player.later),
            since=self._cleared.since,
        )

    def _step(self, which: RollbackStep, work: Work) -> Stepping:
        if self.means.limits.stop.is_set():
            raise Stopped
        return step(which, lambda: self._unless_stopped(work))

    def _unless_stopped(self, work: Work) -> RollbackResult:
        try:
            return work()
        except Connection.Error as error:
            if self.means.limits.stop.is_set():
                raise Stopped from error
            raise

    def _as(self, which: RollbackStep, work: Callable[[], StepResult]) -> Work:
        return lambda: Says(step=which).as_of(work())

    def _references(self) -> RollbackResult:
        names = self.run.schemas
        ((_, _, roles),) = ask(self.connection, "rights")
        self._roles = tuple(roles)
        around = self._around = surroundings(self.connection, names)
        self._warnings += warnings_of(around)
        self._gone = gone_extensions(self.connection, self.kept.manifest, names)
        return bound(around, names)

    def _restore(self) -> RollbackResult:
        archive, names = archive_of(self.kept.directory, self.kept.manifest), list(self.run.schemas)
        listed = list_archive(archive, self.means.limits)
        self._exchange()
        members = [line for (line,) in ask(self.connection, "extension_members", schemas=names)]
        what = playlist(listed, names, roles=self._roles, without=members)
        if what.unkept:
            self._note(
                f"Default privileges of {', '.join(what.unkept)} are not restored, since this role is no "
                "member of it: what it makes in these schemas has to be granted."
            )
        player = self._player = Player(self.connection, self.run.schemas, archive, self.means.limits)
        player.play_all(what)
        self._note_missing(player, listed)
        self._publish(player, what.published)
        return Says(step=RollbackStep.RESTORE).holds(
            f"The backup of {self.kept.manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC is restored, and nobody sees "
            "it yet."
        )

    def _exchange(self) -> None:
        """Set the schemas aside, with new ones in their places."""
        assert self._around is not None
        there = {each.name: each for each in read_schemas(self.connection)}
        exchange = Exchange(connection=self.connection, run=self.run, there=there, around=self._around)
        chosen = [each for each in schemas_then(self.kept.manifest) if each.name in self.run.schemas]
        self._cleared = clear(
            exchange, [each.name for each in chosen], self.how, refers_to=referred_to(self._held())
        )
        for each in chosen:
            exchange.make_anew(each)
        exchange.move_extensions(self.run.schemas)
        create_again(self.connection, self._gone)
        for gone in self._gone:
            self._note(f"The extension {gone.name} was gone from {gone.schema}, and is created again.")

    def _publish(self, player: Player, lines: tuple[str, ...]) -> None:
        """Publish what was published up to now, and what was so with the backup."""
        assert self._around is not None
        encoding = self.connection.info.encoding
        now = [(each.what, publishing(each.schema, each.table, encoding)) for each in self._around.published]
        then = of_archive(player.read("post-data", lines))
        if left := publish_each(self.connection, (*now, *then)):
            self._note(f"Not published as it was: {', '.join(left)}.")

    def _note_missing(self, player: Player, listed: str) -> None:
        for each in missing(self.connection, self.kept.manifest, listed, self.run.schemas):
            found = player.read("post-data", each.lines)
            made = [text.decode("utf-8", "replace") for text in found if text.startswith(b"CREATE")]
            self._note(
                f"The {each.what} was there with the backup, is gone since, and is not made again.",
                " ".join(made),
            )

    def _note(self, sentence: str, remedy: str = "") -> None:
        self._warnings.append(RollbackWarned(sentence=sentence, remedy=remedy))

    def _analyze(self) -> RollbackResult:
        count = analyze(self.connection, self.run.schemas)
        return Says(step=RollbackStep.ANALYZE).holds(f"There are statistics of {count} tables.")

    def _content(self) -> StepResult:
        return content(self._held(), lock_timeout_s=self.means.settings.lock_timeout_s)

    def _held(self) -> Held:
        return Held(
            connection=self.connection,
            manifest=part_of(self.kept.manifest, self.run.schemas),
            schemas=self.run.schemas,
            roles=self._roles,
            target=self.means.target,
            stop=self.means.limits.stop,
        )
