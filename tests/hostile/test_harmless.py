"""What ordinary test files do is not stopped, apart from what truly is no matter for production."""

from pathlib import Path

import pytest

from pgassay.parse.psql.includes import resolve
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.script import judge_script
from pgassay.parse.sql.surroundings import Surroundings
from repository import ROOT

DEMO = ROOT / "src" / "pgassay" / "demo" / "sql" / "tests"
CASES = ROOT / "tests" / "cases" / "psql"

DEMO_STOPPED = {
    "performance/budgets.sql": {"guarded_settings", "statistics"},
    "performance/index_use.sql": {"guarded_settings", "statistics"},
    "performance/policy_plans.sql": {"guarded_settings", "statistics"},
    "security/audit_access.sql": {"strong_locks"},
    "security/opportunities_access.sql": {"strong_locks"},
    "unit/checks.sql": {"guarded_settings"},
    "unit/not_null.sql": {"guarded_settings"},
    "unit/triggers.sql": {"guarded_settings"},
}
"""They turn triggers off, analyze the tables of the application, or try whether TRUNCATE is denied.

A migration's tests change the schema: the whole folder is for clones.
"""

CASES_STOPPED = {
    "commits": {
        "error_deferred_constraint_at_commit", "txn_commit_at_end", "txn_commit_inside", "txn_end_keyword",
        "txn_prepared", "txn_procedure_commits", "txn_rollback_and_chain", "txn_two_transactions",
    },
    "not_transactional": {"txn_vacuum", "txn_vacuum_in_transaction"},
    "files_and_programs": {
        "copy_backslash", "meta_g_file", "meta_o", "meta_o_dev_null", "meta_o_never_closed",
    },
    "connections": {
        "meta_connect_fails", "meta_connect_fails_with_stop_off", "meta_connect_first",
        "meta_connect_loses_plan", "session_reconnect_in_transaction",
    },
    "outside_effects": {
        "error_backend_cancelled", "error_backend_terminated", "error_backend_terminated_with_stop_off",
        "session_listen", "session_listen_in_transaction",
    },
    "sleeps": {"error_backend_cancelled", "error_statement_timeout"},
    "guarded_settings": {
        "error_lock_timeout_not_hit", "error_statement_timeout", "meta_encoding_unknown",
        "quote_standard_strings_off", "session_authorization",
    },
    "roles": {
        "role_error_as_role", "role_never_reset", "role_row_security", "role_set_local",
        "session_authorization",
    },
    "advisory_locks": {"session_advisory_lock"},
    "unreadable": {
        "error_stop_off_many", "error_syntax", "meta_echo_junk_after_separator",
        "meta_include_inside_statement_with_sql", "quote_standard_strings_off",
        "quote_unterminated_parenthesis",
    },
}  # fmt: skip
"""By rule, without their suffix. Nearly all provoke on purpose what the rule is about."""


def _open_below(folder: Path, name: str, relative_to: str | None) -> str:
    return (folder / resolve(name, relative_to)).read_bytes().decode()


def _nothing_is_here() -> Surroundings:
    return Surroundings(
        relations=lambda _name: (),
        schemas=frozenset({"public"}),
        types=frozenset(),
        routines_in=lambda _name: (),
    )


def _stopped(path: Path, folder: Path, known: Surroundings) -> list[Finding]:
    found = judge_script(
        path.read_bytes().decode(),
        path=str(path.relative_to(folder)),
        open_file=lambda name, relative_to: _open_below(folder, name, relative_to),
        known=known,
    )
    return [each for each in found if each.verdict is not Verdict.ALLOWED]


def _demo_files() -> list[Path]:
    found = [path for path in sorted(DEMO.rglob("*.sql")) if "_support" not in path.parts]
    return [path for path in found if "migration" not in path.parts]


@pytest.mark.parametrize("path", _demo_files(), ids=lambda path: str(path.relative_to(DEMO)))
def test_the_example_is_let_through(path: Path) -> None:
    """Nothing is known of its database here: whatever a file did not make is taken to have been there."""
    stopped = {each.rule for each in _stopped(path, DEMO, Surroundings())}
    assert stopped == DEMO_STOPPED.get(str(path.relative_to(DEMO)), set())


def _is_text(path: Path) -> bool:
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "path", [each for each in sorted(CASES.glob("*.sql")) if _is_text(each)], ids=lambda p: p.stem
)
def test_the_cases_are_let_through(path: Path) -> None:
    stopped = {each.rule for each in _stopped(path, CASES, _nothing_is_here())}
    if "psql_only" in stopped:
        # What stands behind a command that is not built in is read as well as can be.
        stopped -= {"psql_only", "unreadable"}
    assert stopped == {rule for rule, names in CASES_STOPPED.items() if path.stem in names}
