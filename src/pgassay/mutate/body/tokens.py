"""Cuts SQL and PL/pgSQL into tokens: what stands in quotes or comments is never taken for code."""

import re
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    r"""
      (?P<blank>\s+ | --[^\n]*)
    | (?P<comment>/\*)
    | (?P<quoted>
          [eE]'(?:[^'\\]|\\.|'')*' | (?:[bBxXnN]|[uU]&)?'(?:[^']|'')*' | (?:[uU]&)?"(?:[^"]|"")*"
      )
    | (?P<dollar>\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$)
    | (?P<number>\d[\w.]*)
    | (?P<parameter>\$\d+)
    | (?P<word>[^\W\d][\w$]*)
    | (?P<operator>:=|=>|\.\.|::|<<|>>|[-+*/<>=~!@\#%^&|`?]+)
    | (?P<sign>.)
    """,
    re.DOTALL | re.VERBOSE,
)
_BRACKET = re.compile(r"/\*|\*/")
_ENDS_IN_SIGN = re.compile(r"[~!@#%^&|`?]")


class Sort(Enum):
    """What a token is."""

    WORD = "word"
    QUOTED = "quoted"
    NUMBER = "number"
    OPERATOR = "operator"
    SIGN = "sign"


_SORTS = {
    "word": Sort.WORD,
    "quoted": Sort.QUOTED,
    "dollar": Sort.QUOTED,
    "number": Sort.NUMBER,
    "parameter": Sort.WORD,
    "operator": Sort.OPERATOR,
    "sign": Sort.SIGN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of code at ``start`` to ``end`` of its text. ``word`` is it in upper case if it is a word.

    ``depth`` counts the parentheses and brackets that are open around it.
    """

    sort: Sort
    text: str
    start: int
    end: int
    depth: int = 0

    @property
    def word(self) -> str:
        """The word in upper case; empty for anything else."""
        return self.text.upper() if self.sort is Sort.WORD else ""


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens, blanks and comments left out."""
    found: list[Token] = []
    position = depth = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        assert match is not None  # any character is a sign
        group = next(name for name in match.groupdict() if match[name] is not None and name != "tag")
        start, position = position, match.end()
        if group == "comment":
            position = _end_of_comment(text, position)
            continue
        if group == "blank":
            continue
        if group == "operator":
            position = start + len(_operator(match[0]))
        piece = text[start:position]
        depth -= piece in (")", "]")
        found.append(Token(sort=_SORTS[group], text=piece, start=start, end=position, depth=max(depth, 0)))
        depth += piece in ("(", "[")
    return tuple(found)


def _end_of_comment(text: str, position: int) -> int:
    """Find the end of a comment whose opening was read; comments nest."""
    depth = 1
    for bracket in _BRACKET.finditer(text, position):
        depth += 1 if bracket[0] == "/*" else -1
        if depth == 0:
            return bracket.end()
    return len(text)


def _operator(run: str) -> str:
    """Cut a run of operator characters as the server does: a comment ends it, and often so does a sign."""
    for opening in ("--", "/*"):
        at = run.find(opening)
        if at > 0:
            run = run[:at]
    while len(run) > 1 and run[-1] in "+-" and not _ENDS_IN_SIGN.search(run):
        run = run[:-1]
    return run
