"""Health on a hosted Supabase layout, as the ``postgres`` who is no superuser there: asked, and from SQL."""

from check_runs import ask_area
from fix_health import Patient, settings_of
from fix_supabase import Project
from health_answers import health_of_command, health_of_function, keep
from pgassay.model.check import Area, Level


def test_all_of_health_can_be_asked_as_postgres(supabase: Project) -> None:
    supabase.play("project.sql")

    results = ask_area(supabase.target, Area.HEALTH)

    assert [name for name, each in results.items() if each.broken] == []
    unverified = {name for name, each in results.items() if each.level is Level.NOT_VERIFIED}
    assert unverified <= {
        "mean_query_time",
        "cache_hit_ratio",
        "statement_statistics_evictions",
        "database_growth",
    }
    assert results["referential_integrity"].level is Level.PASSED


def test_the_function_answers_postgres_as_the_command_does(supabase: Project) -> None:
    supabase.play("project.sql")
    patient = Patient(target=supabase.target, settings=settings_of({}))
    keep(patient)

    found = health_of_function(patient)

    assert found == health_of_command(patient)
    assert found["referential_integrity"][0] == "HEALTHY"
