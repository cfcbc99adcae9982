"""The heads of FOR and FOREACH loops, up to and with their LOOP."""

from pgassay.parse.sql.grammar import Token
from pgassay.parse.sql.plpgsql.pieces import PieceKind, plain
from pgassay.parse.sql.plpgsql.source import Source
from pgassay.parse.sql.plpgsql.stream import split

_SOME_NUMBER = '"of a loop"::int8'
"""An expression of which nothing is known but that it is a number."""


def read_for(source: Source) -> None:
    """Read FOR … IN … LOOP. Raises Unreadable."""
    stream = source.stream
    stream.take("for")
    targets = [stream.text_of(each) for each in split(stream.tokens_until("in"), ",")]
    stream.take("in")
    line = stream.line
    found = stream.tokens_until("loop")
    stream.take("loop")
    if found and found[0].word == "execute":
        _give(source, targets, [])
        source.dynamic(found[1:], line)
    elif found and _is_range(found):
        _give(source, targets, [_SOME_NUMBER])
        _range(source, found, line)
    elif found and found[0].word in ("select", "with", "values", "table", "("):
        _give(source, targets, _columns(source, found))
        source.statement(found, line)
    else:
        _give(source, targets, [])
        _rows(source, found, line)


def read_foreach(source: Source) -> None:
    """Read FOREACH … IN ARRAY … LOOP. Raises Unreadable."""
    stream = source.stream
    stream.take("foreach")
    target = stream.text_of(stream.tokens_until("in", "slice"))
    if stream.accept("slice"):
        stream.take()
    stream.take("in")
    stream.take("array")
    array = source.expression_until("loop")
    source.body.assign(target, f"unnest({array})")


def _give(source: Source, targets: list[str], values: list[str]) -> None:
    for at, target in enumerate(targets):
        name = target.partition(".")[0] if "." in target else target
        source.body.assign(name, values[at] if at < len(values) and plain(name) else None)


def _is_range(found: tuple[Token, ...]) -> bool:
    return len(split(found, "..")) > 1


def _range(source: Source, found: tuple[Token, ...], line: int) -> None:
    parts = split(found[1:] if found[0].word == "reverse" else found, "..", "by")
    for each in parts:
        source.add(PieceKind.EXPRESSION, source.stream.text_of(each), line)


def _columns(source: Source, found: tuple[Token, ...]) -> list[str]:
    """Give the expressions of a plain SELECT's columns."""
    if found[0].word != "select" or found[1:2] and found[1].word in ("distinct", "all"):
        return []
    listed = split(found[1:], "from", "union", "except", "intersect", "order", "where", "limit")[0]
    if any(token.word in ("union", "except", "intersect") for token in found):
        return []
    return [source.stream.text_of(each) for each in split(listed, ",")]


def _rows(source: Source, found: tuple[Token, ...], line: int) -> None:
    """Deal with a loop over a cursor, perhaps with arguments, or over what INSERT … RETURNING gives."""
    stream = source.stream
    if len(found) == 1:
        return
    if found[1].text == "(":
        source.add(PieceKind.EXPRESSION, f"({stream.text_of(found[2:-1])})", line)
        return
    source.statement(found, line)
