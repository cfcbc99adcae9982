r"""``\copy``: its line into the COPY statement that psql sends, and the file it names."""

import re
from collections.abc import Iterator

from pgassay.model.place import Place
from pgassay.parse.psql.settings import PsqlOnly
from pgassay.parse.psql.steps import ClientCopy
from pgassay.parse.psql.variables import RefusedValue

_STANDARD = ("stdin", "stdout", "pstdin", "pstdout")


class _Tokens:
    """The words of the line; a word ends at white space, at one of the delimiters, or at a quote."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.position = 0

    def next(self, delimiters: str, quotes: str) -> str:
        """Take the next word. Raises RefusedValue at the end of the line."""
        stops = re.escape(delimiters + quotes)
        quoted = "|".join(rf"{each}(?:[^{each}]|{each}{each})*+(?:{each}|\Z)" for each in quotes)
        pattern = rf"[ \t\n\r]*+({quoted}|[{re.escape(delimiters)}]|[^ \t\n\r{stops}]++)"
        found = re.compile(pattern).match(self.line, self.position)
        if found is None:
            raise RefusedValue("\\copy: parse error at end of line")
        self.position = found.end()
        return found[1]

    def rest(self) -> str:
        """Take the rest, less the one character of white space that ended the last word."""
        rest = self.line[self.position :]
        return rest[1:] if rest[:1] in (" ", "\t", "\n", "\r") else rest


def client_copy(line: str, *, place: Place) -> ClientCopy:
    """Read the arguments of ``\\copy``. Raises RefusedValue with psql's words, PsqlOnly for a program."""
    if not line:
        raise RefusedValue("\\copy: arguments required")
    tokens = _Tokens(line)
    subject = "".join(_subject(tokens))
    direction = tokens.next(".,()", '"')
    if direction.lower() not in ("from", "to"):
        raise RefusedValue(f'\\copy: parse error at "{direction}"')
    source = tokens.next(";", "'")
    if source.lower() == "program":
        raise PsqlOnly("runs a program")
    from_server = direction.lower() == "to"
    standard = source.lower() in _STANDARD
    return ClientCopy(
        statement=f"COPY {subject}{' TO STDOUT ' if from_server else ' FROM STDIN '}{tokens.rest()}",
        place=place,
        from_server=from_server,
        source=source.lower() if standard else _unquoted(source),
        standard=standard,
    )


def _subject(tokens: _Tokens) -> Iterator[str]:
    """Give what is copied, put together from its words with psql's spacing."""
    word = tokens.next(".,()", '"')
    if word.lower() == "binary":
        yield word
        word = tokens.next(".,()", '"')
    if word == "(":
        yield from _parenthesised(tokens, quotes="\"'", nested=True)
        return
    yield f" {word}"
    position = tokens.position
    word = tokens.next(".,()", '"')
    if word == ".":
        yield word + tokens.next(".,()", '"')
        position = tokens.position
        word = tokens.next(".,()", '"')
    if word == "(":
        yield from _parenthesised(tokens, quotes='"', nested=False)
    else:
        tokens.position = position


def _parenthesised(tokens: _Tokens, *, quotes: str, nested: bool) -> Iterator[str]:
    yield " ("
    depth = 1
    while depth:
        word = tokens.next("()", quotes)
        depth += nested and word == "("
        depth -= word == ")"
        yield f" {word}"


def _unquoted(word: str) -> str:
    if not word.startswith("'"):
        return word
    return word[1:].removesuffix("'").replace("''", "'")
