"""Plays a part of an archive in a session: its statements one by one, and rows as they come.

Left out is what would undo our own limits (the archive's ``SET … = 0``), and set aside for later are foreign
keys to tables outside: those lock what others use.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Event

from pgassay.model.aside import ForeignKey
from pgassay.pg.connection import Connection, reason
from pgassay.recovery.contents import Stopped
from pgassay.recovery.rollback.course import NotSwapped
from pgassay.recovery.rollback.schemas.ask import ask, execute
from pgassay.recovery.rollback.schemas.listing import Playlist
from pgassay.recovery.rollback.schemas.names import NAME, schema_of, unquoted
from pgassay.recovery.rollback.schemas.stream import BrokenScript, Script
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.tools.restore import Archive, script_of

_LIMIT = re.compile(rb"SET \w+_timeout = ")
_FOREIGN_KEY = re.compile(
    rf"ALTER TABLE (?P<only>ONLY )?(?P<schema>{NAME})\.(?P<table>{NAME})\s+"
    rf"ADD CONSTRAINT (?P<name>{NAME}) FOREIGN KEY \((?:{NAME}|[, ])+(?:PERIOD {NAME})?\)"
    rf" REFERENCES (?P<refers>{NAME}\.{NAME})"
)
_LONGEST = 100
_SECTIONS = ("pre-data", "data", "post-data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A foreign key to a table outside, as it is added in the end. ``validate``: it was a valid one."""

    statement: bytes
    key: ForeignKey
    validate: bool


@dataclass(slots=True)
class Player:
    """Plays into ``schemas``. ``later`` are the foreign keys that were left for the end."""

    connection: Connection
    schemas: Collection[str]
    archive: Archive
    limits: Limits
    later: list[Later] = field(default_factory=list)

    def play_all(self, what: Playlist) -> None:
        """Play all that is chosen of an archive but for what is published.

        Default privileges of this role hold for what it makes here; an archive takes it that there are none.
        So they are taken back, before the archive's own grants; and these come before views are computed.

        Raises:
            NotSwapped: a statement failed, or the archive cannot be read.
            ProgramFailed: pg_restore failed.
            Stopped: the user asked for an end.
        """
        self.play("", what.grants)
        for section in _SECTIONS:
            self.play(section, what.objects)
        for (statement,) in ask(self.connection, "plain_privileges", schemas=list(self.schemas)):
            execute(self.connection, statement)
        for lines in (what.rights, what.derived, what.promised):
            self.play("", lines)

    def play(self, section: str, lines: Sequence[str]) -> None:
        """Play these lines of a section.

        Raises:
            NotSwapped: a statement failed, or the archive cannot be read.
            ProgramFailed: pg_restore failed.
            Stopped: the user asked for an end.
        """
        if not lines:
            return
        with script_of(self.archive, section, lines, self.limits) as pipe:
            script = Script(pipe)
            try:
                for each in script.statements():
                    self._take(each, script)
            except BrokenScript as broken:
                raise NotSwapped(f"The archive cannot be played: {broken}") from broken
        self.connection.execute("reset client_encoding")  # the archive has set its own

    def read(self, section: str, lines: Sequence[str]) -> tuple[bytes, ...]:
        """Give the statements of a section that has no rows, and play none.

        Raises:
            NotSwapped: the archive cannot be read.
            ProgramFailed: pg_restore failed.
        """
        if not lines:
            return ()
        with script_of(self.archive, section, lines, self.limits) as pipe:
            try:
                return tuple(Script(pipe).statements())
            except BrokenScript as broken:
                raise NotSwapped(f"The archive cannot be played: {broken}") from broken

    def _take(self, statement: bytes, script: Script) -> None:
        if self.limits.stop.is_set():
            raise Stopped
        if _LIMIT.match(statement):
            return
        if (later := _to_outside(statement, self.schemas, self.connection)) is not None:
            self.later.append(later)
            return
        try:
            if statement.startswith(b"COPY "):
                self._copy(statement, script)
            else:
                self.connection.execute(statement)
        except Connection.Error as error:
            raise _failed(statement, error, self.limits.stop) from error

    def _copy(self, statement: bytes, script: Script) -> None:
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for block in script.rows():
                if self.limits.stop.is_set():
                    raise Stopped
                copy.write(block)


def _failed(statement: bytes, error: Exception, stop: Event) -> Exception:
    """Give what is raised for a statement that failed: that the user ended it, or the reason."""
    if stop.is_set():
        return Stopped()
    words = " ".join(statement.decode("utf-8", "replace").split())
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
    return NotSwapped(reason(str(error)).rstrip("."), (shown,))


def _to_outside(statement: bytes, schemas: Collection[str], connection: Connection) -> Later | None:
    found = _FOREIGN_KEY.match(statement.decode("utf-8", "surrogateescape"))
    if found is None or schema_of(found["refers"]) in schemas:
        return None
    bare = statement.strip().removesuffix(b";")
    whole = not found["only"] and connection.info.server_version < 180_000
    plain = whole or bare.endswith((b" NOT VALID", b" NOT ENFORCED"))
    key = ForeignKey(
        schema=unquoted(found["schema"]), table=unquoted(found["table"]), name=unquoted(found["name"])
    )
    return Later(statement=bare if plain else bare + b" NOT VALID", key=key, validate=not plain)
