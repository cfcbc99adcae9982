"""A statement of a migration: its text, where it stands, its tree, and where the server says it is wrong."""

import re
from dataclasses import dataclass, field

from pgassay.model.message import ServerMessage
from pgassay.model.place import Place
from pgassay.parse.psql.steps import Query
from pgassay.parse.sql.grammar import Node, Unreadable, kind, statements

Table = tuple[str, str]
"""Schema, perhaps empty, and name."""

_WORDS = re.compile(r"[A-Za-z]+")
_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_NAMED = """
ADD AGGREGATE ALTER ANALYZE BEGIN CALL CAST CLUSTER COLLATION COLUMN COMMENT COMMIT CONCURRENTLY
CONSTRAINT COPY CREATE DATABASE DEFAULT DELETE DISABLE DO DOMAIN DROP ENABLE EVENT EXTENSION FORCE
FROM FUNCTION GRANT INDEX INSERT INTO LEVEL LOCK MATERIALIZED ON OPERATOR OR POLICY PRIVILEGES
PROCEDURE PUBLICATION REASSIGN REFRESH REINDEX REPLACE RESET REVOKE ROLE ROLLBACK ROUTINE ROW RULE
SCHEMA SECURITY SELECT SEQUENCE SET STATISTICS SUBSCRIPTION SYSTEM TABLE TABLESPACE TRIGGER TRUNCATE
TYPE UNIQUE UPDATE USER VACUUM VIEW
"""
_OF_COMMANDS = frozenset(_NAMED.split())
_LONGEST_SUMMARY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement. ``nodes`` is its tree, empty where the parser cannot read it; ``data`` is a COPY's."""

    number: int
    query: Query
    nodes: tuple[Node, ...] = field(repr=False)
    data: str | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """What is sent, without the semicolon behind it."""
        return self.query.text.strip().removesuffix(";").rstrip()

    @property
    def place(self) -> Place:
        """The line of its first word."""
        return self.query.place

    @property
    def command(self) -> str:
        """Its first words, as far as they say what is done: ``ALTER TABLE``."""
        words = []
        for word in _WORDS.findall(_COMMENTS.sub(" ", self.text)):
            if word.upper() not in _OF_COMMANDS:
                break
            words.append(word.upper())
        return " ".join(words[:4]) or "statement"

    @property
    def summary(self) -> str:
        """Its text in one short line."""
        line = " ".join(_COMMENTS.sub(" ", self.text).split())
        return line if len(line) <= _LONGEST_SUMMARY else line[: _LONGEST_SUMMARY - 1] + "…"

    @property
    def made(self) -> tuple[tuple[Table, bool], ...]:
        """The tables and materialized views that it makes, and whether only where they are missing."""
        return tuple(found for node in self.nodes if (found := _made(node)) is not None)

    def place_of(self, message: ServerMessage) -> Place:
        """Give the line that the server complains about, or the statement's own."""
        if not message.position:
            return self.place
        return Place(path=self.place.path, line=self.query.line_of(message.position - 1))


def _made(node: Node) -> tuple[Table, bool] | None:
    match kind(node):
        case "CreateStmt":
            relation = node.relation
        case "CreateTableAsStmt":
            relation = node.into.rel
        case _:
            return None
    return (relation.schemaname, relation.relname), node.if_not_exists


def statement_of(query: Query, *, number: int, data: str | None = None) -> Statement:
    """Make a statement of what a script asks to send."""
    try:
        nodes = statements(query.text)
    except (Unreadable, RecursionError):
        nodes = ()
    return Statement(number=number, query=query, nodes=nodes, data=data)
