"""How a migration's file is read: statements with their lines, and what can be no part of it."""

import pytest

from fix_migrate import script_file
from pgassay.migrate.batches import batches_of
from pgassay.migrate.script import read_script
from pgassay.model.message import ServerMessage

MIXED = """-- the first
create type app.mood as enum ('sad');
alter type app.mood add value 'glad';

create index concurrently note_idx on app.note (body);
alter type app.size add value 'xl';
insert into app.note (size) values ('xl');
copy app.note (body) from stdin;
one
two
\\.
vacuum app.note;
"""


def test_statements_have_their_commands_lines_and_data() -> None:
    script = read_script(script_file(MIXED))

    assert [(each.command, each.place.line) for each in script.statements] == [
        ("CREATE TYPE", 2),
        ("ALTER TYPE", 3),
        ("CREATE INDEX CONCURRENTLY", 5),
        ("ALTER TYPE", 6),
        ("INSERT INTO", 7),
        ("COPY", 8),
        ("VACUUM", 12),
    ]
    assert script.statements[5].data == "one\ntwo\n"
    assert script.obstacles == ()


def test_it_is_cut_where_the_server_forces_a_commit() -> None:
    parts = batches_of(read_script(script_file(MIXED)))

    assert [[each.number for each in part.statements] for part in parts] == [[1, 2], [3], [4], [5, 6], [7]]
    assert [bool(part.alone) for part in parts] == [False, True, False, False, True]


@pytest.mark.parametrize(
    "statement",
    [
        "drop index concurrently app.note_idx",
        "reindex index concurrently app.note_idx",
        "reindex (concurrently) table app.note",
        "reindex schema app",
        "vacuum full app.note",
        "alter table app.log detach partition app.log_2026 concurrently",
        "create database other",
        "alter system set work_mem = '1MB'",
        "cluster",
    ],
)
def test_what_cannot_be_in_a_transaction_is_alone(statement: str) -> None:
    parts = batches_of(read_script(script_file(f"select 1; {statement}; select 2;")))
    assert [bool(part.alone) for part in parts] == [False, True, False]


@pytest.mark.parametrize(
    "statement",
    [
        "create index note_idx on app.note (body)",
        "drop index app.note_idx",
        "reindex table app.note",
        "analyze app.note",
        "alter table app.log detach partition app.log_2026",
        "alter type app.mood add value 'glad'",
        "cluster app.note using note_idx",
    ],
)
def test_everything_else_is_one_transaction(statement: str) -> None:
    assert len(batches_of(read_script(script_file(f"select 1; {statement}; select 2;")))) == 1


@pytest.mark.parametrize(
    ("text", "line", "hazard"),
    [
        ("select 1;\nbegin;", 2, "transaction_control"),
        ("select 1;\n\ncommit;\nselect 2;", 3, "transaction_control"),
        ("select 1;\nstart transaction;", 2, "transaction_control"),
        ("select 1; rollback;", 1, "transaction_control"),
        ("prepare transaction 'x';", 1, "transaction_control"),
        ("\\connect other", 1, "psql_only"),
        ("select 1;\n\\i other.sql", 2, "unreadable"),
        ("select 'drop table x' \\gexec", 1, "depends_on_results"),
        ("select 1 as a \\gset", 1, "depends_on_results"),
        ("select 1\\; select 2;", 1, "compound"),
        ("select 'open", 1, "unreadable"),
        ("-- nothing", 1, "empty"),
    ],
)
def test_what_is_no_part_of_a_migration_is_named_with_its_line(text: str, line: int, hazard: str) -> None:
    (found,) = read_script(script_file(text)).obstacles
    assert (found.hazard, found.place.line) == (hazard, line)


@pytest.mark.parametrize(
    "text",
    [
        "savepoint a; select 1; release a;",
        "create function f() returns int language sql begin atomic select 1; end;",
        "do $$ begin perform 1; end $$;",
        "select 'commit;';",
        "\\set ON_ERROR_STOP on\nselect 1;",
        "prepare p as select 1;",
    ],
)
def test_what_only_looks_like_it_is_let_pass(text: str) -> None:
    assert read_script(script_file(text)).obstacles == ()


def test_an_error_has_the_line_that_the_server_means() -> None:
    (statement,) = read_script(script_file("\nselect\n    1,\n    wrong\nfrom t;\n")).statements
    message = ServerMessage(
        severity="ERROR", sqlstate="42703", message="…", position=statement.query.text.index("wrong") + 1
    )

    assert str(statement.place_of(message)) == "001_change.sql:4"
