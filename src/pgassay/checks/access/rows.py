"""Which rows things are tried on: some that an identity sees, some that it does not, and what is in them.

First a look at more rows than are tried (:data:`LOOK`), among them such that hold what an identity's claims
say; then as few as show the differences between the identities.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pgassay.checks.access.catalogue import Column, Relation
from pgassay.model.identity import Identity
from pgassay.pg.connection import sql

LOOK = 200
_PAGE = 8192
_FEW_PAGES = 32
_OWN = 3
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}")
_ROW = sql.Identifier("pgassay_row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A row: its place, a condition that finds it, and its values as literals, by quoted column name."""

    place: str
    condition: str
    values: Mapping[str, str]


def trusted(text: str) -> sql.SQL:
    """Take a name, a literal or a condition that the server itself quoted."""
    return sql.SQL(text)


def look(relation: Relation) -> str:
    """Give the statement that finds rows anywhere in a table."""
    name = trusted(relation.name)
    first = sql.SQL("(select ctid from {} limit {})").format(name, sql.Literal(LOOK // 2))
    parts = [first]
    pages = relation.size // _PAGE
    if pages > _FEW_PAGES:
        scattered = sql.SQL("(select ctid from {} tablesample system ({}) repeatable (0) limit {})")
        share = sql.Literal(round(min(100.0, 100.0 * _FEW_PAGES / pages), 6))
        parts.append(scattered.format(name, share, sql.Literal(LOOK // 2)))
    return _all_of(parts)


def look_for(relation: Relation, identities: Sequence[Identity]) -> str:
    """Give the statement that finds rows with what identities claim; empty where none can be asked for."""
    small = relation.size // _PAGE <= _FEW_PAGES
    parts = []
    for mark in dict.fromkeys(value for identity in identities for _, value in identity.claimed):
        for column in relation.columns:
            if (small or column.leading) and may_hold(column.kin, mark):
                parts.append(
                    sql.SQL("(select ctid from {} where {} = {} limit {})").format(
                        trusted(relation.name), trusted(column.name), sql.Literal(mark), sql.Literal(_OWN)
                    )
                )
    return _all_of(parts) if parts else ""


def look_at_few(relation: Relation) -> str:
    """Give the statement with which somebody finds a few rows within reach."""
    return sql.SQL("select ctid::text from {} limit {}").format(trusted(relation.name), _OWN).as_string()


def look_at(relation: Relation, places: str) -> str:
    """Give the statement that says which rows at some places are within reach."""
    statement = sql.SQL("select ctid::text from {} where ctid = any ({}::tid[])")
    return statement.format(trusted(relation.name), sql.Literal(places)).as_string()


def fetch(relation: Relation, places: str) -> str:
    """Give the statement that reads rows: place, condition, and a literal for each column."""
    words = "select ctid::text, {}, {} from {} as {} where ctid = any ({}::tid[]) order by ctid"
    return sql.SQL(words).format(*_read(relation), sql.Literal(places)).as_string()


def fetch_by_digest(relation: Relation, limit: int) -> str:
    """Give the statement that reads rows of a view, where the place is a digest of all that is in the row."""
    words = "select pg_catalog.md5({}::text), {}, {} from {} as {} limit {}"
    return sql.SQL(words).format(_ROW, *_read(relation), sql.Literal(limit)).as_string()


def digests(relation: Relation, columns: Sequence[str], limit: int) -> str:
    """Give the statement that reads digests of the rows of a view, or of some columns of them."""
    row: sql.Composable = _ROW
    if columns:
        row = sql.SQL("row({})").format(sql.SQL(", ").join(trusted(each) for each in columns))
    words = "select pg_catalog.md5({}::text) from {} as {} limit {}"
    return sql.SQL(words).format(row, trusted(relation.name), _ROW, sql.Literal(limit)).as_string()


def sampled(relation: Relation, row: Sequence[str | None]) -> Sampled:
    """Read one row that :func:`fetch` gave."""
    place, condition, *literals = (each or "" for each in row)
    names = (each.name for each in relation.columns)
    return Sampled(place=place, condition=condition, values=dict(zip(names, literals, strict=True)))


def as_own(relation: Relation, row: Sampled, identity: Identity) -> Iterator[Sampled]:
    """Give copies of a row as an identity would make it for itself: one claim in one column that may hold it.

    A claim goes where the column has its name, and the subject wherever a UUID does.
    """
    claimed = dict(identity.claimed)
    subject = identity.subject if _UUID.fullmatch(identity.subject) else ""
    for column in relation.columns:
        own = claimed.get(column.name.strip('"'), "")
        own = own if may_hold(column.kin, own) else subject if column.kin == "uuid" else ""
        if own and not column.generated and not column.surrogate:
            values = {**row.values, column.name: sql.Literal(own).as_string()}
            yield Sampled(place=row.place, condition=row.condition, values=values)


def unused(relation: Relation, column: Column) -> str:
    """Give the statement that finds a literal for a surrogate key that no row has."""
    if column.kin == "uuid":
        return "select pg_catalog.format('%L', pg_catalog.gen_random_uuid())"
    words = sql.SQL("select pg_catalog.format('%L', coalesce(pg_catalog.max({}), 0) + 1) from {}")
    return words.format(trusted(column.name), trusted(relation.name)).as_string()


def choose(
    places: Sequence[str], seen: Sequence[AbstractSet[str]], marked: AbstractSet[str], *, limit: int
) -> list[str]:
    """Choose rows that show the differences: for each identity one that it sees and one that it does not.

    ``seen`` has the places within reach of each identity. Two of each are wanted, and rows that hold a claim;
    one of each is chosen even beyond the limit.
    """
    chosen: list[str] = []
    for wanted in (1, 2):
        for sight in seen:
            for within in (True, False):
                have = sum((place in sight) is within for place in chosen)
                fresh = [place for place in places if (place in sight) is within and place not in chosen]
                fresh.sort(key=lambda place: place not in marked)
                room = len(chosen) < limit or wanted == 1
                chosen += fresh[: wanted - have] if room and have < wanted else []
    rest = [place for place in places if place not in chosen]
    rest.sort(key=lambda place: place not in marked)
    return chosen + rest[: max(limit - len(chosen), 0)]


def _read(relation: Relation) -> tuple[sql.Composable, ...]:
    literals = [
        sql.SQL("pg_catalog.format('%L', {})").format(trusted(each.name)) for each in relation.columns
    ]
    return _condition(relation), sql.SQL(", ").join(literals), trusted(relation.name), _ROW


def _condition(relation: Relation) -> sql.Composable:
    """Give the expression that writes a condition for the row: by its key, else by all that is in it."""
    if not relation.key:
        return sql.SQL("pg_catalog.format('pgassay_row::text = %L', {}::text)").format(_ROW)
    parts = (
        sql.SQL("pg_catalog.format('%s = %L', {}, {})").format(sql.Literal(name), trusted(name))
        for name in relation.key
    )
    return sql.SQL("pg_catalog.concat_ws(' and ', {})").format(sql.SQL(", ").join(parts))


def may_hold(kin: str, mark: str) -> bool:
    """Whether a column of that kin could hold what somebody claims."""
    match kin:
        case "uuid":
            return _UUID.fullmatch(mark) is not None
        case "number":
            return _NUMBER.fullmatch(mark) is not None
        case "text":
            return True
        case _:
            return False


def _all_of(parts: Sequence[sql.Composable]) -> str:
    together = sql.SQL(" union all ").join(parts)
    return sql.SQL("select ctid::text from ({}) as found").format(together).as_string()
