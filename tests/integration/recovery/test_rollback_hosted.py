"""On a hosted project: its owner is no superuser, and the platform's objects belong to others."""

from pathlib import Path

import pytest

from fix_rollback import scene_on
from fix_supabase import Project
from pgassay.model.errors import Refused


def test_a_hosted_project_is_told_why_it_cannot_be_rolled_back(supabase: Project, tmp_path: Path) -> None:
    databases = "select datname, oid, datallowconn from pg_database order by 1"
    server = supabase.admin.with_database("postgres")
    supabase.play("project.sql")
    with scene_on(supabase.target, server, tmp_path / "backups") as scene:
        scene.backed_up()
        before = scene.on_server(databases)

        with pytest.raises(Refused) as caught:
            scene.run()

        assert "supabase_admin" in caught.value.sentence and "a host has means" in caught.value.remedy
        assert scene.on_server(databases) == before
        assert scene.listed().operations == ()
