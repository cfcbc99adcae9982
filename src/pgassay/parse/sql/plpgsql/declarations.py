"""The DECLARE section of a block."""

from pgassay.parse.sql.grammar import Token
from pgassay.parse.sql.plpgsql.pieces import Body, Piece, PieceKind, plain
from pgassay.parse.sql.plpgsql.stream import Stream, split

_ASSIGNS = (":=", "=", "default")


def read_declarations(stream: Stream, body: Body) -> None:
    """Read up to the BEGIN, and take note of variables, cursors and aliases. Raises Unreadable."""
    while stream.word != "begin":
        if stream.accept("declare"):
            continue
        line = stream.line
        found = stream.tokens_until(";")
        stream.take(";")
        if found:
            _declare(stream, body, found, line)


def _declare(stream: Stream, body: Body, found: tuple[Token, ...], line: int) -> None:
    name, words = plain(found[0].text), [token.word for token in found]
    if words[1:2] == ["alias"]:
        body.aliases[name] = plain(found[-1].text)
    elif "cursor" in words[1:4]:
        at = next(at for at, word in enumerate(words) if at > 1 and word in ("for", "is"))
        text = stream.text_of(found[at + 1 :])
        body.pieces.append(Piece(kind=PieceKind.STATEMENT, text=text, line=line))
        body.assign(found[0].text, None)
    else:
        _declare_variable(stream, body, found, line)


def _declare_variable(stream: Stream, body: Body, found: tuple[Token, ...], line: int) -> None:
    name = plain(found[0].text)
    parts = split(found, *_ASSIGNS)
    declared = parts[0][1:]
    if declared and declared[0].word == "constant":
        declared = declared[1:]
    # One name may be declared in several blocks with several types: then none is certain.
    type_name = stream.text_of(declared).lower()
    body.declared.add(type_name)
    body.types[name] = type_name if body.types.get(name, type_name) == type_name else ""
    if len(parts) == 1:
        body.values.setdefault(name, [])
        return
    expression = stream.text_of(found[len(parts[0]) + 1 :])
    body.assign(found[0].text, expression)
    body.pieces.append(Piece(kind=PieceKind.EXPRESSION, text=expression, line=line))
