"""Runs GitHub workflows as far as ours need it: jobs by their ``needs``, steps in bash, in order.

Jobs and steps are passed over by their ``if:``, outputs and summaries go through the files that a step is
told of, and each job begins with a fresh copy of the project. A step that ``uses`` an action is noted and
not run, and so is one whose name is among those that are ``given``. Keys that are not known here are an
error: a workflow that says more than this can do is not passed off as tried.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from workflow_expressions import Surroundings, fill, holds

_JOB_KEYS = {"name", "needs", "if", "runs-on", "environment", "timeout-minutes", "outputs", "env", "steps"}
_SHELLS = (None, "bash")
_STEP_KEYS = {"name", "id", "if", "env", "run", "uses", "with", "shell", "working-directory"}
_NOT_CANCELLED = {"always": True, "cancelled": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """How a step went: ``success``, ``failure`` or ``skipped``; its own exit code, and what it printed."""

    name: str
    outcome: str
    status: int = 0
    output: str = ""
    used: str = ""


@dataclass(slots=True, kw_only=True)
class JobRun:
    """How a job went. ``workspace`` is its folder, as it left it."""

    name: str
    result: str
    steps: list[StepRun] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    workspace: Path = Path()

    def step(self, name: str) -> StepRun:
        """Give a step by its name, or by the action that it uses."""
        (found,) = [each for each in self.steps if name in (each.name, each.used.partition("@")[0])]
        return found

    def failed(self) -> list[str]:
        """The steps that failed."""
        return [each.name for each in self.steps if each.outcome == "failure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What started a workflow, and what it may know."""

    event: str = "push"
    ref: str = "refs/heads/main"
    inputs: Mapping[str, object] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)

    @property
    def github(self) -> dict[str, str]:
        """The context ``github``, as far as ours look at it."""
        return {
            "event_name": self.event,
            "ref": self.ref,
            "sha": "0123456789abcdef0123456789abcdef01234567",
            "actor": "kim",
            "repository": "example/shop",
            "run_id": "4711",
            "server_url": "https://github.example",
        }


def read_workflow(path: Path) -> dict[str, Any]:
    """Read a workflow; the key ``on`` is a truth value to YAML 1.1."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return {"on" if key is True else str(key): value for key, value in document.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Runs workflows on a project. ``environment`` is the machine's, ``given`` the steps taken as done."""

    project: Path
    place: Path
    environment: Mapping[str, str]
    given: frozenset[str] = frozenset()

    def run(self, workflow: Mapping[str, Any], trigger: Trigger) -> dict[str, JobRun]:
        """Run all jobs, each behind those that it needs."""
        assert workflow["defaults"] == {"run": {"shell": "bash"}}
        done: dict[str, JobRun] = {}
        left = dict(workflow["jobs"])
        while left:
            name = next(each for each in left if all(need in done for need in needs_of(left[each])))
            done[name] = self._job(name, left.pop(name), workflow, trigger, done)
        return done

    def _job(
        self,
        name: str,
        job: Mapping[str, Any],
        workflow: Mapping[str, Any],
        trigger: Trigger,
        done: Mapping[str, JobRun],
    ) -> JobRun:
        assert set(job) <= _JOB_KEYS, set(job) - _JOB_KEYS
        needs = {each: done[each] for each in needs_of(job)}
        contexts: dict[str, Any] = {
            "github": trigger.github,
            "inputs": trigger.inputs,
            "secrets": trigger.secrets,
            "needs": {key: {"result": each.result, "outputs": each.outputs} for key, each in needs.items()},
            "steps": {},
        }
        good = all(each.result == "success" for each in needs.values())
        if not holds(job.get("if"), Surroundings(contexts=contexts, status=_status(good))):
            return JobRun(name=name, result="skipped")
        workspace = self.place / name
        shutil.copytree(self.project, workspace)
        environment = {**workflow.get("env", {}), **job.get("env", {})}
        machine = Machine(runner=self, workspace=workspace, trigger=trigger, environment=environment)
        steps = list(machine.steps(job["steps"], contexts))
        return JobRun(
            name=name,
            result="failure" if any(each.outcome == "failure" for each in steps) else "success",
            steps=steps,
            outputs=_filled(job.get("outputs", {}), contexts),
            summary=_read(machine.summary),
            workspace=workspace,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where the steps of one job run."""

    runner: Runner
    workspace: Path
    trigger: Trigger
    environment: Mapping[str, object]

    @property
    def summary(self) -> Path:
        """The file that the job's summary is written to."""
        return self.workspace.with_name(f"{self.workspace.name}.summary")

    def steps(self, steps: list[Mapping[str, Any]], contexts: dict[str, Any]) -> Iterator[StepRun]:
        """Run steps, and note in the contexts what became of each that has an id."""
        good = True
        for number, step in enumerate(steps):
            assert set(step) <= _STEP_KEYS, set(step) - _STEP_KEYS
            assert step.get("shell") in _SHELLS
            around = Surroundings(contexts=contexts, status=_status(good))
            done = self._step(step, number, around)
            if "id" in step:
                output = _assignments(self._file(number, "output"))
                contexts["steps"][step["id"]] = {"outcome": done.outcome, "outputs": output}
            good = good and done.outcome != "failure"
            yield done

    def _step(self, step: Mapping[str, Any], number: int, around: Surroundings) -> StepRun:
        name, used = step.get("name", step.get("uses", "")), step.get("uses", "")
        if not holds(step.get("if"), around):
            return StepRun(name=name, outcome="skipped", used=used)
        if used or name in self.runner.given:
            return StepRun(name=name, outcome="success", used=used)
        given = _filled({**self.environment, **step.get("env", {})}, around.contexts)
        script = self._file(number, "sh")
        script.write_text(fill(step["run"], around), encoding="utf-8")
        finished = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace / fill(step.get("working-directory", "."), around),
            env={**self.runner.environment, **self._told(number), **given},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        outcome = "failure" if finished.returncode else "success"
        return StepRun(name=name, outcome=outcome, status=finished.returncode, output=finished.stdout)

    def _told(self, number: int) -> dict[str, str]:
        """What every step finds in its environment."""
        github = {f"GITHUB_{key.upper()}": value for key, value in self.trigger.github.items()}
        return {
            **github,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(self._file(number, "output")),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def _file(self, number: int, kind: str) -> Path:
        return self.workspace.with_name(f"{self.workspace.name}.{number}.{kind}")


def as_workflow(action: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """Make a workflow of a composite action: one job of its steps, its inputs as given or by default."""
    defaults = {name: each["default"] for name, each in action["inputs"].items() if "default" in each}
    required = {name for name, each in action["inputs"].items() if each.get("required")}
    assert required <= set(given) <= set(action["inputs"])
    outputs = {name: each["value"] for name, each in action["outputs"].items()}
    steps = action["runs"]["steps"]
    job = {"runs-on": "ubuntu-24.04", "outputs": outputs, "steps": steps}
    return {"defaults": {"run": {"shell": "bash"}}, "inputs": {**defaults, **given}, "jobs": {"action": job}}


def needs_of(job: Mapping[str, Any]) -> list[str]:
    """Give the jobs that a job comes behind."""
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


def runner_environment(programs: Path) -> dict[str, str]:
    """The environment of a machine that has the programs in a folder, and nothing that steers pgassay."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "PYTHONPATH", "TMPDIR") if name in os.environ}
    return {**kept, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def _status(good: bool) -> dict[str, bool]:
    return {"success": good, "failure": not good, **_NOT_CANCELLED}


def _filled(values: Mapping[str, object], contexts: Mapping[str, object]) -> dict[str, str]:
    around = Surroundings(contexts=contexts, status=_status(True))
    return {name: fill(value, around) for name, value in values.items()}


def _assignments(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in _read(path).splitlines())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
