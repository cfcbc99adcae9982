"""Judges statements in a row, as those of one file, against a database of which all is known."""

from collections.abc import Sequence

from pgassay.model.place import Place
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.judge import judge_statement
from pgassay.parse.sql.surroundings import Parameter, Relation, RelationKind, Routine, Surroundings

PLACE = Place(path="tests/a.sql", line=7)

RELATIONS = (
    Relation(schema="app", name="users", sequences=("app.users_id_seq",)),
    Relation(schema="app", name="orders"),
    Relation(schema="app", name="recent", kind=RelationKind.VIEW),
    Relation(schema="app", name="numbers", kind=RelationKind.SEQUENCE),
    Relation(schema="app", name="users_name", kind=RelationKind.INDEX),
    Relation(schema="app", name="elsewhere", kind=RelationKind.FOREIGN),
)


def _plpgsql(name: str, body: str, *parameters: Parameter) -> Routine:
    return Routine(schema="app", name=name, language="plpgsql", body=body, parameters=parameters)


ROUTINES = (
    _plpgsql("kill_all", "begin perform pg_terminate_backend(1); end"),
    _plpgsql("kill_later", "declare n int; begin n := app.kill_all(); end"),
    _plpgsql("run", "begin execute q; end", Parameter(name="q")),
    _plpgsql("harmless", "begin return (select count(*) from app.users); end"),
    _plpgsql(
        "ping", "begin if n > 0 then perform app.pong(n - 1); end if; end", Parameter(name="n", type="int4")
    ),
    _plpgsql("pong", "begin perform app.ping(n); truncate app.users; end", Parameter(name="n", type="int4")),
    _plpgsql("wipe", "begin truncate app.users; end", Parameter(name="u", type="users")),
    Routine(schema="app", name="http_status", language="sql", body="select 200"),
    Routine(schema="app", name="waits", language="sql", body="select 1", settings=("lock_timeout",)),
    Routine(schema="app", name="snake", language="plpython3u", body="import os"),
    Routine(schema="app", name="vector_in", language="c", body="vector_in", extension="vector"),
    Routine(
        schema="app",
        name="atomic",
        language="sql",
        body="BEGIN ATOMIC\n SELECT pg_sleep(99);\nEND",
        standard=True,
    ),
    Routine(schema="t", name="test_bad", language="sql", body="select pg_reload_conf()"),
)


def known(**changes: object) -> Surroundings:
    """Give the surroundings of a new file; what is given replaces what is known."""
    values: dict[str, object] = {
        "relations": lambda name: tuple(each for each in RELATIONS if each.name == name),
        "routines": lambda name: tuple(each for each in ROUTINES if each.name == name),
        "routines_in": lambda schema: tuple(each for each in ROUTINES if schema in ("", each.schema)),
        "schemas": frozenset({"app", "public", "t"}),
        "types": frozenset({"mood"}),
        **changes,
    }
    return Surroundings(**values)  # type: ignore[arg-type] # the keys are names of fields


def judge(*texts: str, surroundings: Surroundings | None = None) -> tuple[Finding, ...]:
    """Judge statements in a row; give all findings."""
    around = known() if surroundings is None else surroundings
    return tuple(each for text in texts for each in judge_statement(text, place=PLACE, known=around))


def stopped(*texts: str, surroundings: Surroundings | None = None) -> set[str]:
    """Give the rules that stop statements in a row."""
    found = judge(*texts, surroundings=surroundings)
    return {each.rule for each in found if each.verdict is not Verdict.ALLOWED}


def noted(*texts: str) -> set[str]:
    """Give the rules that only have notes about statements in a row."""
    return {each.rule for each in judge(*texts) if each.verdict is Verdict.ALLOWED}


def in_block(statement: str) -> str:
    """Put a statement of PL/pgSQL into a block."""
    return f"do $do$ begin {statement}; end $do$"


def _block(statement: str) -> str:
    return f"begin execute $q$ {statement} $q$; end"


def everywhere(statement: str) -> Sequence[str]:
    """Give the ways to hide a statement of SQL in another one."""
    escaped = statement.replace("\\", "\\\\").replace("'", "\\'")
    doubled = statement.replace("'", "''")
    return (
        f"/* a /* b */ */ {statement} -- c",
        f"select lives_ok($q$ {statement} $q$)",
        f"select public.throws_ok(E'{escaped} ', '42501')",
        f"select \"lives_ok\"(' ' || '{doubled}'::text)",
        f"select lives_ok(q) from (values (''), ($q$ {statement} $q$)) as t (q)",  # noqa: S608 - it is only read
        in_block(f"execute $q$ {statement} $q$"),
        in_block(f"execute format('%s', $q$ {statement} $q$)"),
        f"create function pg_temp.f() returns int language plpgsql as $f$ {_block(statement)} $f$",
        f"select app.run($q$ {statement} $q$)",
        f"select app.run(q => $q$ {statement} $q$)",
    )
