"""The INTO of a statement in PL/pgSQL: its targets are no SQL, and are cut out before it runs.

The rule is the language's own: the first INTO is it, wherever it stands, unless it follows INSERT or
MERGE; in IMPORT FOREIGN SCHEMA it is none.
"""

from dataclasses import dataclass

from pgassay.parse.sql.grammar import Token, Unreadable


@dataclass(frozen=True, slots=True)
class Cut:
    """A statement's tokens without the targets, and the targets as written."""

    head: tuple[Token, ...]
    tail: tuple[Token, ...]
    targets: tuple[str, ...]


def cut_into(found: tuple[Token, ...]) -> Cut:
    """Cut the INTO out of a statement's tokens. Raises Unreadable for a target that computes something."""
    at = _position(found)
    if at is None:
        return Cut(found, (), ())
    begin, targets = at + 1, []
    if begin < len(found) and found[begin].word == "strict":
        begin += 1
    while begin < len(found):
        end = _target_end(found, begin)
        if any(each.text in ("(", "[") for each in found[begin:end]):
            raise Unreadable("INTO has a target that is no plain name")
        targets.append("".join(each.text for each in found[begin:end]))
        if end >= len(found) or found[end].text != ",":
            begin = end
            break
        begin = end + 1
    return Cut(found[:at], found[begin:], tuple(targets))


def _position(found: tuple[Token, ...]) -> int | None:
    if found and found[0].word == "import":
        return None
    for at, token in enumerate(found):
        if token.word == "into" and (at == 0 or found[at - 1].word not in ("insert", "merge")):
            return at
    return None


def _target_end(found: tuple[Token, ...], begin: int) -> int:
    """Find the end of ``a``, ``a.b`` or ``a[1]``."""
    end = begin + 1
    while end < len(found) and found[end].text in (".", "["):
        end += 2
    return min(end, len(found))
