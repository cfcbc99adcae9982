"""What a database does unasked is read from its catalogs, and counts for the file that sets it off."""

import pytest

from fix_production import Live, evidence
from fix_server import fresh_database
from fix_suite import Done, Project, passing
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.suite import Outcome, Problem, Trouble

RELOADS = "if false then perform pg_reload_conf(); end if;"
"""Never does what it could do; that is not for a reader to tell."""


def _function(name: str, returns: str, does: str, *, gives: str = "null") -> str:
    claims = "immutable" if returns == "int" else ""
    return (
        f"create function {name} returns {returns} language plpgsql {claims} as"
        f" $$ begin {does} return {gives}; end $$;"
    )


ATTACHED = {
    "view": (
        _function("reload()", "int", RELOADS) + "create view v as select reload();",
        "select 1 from v;",
        "through the view public.v → public.reload()",
    ),
    "trigger": (
        _function("reload()", "trigger", RELOADS, gives="new")
        + "create trigger t before insert on parts for each row execute function reload();",
        "insert into parts values (1);",
        "through the trigger t of public.parts → public.reload()",
    ),
    "default": (
        _function("reload()", "int", RELOADS) + "alter table parts add other int default reload();",
        "insert into parts values (1);",
        "through the default other of public.parts → public.reload()",
    ),
    "generated": (
        _function("reload(a int)", "int", RELOADS)
        + "alter table parts add other int generated always as (reload(id)) stored;",
        "insert into parts values (1);",
        "through the generated column other of public.parts → public.reload()",
    ),
    "cast": (
        _function("reload(a text)", "parts", RELOADS)
        + "create cast (text as parts) with function reload(text) as implicit;",
        "select 1;",
        "through the cast of text to parts → public.reload()",
    ),
    "event": (
        _function("reload()", "event_trigger", "perform pg_reload_conf();", gives="")
        + "create event trigger e on ddl_command_end when tag in ('CREATE COLLATION')"
        " execute function reload();",
        'create collation pg_temp.c from "C";',
        "through the event trigger e → public.reload()",
    ),
}


@pytest.mark.parametrize("kind", ATTACHED)
def test_what_is_attached_counts_for_who_sets_it_off(live: Live, kind: str) -> None:
    attached, sets_off, way = ATTACHED[kind]
    live.project.command(attached)
    live.project.put("a.sql", passing(body=sets_off))
    live.project.put("b.sql", passing())
    before = live.dump()

    done = live.safely("a.sql", "b.sql")

    problem, *_ = _refusals(done, "a.sql")
    assert f"(rule outside_effects, {way})" in problem.detail, problem
    assert bool(_refusals(done, "b.sql")) is (kind == "cast")
    assert live.dump() == before


def test_what_databases_always_do_is_let_through_and_told(live: Live) -> None:
    live.project.command(
        "create sequence numbers;"
        + _function("number()", "trigger", "new.price := nextval('numbers'); notify sold;", gives="new")
        + "create trigger number before insert on items for each row execute function number();"
    )
    live.project.put("a.sql", passing(body="insert into items (name) values ('nail');"))

    done = live.safely("a.sql")

    assert done.results["a.sql"].outcome is Outcome.PASSED, done.complaint("a.sql")
    found = evidence(done, "a.sql")
    assert standing_of(found) is Standing.VERIFIED
    assert sorted(each.name for each in found.sequences) == ["public.items_id_seq", "public.numbers"]


def test_an_event_trigger_sees_pgtap_come(live: Live) -> None:
    with fresh_database(live.server) as target:
        project = Project(folder=live.project.folder, target=target)
        project.put("a.sql", passing())
        bare = Live(project=project, server=live.server)
        assert bare.safely("a.sql", "--pgtap", "ephemeral").results["a.sql"].outcome is Outcome.PASSED
        project.command(
            _function("reload()", "event_trigger", RELOADS, gives="")
            + "create event trigger e on ddl_command_end execute function reload();"
        )

        done = bare.safely("a.sql", "--pgtap", "ephemeral")

        assert "loading pgTAP" in _refusals(done, "a.sql")[0].detail[-1]


def _refusals(done: Done, path: str) -> list[Problem]:
    return [each for each in done.results[path].problems if each.trouble is Trouble.REFUSED]
