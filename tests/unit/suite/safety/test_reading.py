"""A file is read once before it is sent, and only what comes otherwise than foreseen is read again."""

from pgassay.model.place import Place
from pgassay.parse.psql.steps import Query
from pgassay.parse.sql.policy import Policy
from pgassay.parse.sql.surroundings import Relation
from pgassay.suite.safety.catalog import Catalog
from pgassay.suite.safety.reading import Reading
from pgassay.suite.safety.settings import SafetySettings

CATALOG = Catalog(
    routines={},
    relations={"t": (Relation(schema="public", name="t"),)},
    schemas=frozenset({"public"}),
    types=frozenset(),
    extensions=frozenset(),
    lesser_roles=frozenset(),
    path=("public",),
    settings=SafetySettings(),
    overrides=Policy(),
)
RUNS = "create function run(s text) returns void language plpgsql as 'begin execute s; end'"
FORESEEN = (RUNS, "select 1", "select 1", "select 2", "truncate t")


def _steps(*texts: str) -> list[Query]:
    return [
        Query(text=text, place=Place(path="a", line=at), end_line=at)
        for at, text in enumerate(texts, start=1)
    ]


def _refused(reading: Reading, *texts: str) -> list[bool]:
    return [bool(reading.judge(each)) for each in _steps(*texts)]


def test_what_comes_as_foreseen_is_not_read_again() -> None:
    first = Reading(CATALOG)
    found = [first.judge(each) for each in _steps(*FORESEEN)]
    again = first.again()

    looked_up = [again.judge(each) for each in _steps(*FORESEEN)]

    assert [bool(each) for each in found] == [False, False, False, False, True]
    assert all(one is other for one, other in zip(found, looked_up, strict=True))


def test_what_was_made_before_is_known_where_the_file_goes_its_own_way() -> None:
    first = Reading(CATALOG)
    _refused(first, *FORESEEN)
    otherwise = (*FORESEEN[:2], "select 3", "select run('truncate t')", "truncate t")

    assert _refused(first.again(), *otherwise) == [False, False, False, True, True]


def test_more_than_was_foreseen_is_read() -> None:
    first = Reading(CATALOG)
    _refused(first, *FORESEEN[:2])

    assert _refused(first.again(), *FORESEEN) == [False, False, False, False, True]
