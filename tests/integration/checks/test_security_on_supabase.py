"""The security checks on a hosted Supabase layout, asked as the ``postgres`` who is no superuser there."""

import re
from collections.abc import Mapping

import pytest

from check_runs import ask_area, findings_at, found
from fix_supabase import Project
from pgassay.model.check import Area, CheckResult, Level
from pgassay.pg.connection import connect
from repository import ROOT

GUIDE = ROOT / "docs" / "guide" / "security.md"
NEED_A_SUPERUSER = {"password_stored_as_md5", "trust_authentication"}

WARNED_OF_EVERY_PROJECT = {"privileges_past_rls", "default_privileges_open", "sequence_writable"}
"""What the platform grants to its API roles: all on every table and sequence, today and tomorrow."""

PLANTED = [
    ("rls_disabled", "public.newsletter"),
    ("policy_always_true_write", 'public.todos."Enable all for all"'),
    ("policy_trusts_user_metadata", 'public.invoices."Tenant"'),
    ("policy_without_rls", "public.drafts"),
    ("policy_calls_per_row", 'public.tasks."Own or assigned"'),
    ("platform_tables_exposed", "public.user_emails"),
    ("view_bypasses_rls", "public.all_posts"),
    ("materialized_view_exposed", "public.post_counts"),
    ("definer_for_anonymous", "public.delete_post(bigint)"),
    ("definer_search_path", "public.delete_post(bigint)"),
    ("policy_open_to_strangers", 'public.messages."Members"'),
    ("policy_any_signed_in", 'public.settings."Members change"'),
    ("storage_policy_unscoped", 'storage.objects."Anyone uploads"'),
    ("publication_past_rls", "supabase_realtime"),
    ("policy_recursion", 'public.members."Team mates"'),
]


def test_postgres_is_no_superuser_there(supabase: Project) -> None:
    with connect(supabase.target) as connection:
        row = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user"
        ).fetchone()

    assert row == (False, True, True)


def test_every_check_can_be_asked_as_postgres(supabase: Project) -> None:
    supabase.play("project.sql")

    results = ask_area(supabase.target, Area.SECURITY)

    assert [each.check.name for each in results.values() if each.broken] == []
    unverified = {name for name, each in results.items() if each.level is Level.NOT_VERIFIED}
    assert unverified == NEED_A_SUPERUSER


def test_every_check_can_be_asked_as_the_platform(supabase: Project) -> None:
    supabase.play("project.sql")

    results = ask_area(supabase.admin, Area.SECURITY)

    assert [each.check.name for each in results.values() if each.broken] == []
    assert {name for name, each in results.items() if each.level is Level.NOT_VERIFIED} == set()


def test_an_empty_project_has_no_failed_check(supabase: Project) -> None:
    assert findings_at(ask_area(supabase.target, Area.SECURITY), [Level.FAILED]) == []


def test_a_project_in_order_has_no_failed_check(supabase: Project) -> None:
    supabase.play("project.sql")

    results = ask_area(supabase.target, Area.SECURITY)

    assert findings_at(results, [Level.FAILED]) == []
    warned = {each.check for each in findings_at(results, [Level.WARNING])}
    assert warned == WARNED_OF_EVERY_PROJECT


def test_the_guide_tells_how_to_get_rid_of_the_warnings(supabase: Project) -> None:
    (advice,) = re.findall(r"^```sql\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    supabase.play("project.sql")
    with connect(supabase.target) as connection:
        connection.execute(advice)

    results = ask_area(supabase.target, Area.SECURITY)

    assert findings_at(results, [Level.FAILED, Level.WARNING]) == []


@pytest.fixture
def planted(supabase: Project) -> Mapping[str, CheckResult]:
    """What the checks say of a project with faults."""
    supabase.play("project.sql")
    supabase.play("planted.sql")
    return ask_area(supabase.target, Area.SECURITY)


def test_planted_faults_are_found(planted: Mapping[str, CheckResult]) -> None:
    missed = [(check, object) for check, object in PLANTED if object not in found(planted, check)]

    assert missed == []
