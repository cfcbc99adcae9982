"""Migrations that were applied by other means: what the history and the store have of them afterwards."""

from threading import Event

import pytest
from psycopg.errors import UniqueViolation

from fix_migrate import Site
from pgassay.flows.migrate.adopt import adopt_migrations
from pgassay.model.consent import Consent
from pgassay.model.errors import NothingToRun, Refused, UsageError
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.migrate import Outcome, Step
from pgassay.pg.connection import connect
from pgassay.report.migration.record import MigrationRecord
from pgassay.store.readiness import About, readiness_facts

NOTE = "create table note (id int primary key, body text); create index note_body on note (body);"
ROWS = "insert into note values (1, 'a');"
TAG = "begin; create table tag (id int); commit;"
BARE = "drop index note_body;"
HISTORY = (
    "select version, name, sha256, statements, adopted, applied_by = current_user"
    " from pgassay_migrations.history order by version"
)


def place(site: Site) -> Site:
    """Put three migrations down, and apply them as psql would."""
    site.pair("001_note", NOTE, "drop table note;")
    site.pair("002_rows", ROWS)
    site.pair("003_tag", TAG)
    for text in (NOTE, ROWS, TAG.removeprefix("begin; ").removesuffix(" commit;")):
        site.command(text)
    return site


def verified(records: tuple[MigrationRecord, ...]) -> list[tuple[Finding, str]]:
    """Give what the look at each of them found."""
    return [
        (result.finding, result.sentence)
        for each in records
        for result, _ in each.steps
        if result.step is Step.VERIFY
    ]


def unrehearsed(site: Site) -> tuple[list[str], list[str]]:
    """Give what the gate takes for applied without a rehearsal, and for unsettled."""
    with connect(site.target) as connection:
        about = About(target=None, contents=None, at_least=100.0, receivers=0)
        found = readiness_facts(connection, about).migrations
    return list(found.unrehearsed), list(found.unsettled)


def test_what_is_there_is_adopted_and_said_to_be(sites: Site) -> None:
    place(sites)
    before = sites.catalogs()

    records = sites.adopt("002")

    assert [each.exit for each in records] == [Exit.OK, Exit.OK]
    assert verified(records)[1] == (Finding.NOT_VERIFIED, "It makes nothing that could be looked up.")
    assert sites.standings() == [("001", "adopted"), ("002", "adopted"), ("003", "pending")]
    assert sites.catalogs() == before
    assert sites.ask("select count(*) from note") == [(1,)]


def test_what_a_later_one_took_away_is_missing_only_without_that(sites: Site) -> None:
    place(sites).pair("004_bare", BARE)
    sites.command(BARE)

    with pytest.raises(Refused, match="the index note_body is not there") as caught:
        sites.adopt("003")
    assert "a later file may have taken this away" in caught.value.remedy

    assert verified(sites.adopt("004"))[0] == (Finding.HOLDS, "1 object that it makes is there.")


def test_the_history_says_who_what_and_how_far_it_was_verified(sites: Site) -> None:
    place(sites)
    path = sites.folder / "003_tag.sql"

    (_, _, last) = sites.adopt(path)

    assert last.run is not None
    rows = sites.ask(HISTORY)
    assert [row[:2] for row in rows] == [("001", "note"), ("002", "rows"), ("003", "tag")]
    assert rows[2][2] == last.run.migration.up.sha256
    assert [row[4] for row in rows] == [
        "2 objects that it makes are there.",
        "It makes nothing that could be looked up.",
        "1 object that it makes is there.",
    ]
    assert all(row[5] for row in rows)


def test_the_store_has_each_of_them_and_none_counts_as_applied_unrehearsed(sites: Site) -> None:
    place(sites)
    sites.adopt(everything=True)

    assert sites.ask(
        "select version, operation, status, fingerprint_after <> ''"
        " from prod_test_schema.migration_runs order by version"
    ) == [
        ("001", "adopt", "succeeded", False),
        ("002", "adopt", "succeeded", False),
        ("003", "adopt", "succeeded", True),
    ]
    assert unrehearsed(sites) == ([], [])
    assert sites.status().drift == ()
    sites.command("create table stray (id int)")
    assert "table public.stray" in [each.subject for each in sites.status().drift or ()]


def test_what_is_applied_behind_them_counts_as_ever(sites: Site) -> None:
    place(sites)
    sites.adopt(everything=True)
    sites.pair("004_more", "create table more (id int);")

    assert sites.apply().exit == Exit.OK

    assert [standing for _, standing in sites.standings()] == ["adopted"] * 3 + ["applied"]
    ((only,), _) = unrehearsed(sites)
    assert only.startswith("004_more_")


def test_adopting_again_passes_over_what_is_there(sites: Site) -> None:
    place(sites)
    sites.adopt("001")

    records = sites.adopt("003_tag")

    assert [each.run.migration.version for each in records if each.run] == ["002", "003"]
    assert [each.sentence for each in records[0].warnings] == [
        "1 migration is in the history already, and passed over: 001_note."
    ]
    with pytest.raises(NothingToRun, match="in the history already"):
        sites.adopt("002")
    assert len(sites.ask(HISTORY)) == 3


def test_what_is_not_there_is_refused_as_a_whole(sites: Site) -> None:
    place(sites)
    sites.command("drop table tag")

    with pytest.raises(Refused, match=r"003_tag.sql:1: the table tag is not there") as caught:
        sites.adopt(everything=True)

    assert "--unverified REASON" in caught.value.remedy
    assert sites.ask("select to_regclass('pgassay_migrations.history')") == [(None,)]
    assert sites.ask("select count(*) from prod_test_schema.migration_runs") == [(0,)]


def test_an_invalid_index_was_not_made(sites: Site) -> None:
    sites.pair("001_note", "create table note (id int);")
    sites.pair("002_index", "create unique index concurrently note_id on note (id);")
    sites.command("create table note (id int); insert into note values (1), (1)")
    with pytest.raises(UniqueViolation):
        sites.command("create unique index concurrently note_id on note (id)")

    with pytest.raises(Refused, match="the index note_id is invalid"):
        sites.adopt(everything=True)


def test_with_a_reason_it_is_adopted_and_the_reason_kept(sites: Site) -> None:
    place(sites)
    sites.command("drop table tag")

    (_, _, last) = sites.adopt(everything=True, unverified="moved to the archive")

    ((finding, sentence),) = verified((last,))
    assert (finding, last.exit) == (Finding.NOT_VERIFIED, Exit.OK)
    assert sentence.endswith("which was accepted: moved to the archive")
    assert last.steps[0][0].detail[0].endswith("003_tag.sql:1: the table tag is not there")
    assert sites.ask(HISTORY)[2][4] == sentence
    (_, _, standing) = sites.status().migrations
    assert standing.note == sentence


def test_what_only_psql_reads_is_not_taken_for_verified(sites: Site) -> None:
    sites.pair("001_note", "create table note (id int);\n\\i more.sql\n")
    sites.command("create table note (id int)")

    (record,) = sites.adopt(everything=True)

    (found,) = verified((record,))
    assert found == (
        Finding.NOT_VERIFIED,
        "What it makes cannot wholly be read from the file; 1 object that it makes is there.",
    )


def test_a_later_one_in_the_history_stands_in_the_way(sites: Site) -> None:
    sites.pair("002_tag", "create table tag (id int);")
    sites.apply()
    sites.pair("001_note", NOTE)
    sites.command(NOTE)

    with pytest.raises(Refused, match="The migration 002 is in the history already, and 001_note comes"):
        sites.adopt("001")
    assert sites.standings() == [("001", "pending"), ("002", "applied")]


def test_what_is_halfway_stands_in_the_way(sites: Site) -> None:
    sites.pair("001_note", NOTE)
    sites.apply()
    sites.pair("002_tag", "create table tag (id int);")
    sites.command(
        "create table pgassay_migrations.progress (version text primary key, operation text not null,"
        " sha256 text not null, parts int not null, noted_at timestamptz not null default now());"
        "insert into pgassay_migrations.progress values ('002', 'apply', 'x', 1)"
    )
    with pytest.raises(Refused, match="The migration 002 is halfway"):
        sites.adopt("002")


def test_a_file_that_was_changed_since_is_shown_as_ever(sites: Site) -> None:
    place(sites)
    sites.adopt(everything=True)
    sites.pair("002_rows", "insert into note values (2, 'b');")

    assert sites.standings()[1] == ("002", "changed after it was applied")


def test_an_adopted_one_is_taken_back_by_its_file(sites: Site) -> None:
    place(sites)
    sites.adopt("001")

    assert sites.rollback().exit == Exit.OK

    assert sites.ask("select to_regclass('note')") == [(None,)]
    assert sites.standings()[0] == ("001", "pending")


def test_a_history_of_before_gets_the_place_for_it(sites: Site) -> None:
    sites.pair("001_note", NOTE)
    sites.apply()
    sites.command("alter table pgassay_migrations.history drop column adopted")
    sites.pair("002_tag", "create table tag (id int);")
    assert sites.standings() == [("001", "applied"), ("002", "pending")]
    sites.command("create table tag (id int)")

    sites.adopt("002")

    assert sites.standings() == [("001", "applied"), ("002", "adopted")]


def test_another_programs_history_is_not_written_to(sites: Site) -> None:
    sites.pair("001_note", NOTE)

    with pytest.raises(Refused, match="history of another program") as caught:
        sites.changed(format="supabase").adopt(everything=True)

    assert "supabase migration repair" in caught.value.remedy


@pytest.mark.parametrize(
    ("file", "everything", "told"),
    [
        ("", False, "Up to which migration, is not said. There are 001_note, 002_rows, 003_tag."),
        ("001", True, "Both --all and a migration are given"),
        ("009", False, "There is no migration 009. There are 001_note, 002_rows, 003_tag."),
    ],
)
def test_what_is_meant_has_to_be_said(site: Site, file: str, everything: bool, told: str) -> None:
    place(site)
    with pytest.raises(UsageError) as caught:
        site.adopt(file, everything=everything)
    assert told in caught.value.sentence


def test_many_migrations_are_not_all_named(site: Site) -> None:
    for number in range(1, 21):
        site.pair(f"{number:03}_a", "select 1;")
    with pytest.raises(UsageError, match="There are 12 earlier ones and 013_a, 014_a, .*, 020_a"):
        site.adopt()


def test_production_needs_a_yes(live_site: Site) -> None:
    place(live_site)
    with pytest.raises(Refused, match="writing into its history of migrations needs a yes"):
        live_site.adopt("001", consent=Consent())
    assert [each.exit for each in live_site.adopt("001")] == [Exit.OK]


def test_who_is_told_to_stop_adopts_nothing_more(sites: Site) -> None:
    place(sites)
    stop = Event()
    stop.set()

    (record,) = adopt_migrations(sites.wish("003"), sites.settings, sites.around(stop))

    assert record.exit == Exit.INTERRUPTED
    assert [standing for _, standing in sites.standings()] == ["pending"] * 3


def test_an_adoption_that_was_killed_is_done_again(sites: Site) -> None:
    place(sites)
    sites.adopt("002")
    sites.command("update prod_test_schema.migration_runs set status = 'interrupted', fingerprint_after = ''")
    sites.command("delete from pgassay_migrations.history where version = '002'")

    assert sites.standings() == [("001", "adopted"), ("002", "pending"), ("003", "pending")]
    assert unrehearsed(sites) == ([], [])
    sites.adopt("003")
    assert [standing for _, standing in sites.standings()] == ["adopted"] * 3


def test_what_keeps_the_history_from_being_written_is_said(sites: Site) -> None:
    place(sites)
    sites.adopt("001")
    with connect(sites.target) as other, other.transaction():
        other.execute("lock table pgassay_migrations.history in exclusive mode")
        (record,) = sites.adopt("003")

    assert record.finished is not None
    assert (record.finished.outcome, record.exit) == (Outcome.UNCHANGED, Exit.RED)
    assert (
        "The history cannot be written: canceling statement due to lock timeout" in record.finished.sentence
    )
    assert [standing for _, standing in sites.standings()] == ["adopted", "pending", "pending"]
