"""The tokens of a PL/pgSQL body, taken one after the other."""

from pgassay.parse.sql.grammar import Token, Unreadable, tokens

_OPEN, _CLOSE = ("(", "["), (")", "]")


class Stream:
    """Tokens with a position; ``word`` is the next one, empty at the end."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._tokens = tokens(text)
        self._at = 0

    @property
    def word(self) -> str:
        """The next token, in lower case where it is a bare word; empty at the end."""
        return self.ahead(0)

    @property
    def line(self) -> int:
        """The line of the next token, from 0."""
        offset = self._tokens[self._at].start if self._at < len(self._tokens) else len(self._data)
        return self._data.count(b"\n", 0, offset)

    def ahead(self, distance: int) -> str:
        """Look at a token further on."""
        at = self._at + distance
        return self._tokens[at].word if at < len(self._tokens) else ""

    def take(self, *expected: str) -> str:
        """Take the next token, which must be one of those expected, if any are. Raises Unreadable."""
        word = self.word
        if not word or (expected and word not in expected):
            raise Unreadable(f"PL/pgSQL has {word or 'its end'!r} where {' or '.join(expected)} belongs")
        self._at += 1
        return word

    def accept(self, *words: str) -> bool:
        """Take the next token if it is one of these."""
        if self.word in words:
            self._at += 1
            return True
        return False

    def until(self, *ends: str) -> str:
        """Take the text in front of the first of these tokens outside of parentheses. Raises Unreadable."""
        return self.text_of(self.tokens_until(*ends))

    def tokens_until(self, *ends: str) -> tuple[Token, ...]:
        """Take the tokens in front of the first of these outside of parentheses. Raises Unreadable."""
        begin, depth = self._at, 0
        while self._at < len(self._tokens):
            word = self._tokens[self._at].word
            if not depth and word in ends:
                return self._tokens[begin : self._at]
            depth += (word in _OPEN) - (word in _CLOSE)
            self._at += 1
        raise Unreadable(f"PL/pgSQL ends where {' or '.join(ends)} belongs")

    def text_of(self, found: tuple[Token, ...]) -> str:
        """Give the text from the first to the last of some tokens."""
        return self._data[found[0].start : found[-1].end].decode() if found else ""


def split(found: tuple[Token, ...], *separators: str) -> list[tuple[Token, ...]]:
    """Cut tokens at the separators that stand outside of parentheses."""
    parts: list[tuple[Token, ...]] = []
    begin = depth = 0
    for at, token in enumerate(found):
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if not depth and token.word in separators:
            parts.append(found[begin:at])
            begin = at + 1
    parts.append(found[begin:])
    return parts
