"""The parts of a swap of schemas that need no server: names, the choice, the contents list, the script."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest

from pgassay.model.aside import AsideSchema, ForeignKey, PublishedTable
from pgassay.model.backup import LargeObjects, Manifest, SequenceState, Source, TableContent
from pgassay.model.fingerprint import Entry
from pgassay.model.rollback import RollbackOperation, RollbackRun, RollbackWay
from pgassay.recovery.rollback.mark import aside_of, read_mark, write_mark
from pgassay.recovery.rollback.schemas.choice import SchemaNow, choose
from pgassay.recovery.rollback.schemas.listing import lines_of, playlist
from pgassay.recovery.rollback.schemas.names import identifiers, plain, schema_of
from pgassay.recovery.rollback.schemas.part import SchemaThen, part_of, schemas_then
from pgassay.recovery.rollback.schemas.stream import BrokenScript, Script

AT = datetime(2026, 8, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("qualified", "schema", "parts"),
    [
        ("shop.orders", "shop", ("shop", "orders")),
        ('"My ""shop""".orders', 'My "shop"', ('My "shop"', "orders")),
        ('public."a.b".c', "public", ("public", "a.b", "c")),
    ],
)
def test_a_name_is_taken_apart(qualified: str, schema: str, parts: tuple[str, ...]) -> None:
    assert schema_of(qualified) == schema
    assert identifiers(qualified) == parts


def test_a_function_is_in_its_schema_and_a_schema_may_be_called_otherwise() -> None:
    assert schema_of("shop.total(integer, public.mood)") == "shop"
    assert plain('"shop_aside_2026T".orders', renamed={"shop_aside_2026T": "shop"}) == "shop.orders"
    assert plain('"Shop".orders', renamed={}) == "Shop.orders"


def then(*names: str, comment: str | None = None) -> list[SchemaThen]:
    return [SchemaThen(name=name, owner="app", comment=comment) for name in names]


def now(name: str, **words: object) -> SchemaNow:
    plainly = SchemaNow(name=name, owner="app", owned=True, of_extension=False, comment=None)
    return replace(plainly, **words)  # type: ignore[arg-type]


def test_only_what_is_ours_is_swapped_and_the_rest_is_named() -> None:
    names = ("public", "shop", "gone", "auth", "prod_test_schema", "theirs", "cron_like", "with blank")
    found = choose(
        then(*names),
        [
            now("public"),
            now("shop"),
            now("auth"),
            now("prod_test_schema"),
            now("theirs", owned=False, owner="admin"),
            now("cron_like", of_extension=True),
            now("with blank"),
            now("later"),
        ],
    )
    assert found.names == ("public", "shop", "gone")
    assert {each.name: each.why for each in found.staying} == {
        "auth": "it is the platform's",
        "prod_test_schema": "it is the store's",
        "theirs": "it belongs to admin",
        "cron_like": "it belongs to an extension",
        "with blank": "there is a blank in its name",
        "later": "it is not in the backup",
    }


def test_what_was_set_aside_earlier_is_neither_swapped_nor_named() -> None:
    mark = '{"pgassay_aside":1}'
    found = choose(then("old_aside", comment=mark), [now("older_aside", comment=mark)])
    assert found.swapped == () and found.staying == ()


LISTED = """;
; Selected TOC Entries:
;
5; 2615 2200 SCHEMA - public pg_database_owner
4196; 0 0 ACL - SCHEMA public pg_database_owner
35; 2615 16777 SCHEMA - shop postgres
36; 0 0 COMMENT - SCHEMA shop postgres
223; 1259 17000 TABLE shop orders postgres
224; 0 0 ACL shop TABLE orders postgres
225; 0 17000 TABLE DATA shop orders postgres
226; 0 0 SEQUENCE SET shop orders_id_seq postgres
227; 0 0 MATERIALIZED VIEW DATA public totals postgres
230; 2606 17010 FK CONSTRAINT shop orders orders_buyer_fkey postgres
231; 2620 17020 TRIGGER auth users on_auth_user_created postgres
232; 1259 17030 TABLE auth shop supabase_auth_admin
4122; 6104 16644 PUBLICATION - supabase_realtime postgres
4123; 6106 16715 PUBLICATION TABLE shop supabase_realtime orders postgres
4124; 6237 16716 PUBLICATION TABLES IN SCHEMA shop everything postgres
2387; 826 16492 DEFAULT ACL shop DEFAULT PRIVILEGES FOR TABLES supabase_admin
2388; 826 16493 DEFAULT ACL shop DEFAULT PRIVILEGES FOR TABLES postgres
2389; 826 16494 DEFAULT ACL auth DEFAULT PRIVILEGES FOR TABLES postgres
3000; 3079 16389 EXTENSION - hstore
3001; 2605 16390 CAST - CAST (shop.a AS shop.b)
"""


def numbers(lines: tuple[str, ...]) -> list[int]:
    return [int(each.partition(";")[0]) for each in lines]


def test_of_an_archive_that_is_played_which_is_in_the_schemas() -> None:
    found = playlist(LISTED, ("shop", "public"), roles=("postgres",))
    assert numbers(found.grants) == [4196]
    assert numbers(found.objects) == [223, 225, 226, 230, 3001]
    assert numbers(found.rights) == [224]
    assert numbers(found.derived) == [227]
    assert numbers(found.promised) == [2388]
    assert numbers(found.published) == [4123, 4124]
    assert found.unkept == ("supabase_admin",)
    assert numbers(tuple(lines_of(LISTED, "TRIGGER auth users on_auth_user_created "))) == [231]


def entry(kind: str, name: str, text: str = "owner: app") -> Entry:
    return Entry(kind=kind, name=name, text=text)


def test_the_part_of_a_backup_that_is_in_some_schemas() -> None:
    source = Source(
        name="crm",
        oid=1,
        system="1",
        server_version="18.1",
        major=18,
        role="app",
        encoding="UTF8",
        provider="libc",
        collate="C",
        ctype="C",
        locale=None,
        icu=False,
        size_bytes=1,
    )
    inside = (
        entry("schema", "shop", "owner: app\nprivileges: app=usage/app\ncomment: What is\nsold"),
        entry("table", "shop.orders"),
        entry("default privileges", "for app in shop on tables"),
        entry("cast", "text as shop.b"),
    )
    outside = (
        entry("schema", "auth"),
        entry("table", "auth.shop"),
        entry("cast", "auth.a as auth.b"),
        entry("extension", "shop"),
        entry("default privileges", "for app on tables"),
        entry("default privileges", "for app in auth on tables"),
    )
    whole = Manifest(
        id=UUID(int=1),
        source=source,
        taken_at=AT,
        lsn="0/0",
        tool=18,
        tables=tuple(
            TableContent(name=name, kind="r", rows=1, method="hash", hash="1")
            for name in ("shop.orders", "auth.users")
        ),
        sequences=(
            SequenceState(name="shop.s", last=1, increment=1),
            SequenceState(name="auth.s", last=1, increment=1),
        ),
        large_objects=LargeObjects(count=3, hash="7"),
        inventory=(*inside, *outside),
        roles=(),
        settings=(),
    )
    part = part_of(whole, ("shop",))
    assert [each.name for each in part.tables] == ["shop.orders"]
    assert [each.name for each in part.sequences] == ["shop.s"]
    assert part.inventory == inside
    assert part.large_objects == LargeObjects(count=0, hash="0")
    assert list(schemas_then(whole)) == [
        SchemaThen(name="shop", owner="app", comment="What is\nsold"),
        SchemaThen(name="auth", owner="app", comment=None),
    ]


class Dripping(BytesIO):
    """Gives a few bytes at a time."""

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(3, size or 3))


SCRIPT = b"""--
-- PostgreSQL database dump
--

\\restrict abc

SET statement_timeout = 0;
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ select ';' $$;
COPY shop.orders (id, note) FROM stdin;
1\ta\\nb
2\t\\\\.
\\.


COPY shop.empty (id) FROM stdin;
\\.

SELECT pg_catalog.setval('shop." FROM stdin;
"', 7, true);
\\unrestrict abc
"""


@pytest.mark.parametrize("pipe", [BytesIO, Dripping])
def test_a_script_is_split_into_statements_and_rows(pipe: type[BytesIO]) -> None:
    script, found = Script(pipe(SCRIPT)), []
    for each in script.statements():
        found.append(each)
        if each.startswith(b"COPY"):
            found.append(b"".join(script.rows()))
    assert found == [
        b"SET statement_timeout = 0;",
        b"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ select ';' $$;",
        b"COPY shop.orders (id, note) FROM stdin;",
        b"1\ta\\nb\n2\t\\\\.\n",
        b"COPY shop.empty (id) FROM stdin;",
        b"",
        b"SELECT pg_catalog.setval('shop.\" FROM stdin;\n\"', 7, true);",
    ]


def test_what_ends_too_early_is_no_script() -> None:
    script = Script(BytesIO(b"COPY a (b) FROM stdin;\n1\n2\n"))
    with pytest.raises(BrokenScript, match="rows of a table end too early"):
        for _ in script.statements():
            list(script.rows())
    with pytest.raises(BrokenScript, match="in the middle of a statement"):
        list(Script(BytesIO(b"SELECT 'a")).statements())


def test_a_mark_on_a_schema_says_what_is_needed_for_the_way_back() -> None:
    run = RollbackRun(
        id=UUID(int=1),
        operation=RollbackOperation.RUN,
        target="t",
        database="h:1/crm",
        live="crm",
        aside="shop_aside",
        reason="why",
        started_at=AT,
        way=RollbackWay.SCHEMAS,
        schemas=("shop",),
    )
    part = AsideSchema(
        live="shop",
        name="shop_aside",
        comment="ours",
        published=(PublishedTable(publication="p", table="orders", columns=("id",), where="(id > 1)"),),
        unvalidated=(ForeignKey(schema="shop", table="orders", name="k"),),
    )
    text = write_mark(run, comment=None, finished=False, part=part)
    assert text.startswith('{"pgassay_aside":1,')
    mark = read_mark(text)
    assert mark is not None and mark.part == part
    assert aside_of(mark, name="shop_aside", size_bytes=None).run == run
    assert read_mark('{"pgassay_aside":"no"}') is None
