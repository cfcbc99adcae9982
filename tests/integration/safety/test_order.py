"""Categories run in the order of safety, and what may harm more only runs if what may harm less was green."""

from fix_production import Live
from fix_suite import Done, failing, passing
from pgassay.model.events.suite import FileFinished, FileStarted
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble

TESTS = "sql/tests"


def started(done: Done) -> list[str]:
    return [each.file.category for each in done.events if isinstance(each, FileStarted)]


def overlap(done: Done) -> bool:
    """Whether a file of a category started before all of the category before it had ended."""
    running: dict[str, int] = {}
    for each in done.events:
        match each:
            case FileStarted(file=file):
                if any(count for category, count in running.items() if category != file.category):
                    return True
                running[file.category] = running.get(file.category, 0) + 1
            case FileFinished(result=result) if result.outcome is not Outcome.NOT_RUN:
                running[result.file.category] -= 1
            case _:
                pass
    return False


def test_a_category_that_fails_is_the_last(live18: Live) -> None:
    categories = ("integration", "performance", "security", "unit")
    for category in categories:
        for name in ("a", "b", "c"):
            live18.project.put(f"{TESTS}/{category}/{name}.sql", passing())
    live18.project.put(f"{TESTS}/security/d.sql", failing())

    stopped = live18.safely(TESTS, "-j", "3")
    gone_on = live18.safely(TESTS, "-j", "3", "--keep-going")

    assert started(stopped) == ["unit"] * 3 + ["security"] * 4
    not_run = [each for each in stopped.results.values() if each.outcome is Outcome.NOT_RUN]
    assert {each.file.category for each in not_run} == {"performance", "integration"}
    assert "security failed" in not_run[0].problems[0].message
    assert started(gone_on) == ["unit"] * 3 + ["security"] * 4 + ["performance"] * 3 + ["integration"] * 3
    assert (stopped.status, gone_on.status) == (Exit.RED, Exit.RED)
    assert not overlap(stopped) and not overlap(gone_on)


def test_a_refused_file_does_not_keep_others_of_its_category_from_running(live18: Live) -> None:
    live18.project.put("a.sql", "begin;\nselect plan(1);\ntruncate items;\nselect pass('x');\n")
    live18.project.put("b.sql", passing())
    live18.project.put("c.sql", "-- pgassay: isolation clone\n" + passing())
    live18.project.put("d.sql", passing(body="\\! true"))

    done = live18.safely()

    assert done.outcomes["b.sql"] == Outcome.PASSED
    for path, line in {"a.sql": 3, "c.sql": 1, "d.sql": 3}.items():
        (problem, *_) = done.results[path].problems
        assert problem.trouble is Trouble.REFUSED, path
        assert problem.place is not None and problem.place.line == line
        assert done.results[path].evidence is None
    assert done.status == Exit.RED


def test_psql_cannot_be_asked_for(live18: Live) -> None:
    live18.project.put("a.sql", passing())

    done = live18.safely("--engine", "psql")

    assert done.status == Exit.USAGE
    assert "cannot be undone" in done.stderr


def test_a_rule_is_only_relaxed_with_a_reason_and_if_there_is_one(live18: Live) -> None:
    live18.project.put("a.sql", passing())
    for line, said in {
        'allow = { strong_locks = "" }': "allow",
        'allow = { strong_lock = "why not" }': "does not exist",
        'allow = { commits = "why not" }': "cannot be relaxed",
    }.items():
        live18.settings(line)
        done = live18.safely()
        assert done.status == Exit.USAGE, line
        assert said in done.stderr
