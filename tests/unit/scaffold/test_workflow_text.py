"""What is written for GitHub: checked by actionlint, and held to what makes it safe."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pgassay.scaffold.layout import Layout, LayoutKind
from pgassay.scaffold.templates import WORKFLOW, new_files
from repository import ROOT
from workflow_runs import read_workflow

LAYOUT = Layout(kind=LayoutKind.PLAIN, tests="t", migrations="m", migrations_kept=False)
SECRETS = ("PRODUCTION_DB_URL", "SLACK_WEBHOOK_URL", "EMAIL_ALERTS")


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    (text,) = [
        each.text for each in new_files(LAYOUT, requirement="x==1", workflow=True) if "yml" in each.path
    ]
    return written(tmp_path, text)


def written(root: Path, text: str) -> Path:
    path = root / WORKFLOW
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


def lint(path: Path) -> str:
    """Give what actionlint complains of; without shellcheck, which not every machine has."""
    program = Path(sys.executable).with_name("actionlint")
    done = subprocess.run(
        [program, "-no-color", "-shellcheck=", "-pyflakes=", path],
        cwd=path.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_actionlint_finds_nothing(workflow: Path) -> None:
    assert lint(workflow) == ""


def test_actionlint_would_find_something(workflow: Path) -> None:
    text = workflow.read_text("utf-8").replace("steps.plan.outputs", "steps.plain.outputs")
    workflow.write_text(text, "utf-8")
    assert 'property "plain" is not defined' in lint(workflow)


def test_actionlint_finds_nothing_in_the_action(tmp_path: Path) -> None:
    """As a step of a workflow that uses it, and its own steps as those of a workflow."""
    shutil.copy(ROOT / "action.yml", tmp_path)
    (tmp_path / ".git").mkdir()
    told = {"run": 'echo "$VERDICT"', "env": {"VERDICT": "${{ steps.gate.outputs.verdict }}"}}
    use = {"uses": "./", "id": "gate", "with": {"database-url": "${{ secrets.URL }}", "measure": "false"}}
    path = written(tmp_path, _one_job([use, told]))
    assert lint(path) == ""
    path.write_text(_one_job([{**use, "with": {"url": "x"}}, told]), "utf-8")
    assert 'input "url" is not defined in action "pgassay"' in lint(path)

    action = read_workflow(ROOT / "action.yml")
    inputs = {name: {"type": "string"} for name in action["inputs"]}
    path.write_text(_one_job(action["runs"]["steps"], {"workflow_call": {"inputs": inputs}}), "utf-8")
    assert lint(path) == ""


def _one_job(steps: list[dict[str, Any]], on: object = "push") -> str:
    job = {"runs-on": "ubuntu-24.04", "steps": steps}
    return yaml.safe_dump({"on": on, "jobs": {"job": job}}, sort_keys=False)


def _steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in read_workflow(workflow)["jobs"].values():
        yield from job["steps"]
    yield from read_workflow(ROOT / "action.yml")["runs"]["steps"]


def test_nothing_is_written_into_a_script(workflow: Path) -> None:
    """What comes from outside reaches a shell as a variable only, and no secret is printed."""
    scripts = [step["run"] for step in _steps(workflow) if "run" in step]
    assert len(scripts) > 20
    assert [each for each in scripts if "${{" in each or "set -x" in each] == []
    echoed = [line for each in scripts for line in each.splitlines() if "echo" in line or "printf" in line]
    assert [line for line in echoed if any(f"${name}" in line for name in SECRETS)] == []


def test_every_script_stops_at_what_fails(workflow: Path) -> None:
    scripts = [step["run"] for step in _steps(workflow) if "run" in step]
    assert [each for each in scripts if "\n" in each and not each.startswith("set -euo pipefail\n")] == []


def test_jobs_come_in_order_and_never_overlap(workflow: Path) -> None:
    document = read_workflow(workflow)
    jobs = document["jobs"]
    assert list(jobs) == ["pre-deployment", "migration", "production-testing"]
    assert [each.get("needs") for each in jobs.values()] == [None, "pre-deployment", "migration"]
    assert {each["environment"] for each in jobs.values()} == {"production"}
    assert document["permissions"] == {"contents": "read"}
    assert document["concurrency"] == {"group": "production-deployment", "cancel-in-progress": False}
    assert document["on"]["push"] == {"branches": ["main"]}
    assert document["on"]["workflow_dispatch"]["inputs"]["skip_tests"]["type"] == "boolean"
    for job in jobs.values():
        assert job["env"] == {name: f"${{{{ secrets.{name} }}}}" for name in SECRETS}
