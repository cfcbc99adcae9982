"""A PL/pgSQL body, statement by statement.

It follows the language's grammar closely enough that nothing which runs is missed: whatever does not
fit is Unreadable, never skipped.
"""

from collections.abc import Callable

from pgassay.parse.sql.grammar import Unreadable
from pgassay.parse.sql.plpgsql.declarations import read_declarations
from pgassay.parse.sql.plpgsql.loops import read_for, read_foreach
from pgassay.parse.sql.plpgsql.pieces import Body
from pgassay.parse.sql.plpgsql.simple import SIMPLE, read_other
from pgassay.parse.sql.plpgsql.source import Source
from pgassay.parse.sql.plpgsql.stream import Stream

_ENDS = ("end", "exception", "elsif", "elseif", "else", "when")


def read_body(text: str) -> Body:
    """Take a body apart. Raises Unreadable."""
    source = Source(Stream(text), Body())
    while source.stream.accept("#"):
        # Options of the compiler, such as #variable_conflict use_column: two words.
        source.stream.take()
        source.body.columns_first |= source.stream.take() == "use_column"
    _label(source)
    _block(source)
    source.stream.accept(";")
    if source.stream.word:
        raise Unreadable(f"PL/pgSQL goes on behind its end, with {source.stream.word!r}")
    return source.body


def _label(source: Source) -> None:
    stream = source.stream
    if stream.accept("<<"):
        stream.take()
        stream.take(">>")


def _block(source: Source) -> None:
    stream = source.stream
    if stream.accept("declare"):
        read_declarations(stream, source.body)
    stream.take("begin")
    _statements(source)
    if stream.accept("exception"):
        while stream.accept("when"):
            stream.until("then")
            stream.take("then")
            _statements(source)
    stream.take("end")
    if stream.word not in (";", ""):
        stream.take()


def _statements(source: Source) -> None:
    while source.stream.word not in _ENDS:
        _label(source)
        _statement(source)


def _statement(source: Source) -> None:
    word = source.stream.word
    if word in ("declare", "begin"):
        _block(source)
        source.stream.take(";")
    elif word in _COMPOUND and not _is_assigned(source.stream):
        _COMPOUND[word](source)
    elif word in SIMPLE and not _is_assigned(source.stream):
        SIMPLE[word](source)
    else:
        read_other(source)


def _is_assigned(stream: Stream) -> bool:
    """Tell whether a word that begins a statement is a variable all the same."""
    return stream.ahead(1) in (":=", "=")


def _if(source: Source) -> None:
    stream = source.stream
    stream.take("if")
    source.expression_until("then")
    _statements(source)
    while stream.accept("elsif", "elseif"):
        source.expression_until("then")
        _statements(source)
    if stream.accept("else"):
        _statements(source)
    stream.take("end")
    stream.take("if")
    stream.take(";")


def _case(source: Source) -> None:
    stream = source.stream
    stream.take("case")
    if stream.word != "when":
        source.expression_until("when")
    else:
        stream.take("when")
    while True:
        source.expressions_until("then")
        _statements(source)
        if not stream.accept("when"):
            break
    if stream.accept("else"):
        _statements(source)
    stream.take("end")
    stream.take("case")
    stream.take(";")


def _loop(source: Source) -> None:
    source.stream.take("loop")
    _end_loop(source)


def _while(source: Source) -> None:
    source.stream.take("while")
    source.expression_until("loop")
    _end_loop(source)


def _for(source: Source) -> None:
    read_for(source)
    _end_loop(source)


def _foreach(source: Source) -> None:
    read_foreach(source)
    _end_loop(source)


def _end_loop(source: Source) -> None:
    stream = source.stream
    _statements(source)
    stream.take("end")
    stream.take("loop")
    if stream.word != ";":
        stream.take()
    stream.take(";")


_COMPOUND: dict[str, Callable[[Source], None]] = {
    "if": _if,
    "case": _case,
    "loop": _loop,
    "while": _while,
    "for": _for,
    "foreach": _foreach,
}
