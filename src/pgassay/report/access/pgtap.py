"""An access matrix as pgTAP tests: the same statements, tried again, have to come to the same.

A file for each relation, and one that they include. The rows that are tried are named by their keys, so the
tests go with the data that the matrix was made on.
"""

import json
import re
from collections.abc import Iterator
from importlib.resources import files

from pgassay.model.access import Action, Attempt, Cell, Reach, RelationAccess
from pgassay.model.identity import Identity
from pgassay.report.access.record import AccessRecord

SUPPORT = "access.psql"
"""Not called ``.sql``, so that nobody takes it for a test."""
_COMMANDS = {Action.MOVE: "update"}


def pgtap_files(record: AccessRecord) -> Iterator[tuple[str, str]]:
    """Give names and texts of files. Cells that are not verified have no test.

    Tests fail where a row that they name is gone.
    """
    yield SUPPORT, _support(record.plan.identities)
    for relation in record.relations:
        text = _file(relation)
        if text:
            yield f"access_{re.sub(r'[^A-Za-z0-9_]+', '_', relation.relation)}.sql", text


def _support(identities: tuple[Identity, ...]) -> str:
    people = {each.name: _settings(each) for each in identities}
    made = files("pgassay.report.access").joinpath("support.sql").read_text("utf-8")
    return made.replace(":'people'", _quoted(json.dumps(people, indent=4)))


def _settings(identity: Identity) -> list[tuple[str, str]]:
    pairs = [("request.jwt.claims", identity.claims), *identity.settings]
    if identity.claims:
        pairs += [("request.jwt.claim.sub", identity.subject), ("request.jwt.claim.role", identity.role)]
    return [*pairs, ("role", identity.role)]


def _file(relation: RelationAccess) -> str:
    tests = [
        _test(relation, identity, cell)
        for identity, cell in relation.cells()
        if cell.reach is not Reach.NOT_VERIFIED and cell.attempts
    ]
    if not tests:
        return ""
    head = (
        f"-- Who gets at which rows of {relation.relation}. Written by pgassay access --emit-tests.",
        "-- pgassay: category security",
        "",
        "begin;",
        f"\\ir {SUPPORT}",
        *(f"{each};" for each in relation.seed),
        f"select plan({len(tests)});",
        "",
    )
    return "\n".join((*head, *tests, "", "select * from finish();", "rollback;", ""))


def _test(relation: RelationAccess, identity: str, cell: Cell) -> str:
    attempts = json.dumps([_attempt(each) for each in cell.attempts], indent=4)
    action = _COMMANDS.get(cell.action, cell.action.value)
    words = f"{relation.relation}: {identity} {cell.action} {cell.reach}".replace("#", "")
    wanted = Reach.NONE if _by_privilege_alone(cell) else cell.reach
    return (
        f"select is(\n    pg_temp.access_reach({_quoted(identity)}, {_quoted(relation.relation)}, "
        f"{_quoted(action)}, {_quoted(attempts)}),\n    {_quoted(wanted)}, {_quoted(words)}\n);"
    )


def _by_privilege_alone(cell: Cell) -> bool:
    """Whether the privilege was proven on no row, so that the same statements find none again."""
    return cell.reach is Reach.ALL and not cell.reached and cell.action is not Action.TRUNCATE


def _attempt(attempt: Attempt) -> dict[str, object]:
    return {
        "statement": attempt.statement,
        "row": attempt.row,
        "limited": attempt.limited,
        "after": list(attempt.after),
    }


def _quoted(text: str) -> str:
    """Write a text as SQL does between dollar signs, with a tag that it does not contain."""
    if "'" not in text and "\\" not in text:
        return f"'{text}'"
    number = 0
    while f"$t{number}$" in text:
        number += 1
    return f"$t{number}${text}$t{number}$"
