"""Makes a backup: an archive, and the manifest of what it holds, both of one snapshot.

The backup gets its name as the last thing of all, so one that was interrupted is never taken for whole.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from pgassay.model.backup import Manifest, SequenceState, TableContent
from pgassay.model.errors import PgassayError
from pgassay.model.events.recovery import (
    BackupMade,
    RecoveryEvent,
    RecoveryFinished,
    RecoveryStarted,
    RecoveryStepFinished,
    RecoveryStepStarted,
    RecoveryWarned,
)
from pgassay.model.finding import Finding
from pgassay.model.recovery import Outcome, RecoveryRun, RecoveryStep, StepResult
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import monotonic, now
from pgassay.pg.target import Target
from pgassay.recovery.contents import (
    Reading,
    Stopped,
    read_collisions,
    read_contents,
    read_large_objects,
    read_sequences,
)
from pgassay.recovery.course import Verdict, outcome_of, step
from pgassay.recovery.directory import ARCHIVE, GLOBALS, begin, discard, publish, sums, sync
from pgassay.recovery.manifest import NAME, digest, encode
from pgassay.recovery.settings import RecoverySettings
from pgassay.recovery.snapshot import Snapshot, exported
from pgassay.recovery.source import read_roles, read_settings, read_source
from pgassay.recovery.tools.dump import Dump, dump, dump_globals
from pgassay.recovery.tools.program import Limits, ProgramFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOrder:
    """What to back up, and where to. ``tool`` is the major version of pg_dump that will be used."""

    run: RecoveryRun
    target: Target
    directory: Path
    name: str
    tool: int


class BackupMaker:
    """One backup. :meth:`events` is to be read to its end, or closed: then nothing of it stays."""

    def __init__(self, order: BackupOrder, settings: RecoverySettings, limits: Limits) -> None:
        self._order = order
        self._settings = settings
        self._limits = limits
        self._manifest: Manifest | None = None
        self._started = monotonic()

    def events(self) -> Iterator[RecoveryEvent]:
        """Make it."""
        yield RecoveryStarted(run=self._order.run)
        try:
            partial = begin(self._order.directory, self._order.name)
        except PgassayError as error:
            yield self._end(Outcome.FAILED, error.sentence)
            return
        try:
            yield from self._make(partial)
        except Stopped:
            yield self._end(Outcome.INTERRUPTED, "The backup was stopped, and is gone.")
        finally:
            discard(partial)

    def _make(self, partial: Path) -> Iterator[RecoveryEvent]:
        for events in (self._dump(partial), self._roles(partial)):
            for event in events:
                yield event
                if isinstance(event, RecoveryStepFinished) and event.result.finding is Finding.BROKEN:
                    yield self._end(Outcome.FAILED, event.result.sentence)
                    return
        result = yield from step(RecoveryStep.SEAL, lambda: self._seal(partial))
        if result.finding is not Finding.HOLDS or self._manifest is None:
            yield self._end(Outcome.FAILED, result.sentence)
            return
        manifest = self._manifest
        whole = publish(partial, self._order.name)
        yield BackupMade(
            id=manifest.id,
            manifest=manifest,
            location=str(whole),
            manifest_sha256=digest(encode(manifest)),
            at=now(),
        )
        yield self._end(Outcome.PASSED, f"The backup is {whole}.")

    def _dump(self, partial: Path) -> Iterator[RecoveryEvent]:
        """Dump and read beside each other, in one snapshot, which lasts no longer than both."""
        started = monotonic()
        yield RecoveryStepStarted(step=RecoveryStep.DUMP, at=now())
        result = outcome_of(RecoveryStep.DUMP, lambda: self._dump_and_read(partial / ARCHIVE))
        if result.finding is Finding.NOT_VERIFIED:  # what was not read is not backed up
            result = replace(result, finding=Finding.BROKEN)
        yield RecoveryStepFinished(result=result, at=now(), elapsed_s=monotonic() - started)

    def _dump_and_read(self, archive: Path) -> StepResult:
        chosen, order = self._settings, self._order
        with ExitStack() as opened:
            snapshot = opened.enter_context(exported(order.target, lock_timeout_s=chosen.lock_timeout_s))
            # Before the dump reads them: sequences go on, and the dump must not have less than the manifest.
            sequences = read_sequences(snapshot.connection)
            what = Dump(
                target=order.target,
                major=snapshot.connection.info.server_version // 10_000,
                encoding=snapshot.connection.info.parameter_status("server_encoding") or "UTF8",
                snapshot=snapshot.id,
                jobs=chosen.jobs,
                compression=chosen.compression,
                lock_timeout_s=chosen.lock_timeout_s,
            )
            program = opened.enter_context(dump(what, archive))
            tables = self._read_tables(snapshot)
            self._manifest = self._describe(snapshot, tables, sequences)
            program.finish(self._limits)
        found = self._manifest
        held = (now() - found.taken_at).total_seconds()
        return Verdict(step=RecoveryStep.DUMP).holds(
            f"{len(found.tables)} tables with {found.rows} rows, of {found.taken_at:%Y-%m-%d %H:%M:%S} UTC; "
            f"the snapshot was held for {max(held, 0.0):.1f} s."
        )

    def _read_tables(self, snapshot: Snapshot) -> tuple[TableContent, ...]:
        how = Reading(
            target=self._order.target,
            jobs=self._settings.jobs,
            lock_timeout_s=self._settings.lock_timeout_s,
            stop=self._limits.stop,
            snapshot=snapshot.id,
        )
        return read_contents(snapshot.connection, how)

    def _describe(
        self, snapshot: Snapshot, tables: tuple[TableContent, ...], sequences: tuple[SequenceState, ...]
    ) -> Manifest:
        connection = snapshot.connection
        taken = {name for name, _ in read_collisions(connection)}
        return Manifest(
            id=self._order.run.id,
            source=read_source(connection),
            taken_at=snapshot.taken_at,
            lsn=snapshot.lsn,
            tool=self._order.tool,
            tables=tables,
            sequences=tuple(replace(each, taken=each.name in taken) for each in sequences),
            large_objects=read_large_objects(connection),
            inventory=fingerprint(connection, ignored=()).entries,
            roles=read_roles(connection),
            settings=read_settings(connection),
        )

    def _roles(self, partial: Path) -> Iterator[RecoveryEvent]:
        """Write the roles down for psql, too. Without that the manifest has them all the same."""
        assert self._manifest is not None
        file, major = partial / GLOBALS, self._manifest.source.major
        started = monotonic()
        yield RecoveryStepStarted(step=RecoveryStep.ROLES, at=now())
        verdict = Verdict(step=RecoveryStep.ROLES)
        try:
            dump_globals(self._order.target, major, file, self._limits)
            result = verdict.holds(f"The server's roles are in {GLOBALS}, without passwords.")
        except (ProgramFailed, PgassayError) as error:
            file.unlink(missing_ok=True)
            result = verdict.not_verified(
                f"There is no {GLOBALS}: {error.sentence}",
                "The manifest has the roles and who is whose member.",
            )
        yield RecoveryStepFinished(result=result, at=now(), elapsed_s=monotonic() - started)
        if result.finding is Finding.NOT_VERIFIED:
            yield RecoveryWarned(sentence=result.sentence)

    def _seal(self, partial: Path) -> StepResult:
        assert self._manifest is not None
        verdict = Verdict(step=RecoveryStep.SEAL)
        files = tuple(sums(partial, leave_out=frozenset({NAME})))
        self._manifest = replace(self._manifest, files=files)
        size, tables = self._manifest.size_bytes, len(self._manifest.tables)
        if size < self._settings.min_size:
            return verdict.broken(f"The backup has {size} bytes; {self._settings.min_size} is the least.")
        if tables < self._settings.min_tables:
            return verdict.broken(
                f"The backup has {tables} tables; {self._settings.min_tables} is the least."
            )
        (partial / NAME).write_bytes(encode(self._manifest))
        (partial / NAME).chmod(0o600)
        sync(partial / NAME)
        return verdict.holds(f"{len(files)} files of {size} bytes, each with its SHA-256 in {NAME}.")

    def _end(self, outcome: Outcome, sentence: str) -> RecoveryFinished:
        return RecoveryFinished(
            outcome=outcome, sentence=sentence, at=now(), elapsed_s=monotonic() - self._started
        )
