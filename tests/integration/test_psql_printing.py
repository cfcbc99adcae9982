"""What we print of a result is what psql prints of it, to the byte."""

import os
import subprocess
from dataclasses import replace

import pytest
from psycopg.pq.abc import PGconn

from pgassay.parse.psql.output import render
from pgassay.parse.psql.steps import OutputFormat
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from versions import programs_of

_QUERIES = (
    "select 'ok 1 - a'",
    "select * from (values (1, 'a|b', null), (2, null, E'c\\nd'), (3, '', ' e ')) as t (x, \"Y\", z)",
    "select * from (values ('a'), (null), ('')) as t (x)",
    "select 1 as x, 2 as y where false",
    "select",
    "select from generate_series(1, 3)",
    "select where false",
    "select 1.50::numeric, true, '{1,2}'::int[], '2020-01-02'::date, '\\x00ff'::bytea, 1e300::float8",
    "select 'é', '日本'",
)
_FORMATS = {
    "plain": (OutputFormat(), ""),
    "null": (OutputFormat(null="NULL", fieldsep="; "), "\\pset null NULL\n\\f '; '\n"),
    "heading": (OutputFormat(tuples_only=False), "\\t off\n"),
    "no footer": (OutputFormat(tuples_only=False, footer=False), "\\t off\n\\pset footer off\n"),
    "title": (OutputFormat(tuples_only=False, title="A title"), "\\t off\n\\C 'A title'\n"),
    "hidden title": (OutputFormat(title="A title"), "\\C 'A title'\n"),
    "records": (OutputFormat(recordsep=" / "), "\\pset recordsep ' / '\n"),
    "nul": (OutputFormat(recordsep="\0", fieldsep="\0"), "\\pset recordsep_zero\n\\pset fieldsep_zero\n"),
    "expanded": (OutputFormat(expanded=True), "\\x\n"),
}


@pytest.fixture(scope="module")
def psql(server: Server) -> str:
    """The psql of the server's version."""
    program = programs_of(server.version.split(".")[0]) / "psql"
    if not program.exists():
        pytest.skip(f"psql {server.version} is not installed")
    return str(program)


def _printed(psql: str, target: Target, script: str) -> str:
    done = subprocess.run(
        [psql, "-X", "-qAt", "-v", "ON_ERROR_STOP=1", target.conninfo],
        input=script.encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"PGCLIENTENCODING": "UTF8"},
    )
    return done.stdout.decode()


@pytest.mark.parametrize("shape", _FORMATS)
@pytest.mark.parametrize("expanded", [False, True], ids=["table", "records"])
def test_results_are_printed_as_psql_prints_them(
    server: Server, psql: str, shape: str, expanded: bool
) -> None:
    form, commands = _FORMATS[shape]
    form = replace(form, expanded=form.expanded or expanded)
    script = "".join(f"{query};\n\\echo --\n" for query in _QUERIES)

    with connect(server.target) as connection:
        ours = "".join(f"{_rendered(connection.pgconn, query, form)}--\n" for query in _QUERIES)

    assert ours == _printed(psql, server.target, f"{commands}\\x {form.expanded}\n{script}")


def _rendered(connection: PGconn, query: str, form: OutputFormat) -> str:
    result = connection.exec_(query.encode())
    columns = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
    rows = [
        [_text(result.get_value(row, column)) for column in range(len(columns))]
        for row in range(result.ntuples)
    ]
    return render(columns, rows, form)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
