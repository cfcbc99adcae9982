"""A function's body as a value, and a change to it."""

from dataclasses import dataclass, field

from pgassay.mutate.body.tokens import Token, tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change: ``replacement`` in the place of the characters from ``start`` to ``end``.

    ``description`` says what it does to the code, for a line number to be put in front.
    """

    start: int
    end: int
    replacement: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body of a function in ``plpgsql`` or ``sql``.

    ``returns`` is its type, ``many`` whether it returns a set. ``before_row``: it serves a trigger that fires
    before a row is written, so that the row it returns matters.
    """

    text: str
    language: str
    returns: str = "void"
    many: bool = False
    before_row: bool = False
    tokens: tuple[Token, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tokens", tokenize(self.text))

    def line(self, position: int) -> int:
        """Give the line of a position, counted from 1 at the first line that says something."""
        leading = len(self.text) - len(self.text.lstrip())
        return self.text.count("\n", leading, max(position, leading)) + 1

    def changed(self, edit: Edit) -> str:
        """Give the text after a change."""
        return self.text[: edit.start] + edit.replacement + self.text[edit.end :]

    def excerpt(self, start: int, end: int) -> str:
        """Give a part of the text in one line, shortened."""
        text = " ".join(self.text[start:end].split())
        return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


_EXCERPT = 60
