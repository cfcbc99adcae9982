"""Who would wait for a statement, as a plan says."""

from fix_migrate import migration, script_file
from pgassay.migrate.hazard import Facts
from pgassay.migrate.plan import plan
from pgassay.migrate.script import read_script


def locks(text: str) -> list[str]:
    planned = plan(migration(text), read_script(script_file(text)), Facts())
    return [lock for batch in planned.batches for each in batch.statements for lock in each.locks]


def test_nobody_waits_for_what_the_file_makes_itself() -> None:
    assert locks("create table app.tree (id int primary key, parent int references app.tree);") == []
    assert locks("create materialized view app.sums as select 1 as n; create index on app.sums (n);") == []


def test_one_of_the_same_name_elsewhere_is_another() -> None:
    (found,) = locks("create table audit.people (id int references public.people);")
    assert found.startswith("public.people: ")


def test_what_may_be_there_already_is_not_the_files_own() -> None:
    (found,) = locks("create table if not exists app.note (id int); create index on app.note (id);")
    assert found.startswith("app.note: ")
