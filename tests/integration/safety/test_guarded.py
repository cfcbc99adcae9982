"""The commands on a production target: what is refused, what needs a yes, and what runs."""

from psycopg.conninfo import conninfo_to_dict

from fix_production import Live
from fix_suite import Project, passing
from pgassay.model.events.suite import RunStarted
from pgassay.model.execution import SafetyTier
from pgassay.model.exits import Exit


def _by_environment(live: Live) -> Project:
    """The same project, whose database is only known as production."""
    words = conninfo_to_dict(live.project.target.conninfo)
    url = f"postgresql://{words['user']}@/{words['dbname']}?host={words['host']}&port={words['port']}"
    return Project(
        folder=live.project.folder, target=live.project.target, environment={"PRODUCTION_DB_URL": url}
    )


def test_the_guard(live18: Live) -> None:
    project = _by_environment(live18)
    project.put("a.sql", passing())

    unsafe = project.test("a.sql", target="production")
    other_name = project.test("a.sql")
    unanswered = project.test("a.sql", "--production-safe", target="production")
    marked = live18.project.test("a.sql", "--production")
    cloned = project.run("mutate", "a.sql")

    for refused in (unsafe, other_name, unanswered, marked, cloned):
        assert refused.status == Exit.REFUSED, refused.stderr
        assert refused.events == ()
    assert "--production-safe" in unsafe.stderr
    assert "--yes" in unanswered.stderr

    allowed = project.test("a.sql", "--production-safe", "--yes", target="production")
    assert allowed.status == Exit.OK, allowed.stderr
    (started,) = [each for each in allowed.events if isinstance(each, RunStarted)]
    assert started.run.environment.production
    assert started.run.options.safety is SafetyTier.ROLLBACK


def test_looking_back_is_allowed_on_production(live18: Live) -> None:
    project = _by_environment(live18)
    project.put("a.sql", passing())
    assert project.run("store", "install", target="production").status == Exit.OK
    project.test("a.sql", "--production-safe=read-only", "--yes", record=True, target="production")

    for words in (("evidence", "last"), ("report",), ("replay", "last"), ("store", "status"), ("config",)):
        assert project.run(*words, target="production").status == Exit.OK, words


def test_production_alone_means_the_target_of_that_name(live18: Live) -> None:
    project = _by_environment(live18)
    project.put("a.sql", passing("is(items_count(), 2::bigint)"))
    elsewhere = "host=127.0.0.1 port=1 dbname=nowhere"

    named = project.run("test", "a.sql", "--production", "--production-safe", "--yes", "--no-store")
    done = project.test("a.sql", "--production", "--production-safe", "--yes", target=elsewhere)

    assert named.status == Exit.OK, named.stderr
    assert done.status == Exit.UNAVAILABLE  # a target that was given is not replaced
