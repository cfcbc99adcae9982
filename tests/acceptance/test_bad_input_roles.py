"""A role that may read a table and nothing else: every command says what it lacks, and none has a bug."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fix_suite import Project, passing
from pgassay.model.exits import Exit
from pgassay.pg.connection import connect

ROLE = "only_reads"
NEEDS_THE_STORE = (
    "alerts list",
    "cleanup",
    "coverage",
    "evidence 1",
    "incidents list",
    "incidents open vanished",
    "notify list",
    "perf check",
    "ready",
    "replay 1",
    "report",
    "rollback undo",
    "store backup kept.json",
    "store install",
    "store status",
)
LOOKS = (
    "access",
    "checks run",
    "health",
    "migrate plan",
    "migrate status",
    "preflight",
    "rollback check",
    "test sql",
)


@pytest.fixture
def reader(project: Project) -> Iterator[Project]:
    """A project with everything, as somebody without rights comes to it."""
    assert project.run("store", "install").status == Exit.OK
    project.write(sql__tests__unit__a=passing())
    project.put("migrations/001_note.sql", "create table public.note (id int primary key);\n")
    project.put(
        "workload/count.sql", "-- category: rows\n-- metric: count\nselect count(*) from public.shown;\n"
    )
    assert project.run("migrate", "apply").status == Exit.OK
    project.command(
        f"create role {ROLE} login; create table public.shown (id int primary key);"
        f" create schema auth; create table auth.users (id uuid); grant select on public.shown to {ROLE};"
    )
    try:
        yield replace(project, target=project.target.changed({"user": ROLE}))
    finally:
        with connect(project.target) as connection:
            connection.execute(f"drop owned by {ROLE}; drop role {ROLE}".encode())


def test_without_the_store_one_sentence_says_what_is_lacking(reader: Project) -> None:
    for words in NEEDS_THE_STORE:
        done = reader.run(*words.split())
        assert done.status == Exit.UNAVAILABLE, (words, done)
        assert f'The role "{ROLE}" may not use the store in database' in done.stderr, words
        assert "grant usage on schema prod_test_schema" in done.stderr, words
        assert "LINE" not in done.stderr, words


def test_who_may_look_is_told_what_could_not_be_seen(reader: Project) -> None:
    for words in LOOKS:
        done = reader.run(*words.split())
        assert done.status in (Exit.OK, Exit.RED, Exit.UNAVAILABLE, Exit.REFUSED), (words, done)
        assert "LINE" not in done.stderr, words


def test_what_would_change_something_is_refused(reader: Project) -> None:
    for words in ("migrate apply", "recover backup", "rollback run --confirm x"):
        done = reader.run(*words.split())
        assert done.status in (Exit.UNAVAILABLE, Exit.REFUSED), (words, done)
        assert done.stderr.startswith("pgassay: "), words
