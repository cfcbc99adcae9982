"""What the parts of the reader share: the tokens in front of them, and the body that they fill."""

from dataclasses import dataclass

from pgassay.parse.sql.grammar import Token
from pgassay.parse.sql.plpgsql.into import cut_into
from pgassay.parse.sql.plpgsql.pieces import Body, Piece, PieceKind
from pgassay.parse.sql.plpgsql.stream import Stream, split


@dataclass(frozen=True, slots=True)
class Source:
    """A body that is being read."""

    stream: Stream
    body: Body

    def add(self, kind: PieceKind, text: str, line: int) -> None:
        """Take note of a piece; nothing is none."""
        if text.strip():
            self.body.pieces.append(Piece(kind=kind, text=text, line=line))

    def expression_until(self, *ends: str) -> str:
        """Read an expression, and the token behind it. Raises Unreadable."""
        line = self.stream.line
        text = self.stream.until(*ends)
        self.add(PieceKind.EXPRESSION, text, line)
        self.stream.take(*ends)
        return text

    def expressions_until(self, *ends: str) -> None:
        """Read expressions with commas between them, and the token behind. Raises Unreadable."""
        line = self.stream.line
        for each in split(self.stream.tokens_until(*ends), ","):
            self.add(PieceKind.EXPRESSION, self.stream.text_of(each), line)
        self.stream.take(*ends)

    def statement(self, found: tuple[Token, ...], line: int, *, prefix: str = "") -> None:
        """Take note of a statement, less its INTO, whose targets are given values."""
        cut = cut_into(found)
        text = f"{prefix}{self.stream.text_of(cut.head)} {self.stream.text_of(cut.tail)}"
        self.add(PieceKind.STATEMENT, text, line)
        for at, target in enumerate(cut.targets):
            self.body.assign(target, _selected(self.stream, cut.head, cut.tail, at))

    def dynamic(self, found: tuple[Token, ...], line: int) -> None:
        """Take note of what EXECUTE has behind it: the text, targets of INTO, values of USING."""
        clauses = _clauses(found)
        self.add(PieceKind.DYNAMIC, self.stream.text_of(clauses[0]), line)
        for clause in clauses[1:]:
            for each in split(clause[1:], ","):
                if clause[0].word == "using":
                    self.add(PieceKind.EXPRESSION, self.stream.text_of(each), line)
                else:
                    target = each[1:] if each and each[0].word == "strict" else each
                    self.body.assign("".join(token.text for token in target), None)


def _clauses(found: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Cut in front of each INTO and USING outside of parentheses."""
    cuts, depth = [0], 0
    for at, token in enumerate(found):
        depth += (token.text in "([") - (token.text in ")]")
        if not depth and token.word in ("into", "using"):
            cuts.append(at)
    return [found[begin:end] for begin, end in zip(cuts, [*cuts[1:], len(found)], strict=True)]


def _selected(stream: Stream, head: tuple[Token, ...], tail: tuple[Token, ...], at: int) -> str | None:
    """Give the expression that SELECT … INTO puts into a target, where it is simple to tell."""
    if not head or head[0].word != "select":
        return None
    listed = head[1:]
    if not any(token.word == "from" for token in listed):
        ends = [n for n, token in enumerate(tail) if token.word == "from"]
        if len(listed) == 0 and ends:
            listed = tail[: ends[0]]
    depth = 0
    for n, token in enumerate(listed):
        depth += (token.text in "([") - (token.text in ")]")
        if not depth and token.word == "from":
            listed = listed[:n]
            break
    columns = split(listed, ",")
    if at >= len(columns) or not columns[at] or columns[at][0].word in ("distinct", "all"):
        return None
    return stream.text_of(columns[at])
