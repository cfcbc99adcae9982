"""Which names a text of SQL has, and what it does with them as far as its words tell. Pure, and fast.

This is no parser: strings are looked into like everything else, because tests hand statements over as
strings. It may find too much and is never certain; who needs to know, asks the server.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# Sets of characters are written by the ASCII that they lack: a range up to U+10FFFF takes longer to compile
# than most texts take to read.
_NAME = r'(?:"(?:[^"]|"")+"|[^\x00-@\[-^`{-\x7f][^\x00-#%-/:-@\[-^`{-\x7f]*)'
_CHAIN = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_CHAINS = re.compile(rf"({_CHAIN})(\s*\()?")
_PART = re.compile(_NAME)
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_COMMAND = re.compile(
    rf"\b(insert\s+into|copy|update|delete\s+from|merge\s+into|from|join|table)\s+(?:only\s+)?({_CHAIN})"
    r"(\s*(?:\([^)]*\))?\s*from\b)?",
    re.IGNORECASE,
)
_MEANS = {
    "insert": ("insert",),
    "copy": ("insert",),
    "update": ("update",),
    "delete": ("delete",),
    "merge": ("insert", "update", "delete"),
    "from": ("select",),
    "join": ("select",),
    "table": ("select",),
}
_BECOMES = re.compile(
    r"\bset\s+(?:local\s+|session\s+)?(?:role|session\s+authorization)\b"
    r"|\bset_config\s*\(\s*'+(?:role|session_authorization)'+",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\breset\s+(?:role|all|session\s+authorization)\b|\bdiscard\s+all\b|^\s*(?:rollback|commit|abort|end)\b(?!\s+to\b)"
    r"|\bset\s+(?:local\s+|session\s+)?(?:role|session\s+authorization)\s+(?:none|default)\b",
    re.IGNORECASE,
)
_PARTLY_BACK = re.compile(r"\brollback\s+(?:work\s+|transaction\s+)?to\b", re.IGNORECASE)

Chain = tuple[str, ...]
"""A name as written, part by part: ``("crm", "account")``; folded to lower case where it is not quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What stands between two semicolons: a statement, or a piece of a block; in the order of the text.

    ``becomes``: it sets the role; ``back``: it ends that; ``partly_back``: it may, with a savepoint.
    """

    words: frozenset[str]
    calls: frozenset[Chain]
    commands: frozenset[tuple[str, Chain]]
    becomes: bool
    back: bool
    partly_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What a file's text and all that it includes mentions.

    ``names`` are all names with their qualification, ``calls`` those with an opening parenthesis behind them,
    ``literals`` the strings, ``words`` these and all parts of all names. ``commands`` are (``select``,
    ``insert``, ``update`` or ``delete``, name). ``becomes_a_role``: it says SET ROLE, or something to that
    effect.
    """

    names: frozenset[Chain] = frozenset()
    calls: frozenset[Chain] = frozenset()
    literals: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    commands: frozenset[tuple[str, Chain]] = frozenset()
    becomes_a_role: bool = False
    passages: tuple[Passage, ...] = ()


def read_mentions(texts: Iterable[str]) -> Mentions:
    """Look for names in some texts."""
    names: set[Chain] = set()
    literals: set[str] = set()
    passages: list[Passage] = []
    for text in texts:
        bare = _COMMENT.sub(" ", text)
        literals.update(each[1].replace("''", "'") for each in _LITERAL.finditer(bare))
        for piece in bare.split(";"):
            found = [(_chain(each[1]), each[2]) for each in _CHAINS.finditer(piece)]
            names.update(chain for chain, _ in found)
            passages.append(_passage(piece, found))
    return Mentions(
        names=frozenset(names),
        calls=frozenset(chain for each in passages for chain in each.calls),
        literals=frozenset(literals),
        words=frozenset(part for name in names for part in name) | literals,
        commands=frozenset(command for each in passages for command in each.commands),
        becomes_a_role=any(each.becomes for each in passages),
        passages=tuple(passages),
    )


def _passage(text: str, found: list[tuple[Chain, str | None]]) -> Passage:
    back = _BACK.search(text) is not None
    return Passage(
        words=frozenset(part for chain, _ in found for part in chain),
        calls=frozenset(chain for chain, opened in found if opened),
        commands=frozenset(_commands(text)),
        becomes=not back and _BECOMES.search(text) is not None,
        back=back,
        partly_back=_PARTLY_BACK.search(text) is not None,
    )


def split_name(text: str) -> Chain:
    """Read one name, as people write it on a command line: ``crm.account`` or ``"Odd one".x``."""
    return _chain(text)


def _commands(text: str) -> Iterator[tuple[str, Chain]]:
    for found in _COMMAND.finditer(text):
        word = found[1].partition(" ")[0].split()[0].lower()
        if word == "copy" and not found[3]:
            word = "from"
        for command in _MEANS[word]:
            yield command, _chain(found[2])


@lru_cache(maxsize=4096)
def _chain(text: str) -> Chain:
    if text.isidentifier():
        return (text.lower(),)
    return tuple(
        part[1:-1].replace('""', '"') if part.startswith('"') else part.lower()
        for part in _PART.findall(text)
    )
