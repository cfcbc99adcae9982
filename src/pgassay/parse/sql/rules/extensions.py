"""Extensions that are made, changed or dropped."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.rule import Rule

_NAME = "extensions"
_HARMLESS = frozenset({
    "pgtap", "plpgsql", "btree_gin", "btree_gist", "citext", "cube", "earthdistance", "fuzzystrmatch",
    "hstore", "intarray", "isn", "ltree", "pg_trgm", "pgcrypto", "seg", "tablefunc", "unaccent", "uuid-ossp",
    "vector",
})  # fmt: skip


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    name = node.extname
    if kind(node) == "CreateExtensionStmt":
        if name in _HARMLESS or (node.if_not_exists and name in case.known.extensions):
            return
        what = f"CREATE EXTENSION {name} brings code of its own into the server."
    else:
        what = f"ALTER EXTENSION {name} locks what belongs to the extension, and may run a script."
    yield case.refused(_NAME, what, "Have the extension made once, outside of the suite.", object=name)


RULE = Rule(
    name=_NAME,
    title="makes or changes extensions",
    judge=_judge,
    kinds=("CreateExtensionStmt", "AlterExtensionStmt", "AlterExtensionContentsStmt"),
)
