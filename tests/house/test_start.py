"""What a command has to load before it can answer: not more than it needs, so that it starts at once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pgassay.cli import commands
from pgassay.config.catalogue import PRODUCTION_VARIABLE
from pgassay.model.exits import Exit
from repository import SOURCE, modules

_IMPORT = re.compile(r"^import '([\w.]+)' #", re.MULTILINE)


def _loaded(*words: str, folder: Path, status: int = Exit.OK) -> set[str]:
    """Run the command line, and give the names of all modules that it imported."""
    command = [sys.executable, "-v", "-m", "pgassay", *words]
    environment = os.environ | {PRODUCTION_VARIABLE: ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return set(_IMPORT.findall(done.stderr))


def _commands(loaded: set[str]) -> set[str]:
    return {each for each in loaded if each.startswith(f"{commands.__name__}.")}


def _packages(loaded: set[str]) -> set[str]:
    return {each.partition(".")[0] for each in loaded}


@pytest.mark.parametrize("words", [("--version",), ("test", "--help"), ("config",)])
def test_a_command_loads_no_other_command(words: tuple[str, ...], tmp_path: Path) -> None:
    own = {f"{commands.__name__}.{each}" for each in words if not each.startswith("-")}
    assert _commands(_loaded(*words, folder=tmp_path)) == own


def test_the_help_of_the_program_loads_every_command(tmp_path: Path) -> None:
    files = {path.stem for path in modules() if path.parent == SOURCE / "cli" / "commands"} - {"__init__"}
    assert _commands(_loaded("--help", folder=tmp_path)) == {f"{commands.__name__}.{each}" for each in files}


def test_the_version_takes_nothing_but_the_command_line(tmp_path: Path) -> None:
    loaded = _loaded("--version", folder=tmp_path)
    assert _packages(loaded) & {"psycopg", "rich", "msgspec", "pygments"} == set()
    assert _of(loaded, "flows", "config", "store", "suite") == set()
    assert _of(loaded, "model") == {"pgassay.model", "pgassay.model.errors", "pgassay.model.exits"}


def test_settings_take_words_to_choose_from_and_no_results(tmp_path: Path) -> None:
    loaded = _loaded("config", folder=tmp_path)
    assert _packages(loaded) & {"psycopg", "rich", "pygments"} == set()
    words = {"duration", "errors", "execution", "exits", "identity", "setting", "urgency"}
    assert _of(loaded, "model") == {"pgassay.model", *(f"pgassay.model.{each}" for each in words)}


def test_listing_checks_asks_no_store_and_writes_no_report(tmp_path: Path) -> None:
    loaded = _loaded("checks", "list", folder=tmp_path)
    assert _packages(loaded) & {"rich", "pygments"} == set()
    assert _of(loaded, "store", "judge", "suite.session", "report.open", "report.checks.document") == set()


def test_listing_alerts_takes_no_results_of_tests(tmp_path: Path) -> None:
    nowhere = f"host={tmp_path} dbname=nowhere"
    loaded = _loaded("--target", nowhere, "alerts", "list", folder=tmp_path, status=Exit.UNAVAILABLE)
    assert "psycopg" in loaded
    assert _packages(loaded) & {"rich", "pygments"} == set()
    assert (
        _of(loaded, "model.suite", "model.incident", "model.events", "model.check", "parse", "judge") == set()
    )


def _of(loaded: set[str], *parts: str) -> set[str]:
    """Give those that belong to some parts of pgassay."""
    names = tuple(f"pgassay.{each}" for each in parts)
    return {each for each in loaded if each in names or each.startswith(tuple(f"{name}." for name in names))}
