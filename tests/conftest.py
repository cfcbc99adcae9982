"""Registers the fixture plug-ins; each is a module ``fix_SUBJECT.py`` beside this file."""

pytest_plugins = [
    "fix_chance",
    "fix_server",
    "fix_parity",
    "fix_suite",
    "fix_production",
    "fix_standby",
    "fix_disk",
    "fix_place",
    "fix_access",
    "fix_receivers",
    "fix_health",
    "fix_supabase",
    "fix_recovery",
    "fix_rollback",
    "fix_hosted_rollback",
    "fix_migrate",
    "pytester",
]
