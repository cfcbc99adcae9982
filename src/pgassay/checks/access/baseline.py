"""The matrix as a file under version control, and how one that was tried differs from it. Pure.

A line for each identity of each relation, so that a difference of two versions is read at a glance. What is
not named is not allowed; so a new table without any access changes nothing, and one with some does.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping

from pgassay.model.access import AccessPlan, Action, Difference, Entry, Reach, RelationAccess
from pgassay.model.errors import UsageError
from pgassay.model.identity import Identity

Matrix = Mapping[Entry, Reach]
_NOTHING = "nothing"
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def matrix_of(relations: Iterable[RelationAccess]) -> dict[Entry, Reach]:
    """Give the cells of relations by their names."""
    return {
        Entry(relation=each.relation, identity=identity, action=cell.action): cell.reach
        for each in relations
        for identity, cell in each.cells()
    }


def write(plan: AccessPlan, relations: Iterable[RelationAccess]) -> str:
    """Write a baseline."""
    lines = [
        "# Who gets at which rows, found out by trying: pgassay access --save",
        "# What is not named is not allowed. Who is who:",
        *(f"#   {_described(each)}" for each in plan.identities),
    ]
    for relation in relations:
        lines += ["", f"[{_key(relation.relation)}]"]
        for identity, cells in relation.rows:
            words = [f"{each.action} {each.reach}" for each in cells if each.reach is not Reach.NO]
            lines.append(f"{_key(identity)} = {json.dumps(', '.join(words) or _NOTHING)}")
    return "\n".join(lines) + "\n"


def read(text: str, *, name: str) -> dict[Entry, Reach]:
    """Read a baseline; ``name`` is the file's, for messages.

    Raises:
        UsageError: it is not one.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The baseline {name} is not valid TOML: {error}.") from error
    found: dict[Entry, Reach] = {}
    for relation, table in document.items():
        if not isinstance(table, dict):
            raise UsageError(f"The baseline {name} has no table of identities for {relation}.")
        for identity, words in table.items():
            for action, reach in _words(str(words), where=f"{name}, {relation}, {identity}"):
                found[Entry(relation=relation, identity=identity, action=action)] = reach
    return found


def compare(before: Matrix, after: Matrix, *, actions: Iterable[Action] = Action) -> tuple[Difference, ...]:
    """Give the cells that differ, in the order of their names. What is only on one side is ``no`` there."""
    wanted, order = frozenset(actions), list(Action)
    entries = sorted(
        {entry for entry in (*before, *after) if entry.action in wanted},
        key=lambda each: (each.relation, each.identity, order.index(each.action)),
    )
    pairs = ((entry, before.get(entry, Reach.NO), after.get(entry, Reach.NO)) for entry in entries)
    return tuple(
        Difference(entry=entry, before=was, after=now) for entry, was, now in pairs if was is not now
    )


def _words(text: str, *, where: str) -> Iterator[tuple[Action, Reach]]:
    if text == _NOTHING:
        return
    for part in text.split(", "):
        action, _, reach = part.partition(" ")
        try:
            yield Action(action), Reach(reach)
        except ValueError as error:
            raise UsageError(
                f"{part!r} in the baseline ({where}) is no action and its reach.",
                remedy="pgassay access --save",
            ) from error


def _described(identity: Identity) -> str:
    claims = f", claims {identity.claims}" if identity.claims else ""
    settings = "".join(f", {name} = {value}" for name, value in identity.settings)
    return f"{identity.name}: role {identity.role}{claims}{settings}"


def _key(text: str) -> str:
    """Write a key of TOML; JSON's escapes are among its own."""
    return text if _BARE.fullmatch(text) else json.dumps(text)
