"""An account of the store: what came, what changed and what went since the last look, and that it is right.

Each look reads every row of every table and holds it against the table's page: its rules, columns that must
be known, times that lie between the last look and this one, and that no secret is in it. What is left to say
of a row is one line; the lines of an act are compared with those that are written down in ``cases/story``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from store_page import Page
from store_pages_of_operations import ATTENTION, OPERATIONS
from store_pages_of_tests import CHECKS, TESTS

PAGES = TESTS | CHECKS | OPERATIONS | ATTENTION
LEDGERS = Path(__file__).parent / "cases" / "story"
_TABLES = """
select n.nspname || '.' || c.relname,
    array(select a.attname::text from pg_attribute as a
        join pg_index as i on i.indrelid = a.attrelid and i.indisprimary
        where a.attrelid = c.oid and a.attnum = any (i.indkey) order by 1),
    array(select a.attname::text from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0
        and a.atttypid = 'timestamptz'::regtype)
from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('prod_test_schema', 'performance_monitoring') and c.relkind in ('r', 'p')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it is: its values, the line that says what it is about, and the rules that it breaks."""

    values: Mapping[str, Any]
    says: str
    broken: tuple[str, ...]


_Rows = Mapping[tuple[str, str], Row]


@dataclass(slots=True, kw_only=True)
class Account:
    """Looks at a store again and again; ``secrets`` must be nowhere in it."""

    target: Target
    secrets: tuple[str, ...]
    _seen: _Rows = field(default_factory=dict)
    _since: datetime = field(init=False)

    def __post_init__(self) -> None:
        with connect(self.target) as connection:
            self._since = _now(connection)

    def turn(self) -> list[str]:
        """Look, and say what is new (``+``), changed (``~``, with the columns) and gone (``-``), in order."""
        with connect(self.target) as connection, connection.transaction():
            connection.execute("set local search_path = prod_test_schema, performance_monitoring")
            now = _now(connection)
            times, found = _read(connection)
        fresh = {key: _fresh(row, self._seen.get(key)) for key, row in found.items()}
        wrong = [line for (table, _), row in found.items() for line in self._wrong(table, row)]
        wrong += [
            f"{table}: {row.says}: {column} is not of this act: {row.values[column]}"
            for (table, key), row in found.items()
            for column in fresh[table, key] & times[table] - PAGES[table].elsewhen
            if not self._within(row.values[column], now)
        ]
        assert not wrong, "\n".join(wrong)
        said = Counter(each for each in self._said(found, fresh) if PAGES[each[0]].told)
        self._seen, self._since = found, now
        return sorted(_line(table, says, count) for (table, says), count in said.items())

    def _said(
        self, found: _Rows, fresh: Mapping[tuple[str, str], frozenset[str]]
    ) -> Iterator[tuple[str, str]]:
        for (table, key), row in found.items():
            if (table, key) not in self._seen:
                yield table, f"+ {row.says}"
            elif fresh[table, key]:
                yield table, f"~ {row.says}: {', '.join(sorted(fresh[table, key]))}"
        yield from (
            (table, f"- {row.says}") for (table, key), row in self._seen.items() if (table, key) not in found
        )

    def _wrong(self, table: str, row: Row) -> Iterator[str]:
        about = f"{table}: {row.says}"
        yield from (f"{about}: not so: {rule}" for rule in row.broken)
        unknown = {name for name, value in row.values.items() if value is None} - PAGES[table].unknown
        yield from (f"{about}: {name} is not known" for name in sorted(unknown))
        yield from (f"{about}: tells a secret" for secret in self.secrets if secret in str(row.values))

    def _within(self, moment: str | None, now: datetime) -> bool:
        return moment is None or self._since <= datetime.fromisoformat(moment) <= now


def ledger(act: str) -> list[str]:
    """Read what an act must leave in the store."""
    lines = (LEDGERS / f"{act}.txt").read_text("utf-8").splitlines()
    return sorted(line for line in lines if line and not line.startswith("#"))


def _now(connection: Connection) -> datetime:
    (row,) = connection.execute("select clock_timestamp()").fetchall()
    assert isinstance(row[0], datetime)
    return row[0]


def _read(connection: Connection) -> tuple[dict[str, frozenset[str]], dict[tuple[str, str], Row]]:
    """Read all there is: the columns of each table that are times, and each row by table and key."""
    times: dict[str, frozenset[str]] = {}
    found: dict[tuple[str, str], Row] = {}
    for table, keys, moments in connection.execute(_TABLES).fetchall():
        assert table in PAGES, (
            f"{table} is looked at by nobody: give it a page in a module ``store_pages_of_…``"
        )
        times[table] = frozenset(moments)
        for values, says, held in connection.execute(_query(table, PAGES[table])).fetchall():
            broken = tuple(rule for rule, holds in zip(PAGES[table].rules, held, strict=True) if not holds)
            key = str([values[name] for name in keys])
            found[table, key] = Row(values=values, says=says, broken=broken)
    assert times.keys() == PAGES.keys()
    return times, found


def _query(table: str, page: Page) -> bytes:
    rules = ", ".join(f"({rule})" for rule in page.rules)
    return f"select to_jsonb(r), {page.says}, array[{rules}]::bool[] from {table} as r".encode()  # noqa: S608


def _fresh(row: Row, before: Row | None) -> frozenset[str]:
    """Name the columns that are not as they were."""
    if before is None:
        return frozenset(row.values)
    return frozenset(name for name, value in row.values.items() if value != before.values[name])


def _line(table: str, says: str, count: int) -> str:
    line = f"{says[:2]}{table.partition('.')[2]}: {says[2:]}"
    return f"{line} (x {count})" if count > 1 and PAGES[table].counted else line
