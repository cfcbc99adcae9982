"""Strong locks on what was there before the file.

A lock is held until the test ends, and everybody who needs the object waits for it; so does everybody
who comes after one that waits. What the file made itself nobody else can see, and it is free.
"""

from collections.abc import Iterator

from pgassay.parse.sql import locking
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.rule import Rule

_NAME = "strong_locks"


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    for lock in locking.LOCKS[kind(node)](node):
        if case.existed(lock.name.kind, lock.name.schema, lock.name.name):
            yield case.refused(
                _NAME,
                f"{lock.statement} locks {lock.name} against {lock.against} until the test ends.",
                "Do it to a table that the test made, such as CREATE TEMP TABLE t (LIKE …), or run the file "
                "against a clone.",
                object=str(lock.name),
            )


RULE = Rule(
    name=_NAME,
    title="locks what was there before the file",
    judge=_judge,
    kinds=tuple(locking.LOCKS),
)
