"""The patterns that SQL is cut with, equal in effect to the rules of psql's scanner.

A *stretch* pattern swallows, in one call, all text that cannot end a statement or change its text:
words, numbers, operators, complete quoted things. It then names what it stopped at by its last group.
All repetition is possessive, so no input makes it go back.
"""

import re
from functools import cache

# Sets of characters are written by the ASCII that they lack: a range up to U+10FFFF would take longer to
# compile than most scripts take to read.
_START = r"[^\x00-@\[-^`{-\x7f]"
_PART = r"[^\x00-/:-@\[-^`{-\x7f]"
_NEXT = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
NAME = rf"{_PART}++"
_SPACE = r" \t\r\f\v"

_WORD = rf"{_START}{_NEXT}*+"
_TAG = rf"\$(?:{_START}{_PART}*+)?\$"
_NUMBER = rf"\$?[0-9]++(?:{_WORD})?"
_PLAIN_QUOTES = r"'[^']*+'"
_ESCAPED_QUOTES = r"'(?:[^'\\]++|\\.)*+'"
_COMMENT = r"--[^\n\r]*+|/\*(?:[^*/]++|\*(?!/)|/(?!\*))*+\*/"
VARIABLE = rf""":(?:{NAME}|'{NAME}'|"{NAME}"|\{{\?{NAME}\}})"""
_PREFIXED = "[eE]'"
_PREFIXED_ESCAPES_OFF = "(?:[eEbBxX]|[uU]&)'"
_GROUPS_DEEP = 3
"""How deep nested parentheses are swallowed whole. More would cost more where one is never closed."""

_BLOCK_WORD = rf"(?i:begin|case|end)(?!{_NEXT})"


@cache
def stretch(*, words: str, standard: bool) -> re.Pattern[str]:
    """Build the pattern for a mode and a setting of standard_conforming_strings.

    ``words`` tells which words to stop at: ``all``, ``none``, or ``blocks`` (BEGIN, CASE, END). The
    groups: ``word``, ``semicolon``, ``open``, ``close``, ``backslash``, ``variable``, ``quote`` (the
    opener of something that is not closed within reach of a pattern), and none at the end of the text.
    """
    prefixed = _PREFIXED if standard else _PREFIXED_ESCAPES_OFF
    stops = {"all": _WORD, "none": r"(?!)", "blocks": _BLOCK_WORD}[words]
    passed = {"all": r"(?!)", "none": _WORD, "blocks": rf"(?!{_BLOCK_WORD}){_WORD}"}[words]
    pieces = _pieces(prefixed, passed, standard=standard)
    if words == "none":
        for _ in range(_GROUPS_DEEP):
            pieces = rf"{_pieces(prefixed, passed, standard=standard)}|\((?:{pieces})*+\)"
    return re.compile(
        rf"(?:{pieces})*+"
        rf"(?:(?P<semicolon>;)|(?P<open>\()|(?P<close>\))|(?P<variable>{VARIABLE})"
        rf"|(?P<quote>{prefixed}|['\"]|/\*|{_TAG})|(?P<word>{stops})|(?P<backslash>\\)|\Z)",
        re.DOTALL,
    )


def _pieces(prefixed: str, passed: str, *, standard: bool, newline: str = r"\n") -> str:
    complete = rf"[eE]{_ESCAPED_QUOTES}|{_PLAIN_QUOTES}"
    if not standard:
        complete = rf"[eE]{_ESCAPED_QUOTES}|(?:[bBxX]|[uU]&){_PLAIN_QUOTES}|{_ESCAPED_QUOTES}"
    return (
        rf"[{_SPACE}{newline},.=*+<>\[\]{{}}|!@#%^&?~`\x00-\x08\x0e-\x1f\x7f]++"
        rf"|(?!{prefixed})(?:{passed})"
        rf'|{complete}|"[^"]*+"'
        rf"|{_NUMBER}|{_COMMENT}|-|/(?!\*)|::|:=|:(?!{VARIABLE[1:]})|\$(?!{_TAG[2:]})"
    )


@cache
def blank_lines(*, standard: bool) -> re.Pattern[str]:
    """Build the pattern that finds runs of newlines outside of quotes (group 1) and all else (group 0)."""
    prefixed = _PREFIXED if standard else _PREFIXED_ESCAPES_OFF
    return re.compile(
        rf"(?:{_pieces(prefixed, _WORD, standard=standard, newline='')}|[^\n])++|(\n++)", re.DOTALL
    )


LEADING = re.compile(rf"(?:[{_SPACE}\n]++|--[^\n\r]*+)*+")
"""What psql drops while it has nothing of a statement yet."""

PREAMBLE = re.compile(rf"(?:[{_SPACE}\n]++|{_COMMENT})*+")
"""White space and comments in front of the first token."""

COMMENT_MARK = re.compile(r"/\*|\*/")
ESCAPED_REST = re.compile(r"(?:[^'\\]++|\\.)*+", re.DOTALL)
