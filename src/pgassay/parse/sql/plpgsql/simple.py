"""The statements of PL/pgSQL that hold no others."""

from collections.abc import Callable

from pgassay.parse.sql.grammar import Token, Unreadable
from pgassay.parse.sql.plpgsql.pieces import PieceKind
from pgassay.parse.sql.plpgsql.source import Source
from pgassay.parse.sql.plpgsql.stream import split

_LEVELS = ("debug", "log", "info", "notice", "warning", "exception")


def _rest(source: Source) -> tuple[tuple[Token, ...], int]:
    """Take what is left of the statement, behind its first word, with its line."""
    stream = source.stream
    stream.take()
    line = stream.line
    found = stream.tokens_until(";")
    stream.take(";")
    return found, line


def read_other(source: Source) -> None:
    """Read an assignment, or a statement of SQL. Raises Unreadable."""
    stream = source.stream
    line = stream.line
    found = stream.tokens_until(";")
    stream.take(";")
    if not found:
        raise Unreadable("PL/pgSQL has a ; where a statement belongs")
    at = _assignment(found)
    if found[0].word == "call":
        # Arguments that are given back are given to variables.
        for token in found[2:]:
            source.body.assign(token.text, None)
    if at is None:
        source.statement(found, line)
        return
    target, value = found[:at], stream.text_of(found[at + 1 :])
    if any(token.text == "[" for token in target):
        source.add(PieceKind.EXPRESSION, stream.text_of(target), line)
    source.add(PieceKind.EXPRESSION, value, line)
    name = "".join(token.text for token in target)
    whole = len(target) == 1
    source.body.assign(name if whole else target[0].text, value if whole else None)


def _assignment(found: tuple[Token, ...]) -> int | None:
    """Find the := or = of an assignment: behind a name with dots and subscripts, and nothing else."""
    depth = 0
    for at, token in enumerate(found):
        depth += (token.text == "[") - (token.text == "]")
        if depth or token.text == "]":
            continue
        if token.text in (":=", "="):
            return at or None
        if at % 2 and token.text != "." and "[" not in (each.text for each in found[:at]):
            return None
    return None


def _execute(source: Source) -> None:
    source.dynamic(*_rest(source))


def _perform(source: Source) -> None:
    found, line = _rest(source)
    source.add(PieceKind.STATEMENT, f"SELECT {source.stream.text_of(found)}", line)


def _return(source: Source) -> None:
    found, line = _rest(source)
    words = [token.word for token in found[:2]]
    if words == ["query", "execute"]:
        source.dynamic(found[2:], line)
    elif words[:1] == ["query"]:
        source.add(PieceKind.STATEMENT, source.stream.text_of(found[1:]), line)
    else:
        rest = found[1:] if words[:1] == ["next"] else found
        source.add(PieceKind.EXPRESSION, source.stream.text_of(rest), line)


def _raise(source: Source) -> None:
    found, line = _rest(source)
    if found and found[0].word in _LEVELS:
        found = found[1:]
    options = split(found, "using")
    for each in split(options[0], ","):
        if len(each) > 1 and each[0].word != "sqlstate" or len(each) == 1 and not each[0].word.isidentifier():
            source.add(PieceKind.EXPRESSION, source.stream.text_of(each), line)
    for each in split(options[1], ",") if len(options) > 1 else ():
        source.add(PieceKind.EXPRESSION, source.stream.text_of(each[2:]), line)


def _expressions(source: Source) -> None:
    found, line = _rest(source)
    for each in split(found, ","):
        source.add(PieceKind.EXPRESSION, source.stream.text_of(each), line)


def _exit(source: Source) -> None:
    found, line = _rest(source)
    parts = split(found, "when")
    if len(parts) > 1:
        source.add(PieceKind.EXPRESSION, source.stream.text_of(parts[1]), line)


def _get(source: Source) -> None:
    found, _ = _rest(source)
    if any(token.text in ("(", "[") for token in found):
        raise Unreadable("GET DIAGNOSTICS has a target that is no plain name")
    words = [token.word for token in found]
    items = found[words.index("diagnostics") + 1 :] if "diagnostics" in words else ()
    for each in split(items, ","):
        if each:
            source.body.assign(each[0].text, None)


def _open(source: Source) -> None:
    found, line = _rest(source)
    words = [token.word for token in found]
    if "for" in words:
        rest = found[words.index("for") + 1 :]
        if rest and rest[0].word == "execute":
            source.dynamic(rest[1:], line)
        else:
            source.add(PieceKind.STATEMENT, source.stream.text_of(rest), line)
    elif len(found) > 1:
        for each in split(found[2:-1], ","):
            value = split(each, ":=", "=>")[-1]
            source.add(PieceKind.EXPRESSION, source.stream.text_of(value), line)


def _fetch(source: Source) -> None:
    found, _ = _rest(source)
    if any(token.text in ("(", "[") for token in found):
        raise Unreadable("FETCH has an expression")
    words = [token.word for token in found]
    for each in split(found[words.index("into") + 1 :], ",") if "into" in words else ():
        source.body.assign("".join(token.text for token in each), None)


def _nothing(source: Source) -> None:
    found, _ = _rest(source)
    if len(found) > 1:
        raise Unreadable("PL/pgSQL has more than a name there")


def _control(source: Source) -> None:
    line, word = source.stream.line, source.stream.word
    found, _ = _rest(source)
    source.add(PieceKind.CONTROL, f"{word} {source.stream.text_of(found)}".strip(), line)


SIMPLE: dict[str, Callable[[Source], None]] = {
    "execute": _execute,
    "perform": _perform,
    "return": _return,
    "raise": _raise,
    "assert": _expressions,
    "exit": _exit,
    "continue": _exit,
    "get": _get,
    "open": _open,
    "fetch": _fetch,
    "move": _fetch,
    "close": _nothing,
    "null": _nothing,
    "commit": _control,
    "rollback": _control,
}
