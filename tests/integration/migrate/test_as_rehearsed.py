"""On production only what was rehearsed: the same files, the same catalogs, the same changes."""

import pytest
from psycopg.errors import UniqueViolation

from fix_migrate import Site, site_on
from pgassay.model.consent import Consent
from pgassay.model.errors import Refused, Unavailable
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.migrate import Outcome, Step
from pgassay.pg.target import Target

UP, DOWN = "create table note (id int primary key);", "drop table note;"


def test_it_is_refused_until_it_was_rehearsed(live_site: Site) -> None:
    live_site.pair("001_note", UP, DOWN)
    with pytest.raises(Refused, match="was not rehearsed") as caught:
        live_site.apply()
    assert "pgassay migrate rehearse" in caught.value.remedy

    assert live_site.rehearse().exit is Exit.OK
    record = live_site.apply()

    assert record.exit is Exit.OK
    assert ("exactly as rehearsed" in record.steps[4][0].sentence) is live_site.ask(
        "select exact from prod_test_schema.migration_runs where operation = 'rehearse'"
    )[0][0]
    assert live_site.rollback().exit is Exit.OK


def test_another_content_is_another_migration(live_site: Site) -> None:
    live_site.pair("001_note", UP, DOWN)
    live_site.rehearse()

    live_site.pair("001_note", f"{UP} -- changed", DOWN)
    with pytest.raises(Refused, match="with this content"):
        live_site.apply()
    live_site.pair("001_note", UP, f"{DOWN} -- changed")
    with pytest.raises(Refused, match="with this content"):
        live_site.apply()


def test_what_others_changed_since_is_noticed(live_site: Site) -> None:
    live_site.pair("001_note", UP, DOWN)
    live_site.rehearse()
    live_site.command("create table surprise (id int)")

    with pytest.raises(Refused, match="table public.surprise were changed since"):
        live_site.apply()
    assert live_site.apply(unrehearsed="the site is down").exit is Exit.OK
    assert live_site.ask(
        "select unrehearsed_reason from prod_test_schema.migration_runs where operation = 'apply'"
    ) == [("the site is down",)]


def test_a_red_rehearsal_is_none(live_site: Site) -> None:
    live_site.pair("001_note", UP, "select 1;")
    assert live_site.rehearse().exit is Exit.RED
    with pytest.raises(Refused, match="was not rehearsed"):
        live_site.apply()


def test_changes_that_were_not_rehearsed_are_not_committed(sites: Site) -> None:
    """A file may do other things elsewhere; here it looks at what it is run on."""
    sites.pair(
        "001_note",
        "create table note (id int);"
        " do $$ begin if current_database() !~ '^pgassay_' then create table extra (id int); end if; end $$;",
        "drop table note; drop table if exists extra;",
    )
    assert sites.rehearse().exit is Exit.OK
    before = sites.catalogs()

    record = sites.apply()

    assert record.finished is not None
    assert record.finished.outcome is Outcome.UNCHANGED
    migrate = next(result for result, _ in record.steps if result.step is Step.MIGRATE)
    assert "table public.extra is added, otherwise than rehearsed" in migrate.detail
    assert sites.catalogs() == before
    after = sites.changed(verify_within_s=0.0).apply()
    assert after.finished is not None and after.finished.outcome is Outcome.RED
    assert next(each for each, _ in after.steps if each.step is Step.VERIFY).finding is Finding.BROKEN


def test_a_rehearsal_leaves_the_target_and_the_server_alone(sites: Site) -> None:
    sites.command("create table kept (id int); insert into kept values (1)")
    sites.pair("001_drop", "drop table kept;", "create table kept (id int);")
    before = sites.catalogs()

    record = sites.rehearse()

    assert record.exit is Exit.RED
    assert [lost.sentence for each in record.comparisons for lost in each.lost] == [
        "public.kept had 1 rows and has 0"
    ]
    assert sites.catalogs() == before
    assert sites.ask("select * from kept") == [(1,)]
    assert sites.ask("select datname from pg_database where datname ~ '^pgassay_'") == []


def test_what_changes_the_server_is_not_rehearsed_on_it(site: Site) -> None:
    site.pair("001_role", "create role migrated_reader;", "drop role migrated_reader;")

    with pytest.raises(Refused, match="whole server"):
        site.rehearse()
    assert site.rehearse(place="embedded").exit is Exit.OK
    assert site.ask("select from pg_roles where rolname = 'migrated_reader'") == []


def test_no_way_back_needs_a_reason(site: Site) -> None:
    site.command("create type mood as enum ('sad')")
    site.pair("001_glad", "alter type mood add value 'glad';")

    assert site.rehearse().exit is Exit.RED
    assert site.rehearse(irreversible="an enum only grows").exit is Exit.OK


def test_production_without_a_store_is_not_touched(
    database: Target, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("live")
    with site_on(database, folder, production=True) as live:
        live.command("drop schema prod_test_schema, performance_monitoring cascade")
        live.pair("001_note", UP, DOWN)
        with pytest.raises(Unavailable, match="no store yet"):
            live.apply()


def test_production_is_asked_about(live_site: Site) -> None:
    live_site.pair("001_note", UP, DOWN)
    with pytest.raises(Refused, match="needs a yes"):
        live_site.apply(consent=Consent())


def test_a_failure_on_production_opens_an_incident(live_site: Site) -> None:
    live_site.command("create table note (id int); create table tag (id int)")
    live_site.pair("001_bad", "alter table note add column body text; select 1 / 0;")

    record = live_site.apply(unrehearsed="to see what happens")

    assert record.exit is Exit.RED and record.run is not None
    assert live_site.ask(
        "select severity, status, title, affected_tables from prod_test_schema.production_incidents"
    ) == [
        (
            "CRITICAL",
            "INVESTIGATING",
            f"The migration {record.run.migration.id} failed",
            ["public.note"],
        )
    ]


def test_of_a_failure_that_names_no_table_none_is_known(live_site: Site) -> None:
    live_site.pair("001_bad", "select 1 / 0;")
    assert live_site.apply(unrehearsed="to see what happens").exit is Exit.RED
    assert live_site.ask("select affected_tables from prod_test_schema.production_incidents") == [(None,)]


def test_in_what_the_copy_is_otherwise_is_said_and_what_to_do(sites: Site) -> None:
    sites.command("create table old (id int); insert into old values (1), (1)")
    with pytest.raises(UniqueViolation):
        sites.command("create unique index concurrently old_id on old (id)")
    sites.pair("001_note", UP, DOWN)

    record = sites.rehearse()

    assert record.finished is not None
    assert (record.exit, record.finished.exact) == (Exit.OK, False)
    told = sites.said.getvalue()
    assert "not wholly as the target is: index public.old_id is missing there. What the migration" in told
    assert "go on with apply. If not: pgassay migrate rehearse --on embedded\n" in told
    assert sites.apply().exit is Exit.OK
