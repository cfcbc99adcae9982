"""``pgassay test`` says of every psql script what pg_prove says: verdict, plan, counts and exit status.

Where pg_prove is silently green, pgassay warns, and with ``--strict`` it fails: ``differences.json``.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fix_parity import PG_PROVE, Corpus, database_of, names, run_pg_prove, run_pgassay
from fix_server import fresh_database
from parity_facts import Found, found_by_pgassay, read_differences, read_expected
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.target import Target

EXPECTED = read_expected()
DIFFERENCES = read_differences()


@pytest.fixture
def own_database(server15: Server, parity_template: Target) -> Iterator[Target]:
    """A copy of the template for one run."""
    with fresh_database(server15, template=database_of(parity_template)) as target:
        yield target


@pytest.mark.parametrize("name", names())
def test_agrees_with_pg_prove(name: str, corpus: Corpus, own_database: Target) -> None:
    result, status = run_pgassay(corpus, name, target=own_database)
    assert found_by_pgassay(result, status) == EXPECTED[name].for_pgassay()
    if name in DIFFERENCES:
        assert {each.trouble.value for each in result.warnings} >= set(DIFFERENCES[name].warns)


@pytest.mark.parametrize("name", sorted(DIFFERENCES))
def test_strict_fails_where_pg_prove_is_silent(name: str, corpus: Corpus, own_database: Target) -> None:
    result, status = run_pgassay(corpus, name, "--strict", target=own_database)
    assert status == Exit.RED
    assert {each.trouble.value for each in result.problems} >= set(DIFFERENCES[name].warns)


@pytest.mark.skipif(PG_PROVE is None, reason="pg_prove is not installed")
def test_pg_prove_still_says_what_is_expected(
    corpus: Corpus, server15: Server, parity_template: Target
) -> None:
    def run(name: str) -> Found:
        with fresh_database(server15, template=database_of(parity_template)) as target:
            return run_pg_prove(corpus, name, target=target)

    with ThreadPoolExecutor(max_workers=2) as pool:
        found = dict(zip(corpus.names, pool.map(run, corpus.names), strict=True))
    assert found == EXPECTED


def test_every_script_has_an_expectation() -> None:
    assert set(EXPECTED) == set(names())
    assert set(DIFFERENCES) <= set(EXPECTED)
