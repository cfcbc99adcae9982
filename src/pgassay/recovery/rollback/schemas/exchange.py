"""Renames schemas, and puts others in their places; all of it inside of one transaction.

A schema that an extension keeps in its place is emptied into one of the new name instead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pgassay.model.aside import AsideSchema, PublishedTable
from pgassay.model.rollback import RollbackRun
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.mark import aside_name
from pgassay.recovery.rollback.schemas.choice import SchemaNow
from pgassay.recovery.rollback.schemas.part import SchemaThen
from pgassay.recovery.rollback.schemas.pinned import copy_rights, move_out
from pgassay.recovery.rollback.schemas.surroundings import Surroundings

_RENAME = sql.SQL("alter schema {} rename to {}")
_CREATE = sql.SQL("create schema {}")
_DROP = sql.SQL("drop schema {}")
_BLANK = "pgassay_blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An exchange in an open transaction: the schemas that are there, and what is around them."""

    connection: Connection
    run: RollbackRun
    there: Mapping[str, SchemaNow]
    around: Surroundings

    def set_aside(self, live: str) -> AsideSchema:
        """Give a schema another name, and say which. For one that is not there, an empty one stands."""
        now, name = self.there.get(live), aside_name(live, self.run.started_at)
        if now is not None and live not in self.around.pinned:
            self._do(_RENAME, live, name)
        else:
            self._do(_CREATE, name)
        if live in self.around.pinned:
            move_out(self.connection, live, name)
            copy_rights(self.connection, live, name)
        return AsideSchema(
            live=live,
            name=name,
            comment=now.comment if now is not None else None,
            absent=now is None,
            published=self._published(live),
        )

    def make_anew(self, schema: SchemaThen) -> None:
        """Create a schema as it was; what is granted on it comes from the archive."""
        if schema.name not in self.around.pinned:
            self._create(schema.name, schema)
        else:
            self._create(_BLANK, schema)
            copy_rights(self.connection, _BLANK, schema.name)
            self._do(_DROP, _BLANK)
        comment_on(self.connection, schema.name, schema.comment)

    def put_back(self, part: AsideSchema) -> None:
        """Give a schema that was set aside its name again; one that stood for none is dropped."""
        if part.absent:
            self._do(_DROP, part.name)
            return
        if part.live in self.around.pinned:
            move_out(self.connection, part.name, part.live)
            copy_rights(self.connection, part.name, part.live)
            self._do(_DROP, part.name)
        else:
            self._do(_RENAME, part.name, part.live)
        comment_on(self.connection, part.live, part.comment)

    def move_extensions(self, there: Collection[str]) -> None:
        """Move extensions out of what was set aside, into the schemas that have the names now."""
        for each in self.around.extensions:
            if each.schema in there and each.schema not in self.around.pinned:
                words = sql.SQL("alter extension {} set schema {}")
                self.connection.execute(words.format(sql.Identifier(each.name), sql.Identifier(each.schema)))

    def _create(self, name: str, schema: SchemaThen) -> None:
        """Make an empty schema. An archive takes it that all may use ``public``, as in a new database."""
        create = sql.SQL("create schema {} authorization {}")
        self.connection.execute(create.format(sql.Identifier(name), sql.Identifier(schema.owner)))
        if schema.name == "public":
            grant = sql.SQL("grant usage on schema {} to public")
            self.connection.execute(grant.format(sql.Identifier(name)))

    def _published(self, live: str) -> tuple[PublishedTable, ...]:
        return tuple(each.table for each in self.around.published if each.schema == live)

    def _do(self, words: sql.SQL, *names: str) -> None:
        self.connection.execute(words.format(*(sql.Identifier(each) for each in names)))


def comment_on(connection: Connection, schema: str, text: str | None) -> None:
    """Set the comment of a schema."""
    words = sql.SQL("comment on schema {} is {}")
    connection.execute(words.format(sql.Identifier(schema), sql.Literal(text)))
