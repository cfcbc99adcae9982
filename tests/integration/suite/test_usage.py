"""What a file makes its session's process spend; to measure that changes nothing of what the file sees."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from fix_pooler import needs_pooler, pooler_to
from fix_proxy import proxy_to
from fix_server import fresh_server
from loopback import usual_port
from pgassay.model.suite import FileResult, Outcome, TestFile
from pgassay.model.usage import NOT_MEASURED
from pgassay.pg import pgtap
from pgassay.pg.clock import now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.suite.attempt import FileRun, Manner
from pgassay.suite.hearing import Attempt
from pgassay.suite.script import Script
from pgassay.suite.session import Preparation, Session
from pgassay.suite.touch.recording import Recording
from versions import VERSIONS

WAIT = "select pg_sleep(0.3)"
"""Long enough for the session to be asked for its memory."""
SORT = (
    "set local work_mem = '256MB'",
    "declare sorted cursor for select n from generate_series(1, 400000) as n order by n desc",
    "fetch 1 from sorted",
    WAIT,
)
BURN = "select count(*) from generate_series(1, 3000000) as n where n % 7 = 3"

ONLY_GUESTS = """
create table noted (id int);
grant select, insert on noted to usage_guest;
create function only_guests() returns trigger language plpgsql as
    $$begin
        if current_user <> 'usage_guest' then raise exception 'by %', current_user; end if;
        return null;
    end$$;
create constraint trigger only_guests after insert on noted deferrable initially deferred
    for each row execute function only_guests();
"""


@dataclass
class Place:
    session: Session

    def run(self, *statements: str) -> FileResult:
        """Run statements in a transaction, behind one passing test."""
        return self.steps("begin", "select plan(1)", "select pass('it runs')", *statements, "rollback")

    def steps(self, *statements: str) -> FileResult:
        return self.as_it_is(";\n".join((*statements, "")))

    def as_it_is(self, text: str) -> FileResult:
        attempt = Attempt(file=TestFile(path="a.sql"), started_at=now())
        run = FileRun(attempt, lambda: Script("a.sql", text), Manner(), self.session)
        *_, result = run.perform()
        assert isinstance(result, FileResult)
        return result


def place_on(target: Target, *, recording: bool = True) -> Place:
    return Place(Session(target, Preparation(recording=Recording() if recording else None)))


@pytest.fixture
def place(pgtap_database: Target) -> Iterator[Place]:
    found = place_on(pgtap_database)
    yield found
    found.session.close()


@pytest.fixture
def superuser(pgtap_database: Target) -> Iterator[Connection]:
    """The database from outside, and three roles who may use pgTAP, dropped after the test."""
    with connect(pgtap_database) as connection:
        for role in ("plain", "reader", "guest"):
            connection.execute(f"create role usage_{role} login".encode())
            connection.execute(f"grant usage on schema pgtap to usage_{role}".encode())
        connection.execute("grant pg_read_all_stats to usage_reader; grant usage_guest to usage_reader")
        yield connection
        for role in ("plain", "reader", "guest"):
            connection.execute(f"drop owned by usage_{role}; drop role usage_{role}".encode())


@pytest.fixture
def as_role(pgtap_database: Target, superuser: Connection) -> Iterator["dict[str, Place]"]:
    roles = ("plain", "reader")
    found = {role: place_on(pgtap_database.changed({"user": f"usage_{role}"})) for role in roles}
    yield found
    for each in found.values():
        each.session.close()


def good(result: FileResult) -> FileResult:
    assert (result.outcome, result.problems, result.warnings, result.notices) == (Outcome.PASSED, (), (), ())
    return result


def memory(result: FileResult) -> float:
    found = good(result).usage.memory_mb
    assert found is not None
    return found


def cpu_ms(result: FileResult) -> float:
    found = good(result).usage.cpu_ms
    assert found is not None
    return found


def test_memory_that_a_file_holds_until_its_transaction_ends(place: Place) -> None:
    little = memory(place.run(WAIT))
    much = memory(place.run(*SORT))
    assert 0.5 < little < 20
    assert much > little + 20  # 400,000 numbers to sort
    assert memory(place.run(WAIT)) == pytest.approx(little, abs=3)  # the next file is not charged with it


def test_the_most_of_several_transactions_counts(place: Place) -> None:
    first = "begin;\n" + ";\n".join(SORT) + ";\nrollback;\n"
    assert memory(place.as_it_is(f"select plan(1);\n{first}begin;\nselect pass('x');\nrollback;\n")) > 20


def test_memory_of_a_file_without_a_block(place: Place) -> None:
    assert 0.5 < memory(place.as_it_is(f"select plan(1);\nselect pass('x');\n{WAIT};\n")) < 20


def test_a_file_that_is_done_soon_is_not_asked(place: Place, superuser: Connection) -> None:
    result = good(place.run())
    assert result.elapsed_s >= 0.25 or result.usage.memory_mb is None
    assert result.usage.cpu_ms is not None


def test_cpu_time_is_that_of_the_work_and_not_of_waiting(place: Place) -> None:
    place.run()  # caches
    waited, worked = good(place.run("select pg_sleep(0.5)")), good(place.run(BURN))
    assert cpu_ms(worked) > 5 * cpu_ms(waited)
    assert cpu_ms(worked) > 5 * cpu_ms(place.run("select pg_sleep(0.1)"))  # which comes behind it
    for each in (waited, worked):
        assert each.usage.cpu_percent is not None
        assert each.usage.cpu_ms is not None
        assert each.usage.cpu_percent * each.elapsed_s * 10 == pytest.approx(each.usage.cpu_ms, rel=1)
    assert waited.usage.cpu_percent is not None
    assert waited.usage.cpu_percent < 20


@pytest.mark.pg(">= 15")
def test_a_restricted_role_is_not_measured_and_the_rest_is_the_same(
    place: Place, as_role: "dict[str, Place]"
) -> None:
    mighty, plain = good(place.run(WAIT)), good(as_role["plain"].run(WAIT))
    assert mighty.usage.memory_mb is not None
    assert plain.usage.memory_mb is None
    assert plain.output == mighty.output
    assert (plain.touches is None, plain.queries) == (mighty.touches is None, mighty.queries) == (False, 5)
    assert plain.usage.cpu_ms is not None  # the system shows that to everybody here
    assert memory(as_role["reader"].run(WAIT)) > 0.5


@pytest.mark.pg(">= 15")
def test_a_file_stays_who_it_became(place: Place, as_role: "dict[str, Place]") -> None:
    """Who that is may not ask for memory; we do, and neither the file nor the next one notices."""
    for each in (place, as_role["reader"]):
        for become in ("set role usage_guest", "select set_config('role', 'usage_guest', false)"):
            result = each.as_it_is(
                f"select plan(2);\n{become};\nbegin;\n{WAIT};\ncommit;\n"
                "select is(current_user, 'usage_guest'::name);\nbegin;\nselect 1;\n"
                "rollback;\nselect is(current_user, 'usage_guest'::name);\n"
            )
            assert result.problems == ()
            assert result.usage.memory_mb is not None
        good(each.as_it_is("select plan(1);\nselect is(current_user, session_user);\n"))


def test_what_is_deferred_until_the_commit_runs_as_who_the_file_became(
    place: Place, superuser: Connection
) -> None:
    superuser.execute(ONLY_GUESTS)
    result = place.steps(
        "select plan(1)",
        *("set role usage_guest", "begin", "insert into noted values (1)", WAIT, "commit"),
        "select is(count(*), 1::bigint) from noted",
    )
    assert (result.outcome, result.problems) == (Outcome.PASSED, ())
    assert result.usage.memory_mb is not None


@pytest.mark.pg(">= 15")
def test_where_the_right_is_lost_meanwhile_only_the_memory_is(
    as_role: "dict[str, Place]", superuser: Connection
) -> None:
    reader = as_role["reader"]
    assert memory(reader.run(WAIT)) > 0
    superuser.execute("revoke pg_read_all_stats from usage_reader")
    result = reader.steps(
        "select plan(1)",
        *("begin", "create temporary table kept as select 1 as n", WAIT, "commit"),
        "select is(n, 1) from kept",
    )
    assert (result.outcome, result.problems, result.notices) == (Outcome.PASSED, (), ())
    assert result.usage.memory_mb is None
    assert result.touches is not None
    loose = good(reader.as_it_is(f"select plan(1);\nselect pass('x');\n{WAIT};\n"))
    assert loose.touches is not None


def test_whoever_logs_in_anew_is_not_asked(place: Place, superuser: Connection) -> None:
    result = place.as_it_is(
        f"select plan(1);\nset session authorization usage_plain;\nbegin;\n{WAIT};\ncommit;\n"
        "select is(session_user, 'usage_plain'::name);\n"
    )
    assert (result.outcome, result.problems, result.usage.memory_mb) == (Outcome.PASSED, (), None)
    assert memory(place.run(WAIT)) > 0


def test_nothing_is_sent_for_it_alone(pgtap_database: Target) -> None:
    """Without a look that is made anyhow there is no question."""
    place = place_on(pgtap_database, recording=False)
    try:
        assert good(place.run(*SORT)).usage.memory_mb is None
    finally:
        place.session.close()


def test_a_file_that_changes_its_session_is_not_measured(place: Place) -> None:
    result = place.as_it_is(f"{WAIT};\n\\c -\nselect plan(1);\nbegin;\n{WAIT};\nselect pass('x');\ncommit;\n")
    assert result.outcome is Outcome.PASSED
    assert result.usage == NOT_MEASURED


def test_a_file_that_dies_is_measured_as_far_as_it_came(place: Place) -> None:
    result = place.run(BURN, "select 1/0")
    assert result.outcome is Outcome.FAILED
    assert result.usage.memory_mb is None
    assert result.usage.cpu_ms is not None
    assert result.usage.cpu_ms > 5


def test_a_process_behind_a_proxy_is_never_read(pgtap_database: Target) -> None:
    """It is on this machine, but nothing says so; the server still says what the session holds."""
    with proxy_to(pgtap_database) as proxy:
        place = place_on(proxy.route(pgtap_database))
        result = good(place.run(WAIT))
        place.session.close()
    assert result.usage.memory_mb is not None
    assert (result.usage.cpu_ms, result.usage.cpu_percent) == (None, None)


@needs_pooler
def test_a_session_of_a_pool_is_not_measured(server: Server, pgtap_database: Target) -> None:
    with pooler_to(server, mode="session") as pooler:
        place = place_on(pooler.route(pgtap_database))
        result = place.run(WAIT)
        place.session.close()
    assert (result.outcome, result.usage) == (Outcome.PASSED, NOT_MEASURED)


@pytest.mark.parametrize("version", VERSIONS)
def test_over_tcp(version: str) -> None:
    with usual_port() as host, fresh_server(version, settings={"listen_addresses": host}) as server:
        with connect(server.target) as connection:
            pgtap.ensure(connection, schema="public")
        place = place_on(server.target.changed({"host": host}))
        result = good(place.run(BURN, WAIT))
        place.session.close()
    assert cpu_ms(result) > 5
    assert memory(result) > 0.5
