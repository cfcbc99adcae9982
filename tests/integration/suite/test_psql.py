"""What psql is started with: the target's options, and a path to where pgTAP is."""

from pathlib import Path

from pgassay.pg.program import find_program
from pgassay.pg.target import Target
from pgassay.suite.output import Printed
from pgassay.suite.psql import PsqlRun


def _said(target: Target, script: Path, *, search_path: str) -> str:
    run = PsqlRun(find_program("psql", at_least=14), target, variables=())
    return "".join(
        each.text for each in run.play(str(script), search_path=search_path) if isinstance(each, Printed)
    )


def test_a_search_path_is_added_to_the_options_of_the_target(database: Target, tmp_path: Path) -> None:
    script = tmp_path / "shown.sql"
    script.write_text("show search_path; show work_mem;", "utf-8")
    target = database.changed({"options": "-c work_mem=7MB"})
    said = _said(target, script, search_path='public, "my tests", "back\\slash"')
    assert said.split("\n")[:2] == ['public, "my tests", "back\\slash"', "7MB"]
