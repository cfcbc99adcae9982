"""Waiting on purpose, while locks and a snapshot are held."""

import re
from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import fold
from pgassay.parse.sql.grammar import Node, unwrap
from pgassay.parse.sql.nodes import last_name
from pgassay.parse.sql.rule import Rule

_NAME = "sleeps"
_SECONDS = re.compile(
    r"\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|milliseconds?|msecs?|s|secs?|seconds?)?\s*", re.IGNORECASE
)


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    name = last_name(node.funcname)
    texts = fold(unwrap(node.args[0]), case.scope) if node.args and name != "pg_sleep_until" else None
    seconds = [_seconds(text) for text in texts] if texts else [None]
    if any(each is None or each > case.known.patience for each in seconds):
        yield case.refused(
            _NAME,
            f"{name}() holds the test's locks and its snapshot for longer than {case.known.patience:g} s.",
            "Give the moment as an argument to what is tested, instead of waiting for it.",
            object=name,
        )


def _seconds(text: str) -> float | None:
    found = _SECONDS.fullmatch(text)
    if found is None:
        return None
    return float(found[1]) / (1000 if (found[2] or "s").lower().startswith("m") else 1)


RULE = Rule(
    name=_NAME,
    title="sleeps beyond the patience",
    judge=_judge,
    functions=("pg_sleep", "pg_sleep_for", "pg_sleep_until"),
)
