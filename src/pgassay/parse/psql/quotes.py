"""What is open at a point of the text: a string, an identifier, a dollar quote or a comment."""

from dataclasses import dataclass

from pgassay.parse.psql.tokens import COMMENT_MARK, ESCAPED_REST


@dataclass(slots=True)
class Quote:
    """An open quote. ``opener`` is its first characters, ``line`` where it was opened."""

    opener: str
    line: int
    escapes: bool = False
    depth: int = 1

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment, which is no token."""
        return self.opener == "/*"

    @property
    def name(self) -> str:
        """What to call it in a message."""
        if self.is_comment:
            return "comment"
        return {'"': "quoted identifier", "'": "quoted string"}.get(self.opener[-1], f"quote {self.opener}")

    def find_end(self, text: str, position: int) -> int:
        """Find the offset behind its end, or -1 where the text ends first (the quote stays open)."""
        if self.is_comment:
            return self._find_comment_end(text, position)
        closer = self.opener if self.opener[0] == "$" else self.opener[-1]
        if self.escapes and (rest := ESCAPED_REST.match(text, position)):
            position = rest.end()
        found = text.find(closer, position)
        return found + len(closer) if found >= 0 else -1

    def _find_comment_end(self, text: str, position: int) -> int:
        for mark in COMMENT_MARK.finditer(text, position):
            self.depth += 1 if mark[0] == "/*" else -1
            if not self.depth:
                return mark.end()
        return -1


def open_quote(opener: str, *, line: int, standard: bool) -> Quote:
    """Open what an opener opens; plain strings have backslash escapes where ``standard`` is off."""
    escapes = opener in ("e'", "E'") or (opener == "'" and not standard)
    return Quote(opener=opener, line=line, escapes=escapes)
