"""What differs between two catalogs, and what only looks as if."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from pgassay.model.backup import LargeObjects, Manifest, Source
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Entry
from pgassay.model.recovery import StepResult
from pgassay.pg.target import parse_target
from pgassay.recovery.steps.inventory import compare_inventory
from pgassay.recovery.steps.place import Place

SOURCE = Source(
    name="shop",
    oid=5,
    system="1",
    server_version="15.1",
    major=15,
    role="postgres",
    encoding="UTF8",
    provider="libc",
    collate="C",
    ctype="C",
    locale=None,
    icu=False,
    size_bytes=0,
)
PLACE = Place(target=parse_target("dbname=copy"), major=15, own=True, superuser=True, said="a copy")


def compared(before: Entry, *after: Entry, place: Place = PLACE) -> StepResult:
    manifest = Manifest(
        id=UUID(int=1),
        source=SOURCE,
        taken_at=datetime(2026, 1, 1, tzinfo=UTC),
        lsn="0/1",
        tool=15,
        tables=(),
        sequences=(),
        large_objects=LargeObjects(hash="0"),
        inventory=(before,),
        roles=(),
        settings=(),
    )
    return compare_inventory(manifest, after, place)


def entry(text: str, *, kind: str = "constraint") -> Entry:
    return Entry(kind=kind, name="public.it", text=text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "definition: CHECK (((kind)::text = ANY ((ARRAY['a'::character varying])::text[])))",
            "definition: CHECK (((kind)::text = ANY (ARRAY[('a'::character varying)::text])))",
        ),
        ("definition: CHECK ((((a OR b)) OR c))", "definition: CHECK (((a OR b OR c)))"),
        ("definition: SELECT t.a, t.b", "definition: SELECT a, b"),
        ("tablespace: fast\nvalid: yes", "valid: yes"),
        ("definition: (x)::numeric(10,2)", "definition: x"),
    ],
)
def test_what_is_only_printed_otherwise_is_the_same(before: str, after: str) -> None:
    assert compared(entry(before), entry(after)).finding is Finding.HOLDS


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("definition: CHECK ((a > 1))", "definition: CHECK ((a > 2))"),
        ("definition: CHECK ((a = 'x.y'::text))", "definition: CHECK ((a = 'y'::text))"),
        ("definition: CHECK ((a AND b))", "definition: CHECK ((b AND a))"),
        ("valid: yes", "valid: no"),
        ("owner: anna", "owner: otto"),
        ("privileges: anna=select/otto", "privileges: anna=select*/otto"),
        ("privileges: x=select/otto", "privileges: anna.x=select/otto"),
    ],
)
def test_what_is_another_is_broken(before: str, after: str) -> None:
    result = compared(entry(before), entry(after))

    assert result.finding is Finding.BROKEN
    assert "constraint public.it is changed" in result.sentence


def test_what_is_missing_or_new_is_broken() -> None:
    new = Entry(kind="policy", name="public.extra", text="using: true")

    result = compared(entry("valid: yes"), new)

    assert result.finding is Finding.BROKEN
    assert "constraint public.it is missing." in (result.sentence.partition(": ")[2], *result.detail)
    assert "policy public.extra is new." in (result.sentence.partition(": ")[2], *result.detail)


def test_another_major_version_has_more_rights_and_constraints() -> None:
    later = replace(PLACE, major=18)
    before = entry("privileges: anna=select/otto otto=insert/otto", kind="table")
    after = entry("privileges: anna=select/otto otto=insert/otto otto=maintain/otto", kind="table")
    not_null = entry("definition: NOT NULL id")

    assert compared(before, after, not_null, place=later).finding is Finding.HOLDS
    assert compared(before, after).finding is Finding.BROKEN
    assert compared(before, before, not_null).finding is Finding.BROKEN


def test_what_another_major_version_prints_in_its_own_way_is_not_verified() -> None:
    result = compared(
        entry("definition: a IS TRUE", kind="view"),
        entry("definition: (a = true)", kind="view"),
        place=replace(PLACE, major=18),
    )

    assert result.finding is Finding.NOT_VERIFIED
    assert "printed otherwise by PostgreSQL 18" in result.sentence


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("function", "owner: anna\ndefinition: f", "owner: otto\ndefinition: f"),
        (
            "view",
            "privileges: anna=select/otto\ndefinition: v",
            "privileges: otto=select/otto\ndefinition: w",
        ),
        ("policy", "roles: anna\nusing: true", "roles: public\nusing: (true)"),
        ("constraint", "definition: CHECK (a)\nvalid: yes", "definition: CHECK (a)\nvalid: no"),
    ],
)
def test_what_no_version_prints_otherwise_is_broken_there_too(kind: str, before: str, after: str) -> None:
    later = replace(PLACE, major=18)

    assert compared(entry(before, kind=kind), entry(after, kind=kind), place=later).finding is Finding.BROKEN


def test_without_superuser_owners_and_grants_are_not_verified() -> None:
    result = compared(
        entry("owner: anna\nvalid: yes"),
        entry("owner: otto\nvalid: yes"),
        place=replace(PLACE, superuser=False),
    )

    assert result.finding is Finding.NOT_VERIFIED
    assert "owners and grants were not restored" in result.sentence
