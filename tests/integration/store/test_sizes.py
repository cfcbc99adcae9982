"""How large a database was is noted once an hour, whoever notes it."""

from datetime import UTC, datetime, timedelta

from pgassay.model.sizes import RelationSize, Sizes, SizeSample
from pgassay.pg.connection import Connection
from pgassay.pg.sizes import read_sizes
from pgassay.store.sizes import note_sizes, past_sizes

MOMENT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
SIZES = Sizes(size_bytes=5_000_000_000, largest=(RelationSize(name='a."B"', size_bytes=4_000_000_000),))


def test_what_is_noted_can_be_read_again_once_an_hour(store: Connection) -> None:
    for minutes in (0, 57, 58, 300):
        at = MOMENT + timedelta(minutes=minutes)
        note_sizes(store, "h:1/a", Sizes(size_bytes=SIZES.size_bytes + minutes, largest=SIZES.largest), at=at)
    note_sizes(store, "h:1/b", Sizes(size_bytes=1), at=MOMENT)

    found = past_sizes(store, "h:1/a", since=MOMENT)

    assert found[0] == SizeSample(at=MOMENT, sizes=SIZES)
    assert [each.sizes.size_bytes - SIZES.size_bytes for each in found] == [0, 58, 300]
    later = past_sizes(store, "h:1/a", since=MOMENT + timedelta(seconds=1))
    assert [each.at for each in later] == [each.at for each in found[1:]]


def test_a_server_says_how_large_a_database_is_and_what_of_it(store: Connection) -> None:
    store.execute(
        'create table "Large" as select repeat(n::text, 50) as text from generate_series(1, 9000) as n'
    )
    store.execute('create index on "Large" (text)')
    store.execute('vacuum analyze "Large"')

    found = read_sizes(store)

    ((size, table),) = store.execute(
        "select pg_database_size(current_database()), pg_total_relation_size('\"Large\"')"
    ).fetchall()
    assert abs(found.size_bytes - size) < 1_000_000
    assert (len(found.largest), found.largest[0].name) == (20, 'public."Large"')
    assert 0.9 < found.largest[0].size_bytes / table <= 1
    assert sorted(found.largest, key=lambda each: -each.size_bytes) == list(found.largest)
