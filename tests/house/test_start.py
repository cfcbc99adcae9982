"""What a command has to load before it can answer: not more than it needs, so that it starts at once."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pgassay.cli import commands
from repository import modules

_IMPORT = re.compile(r"^import '([\w.]+)' #", re.MULTILINE)


def _loaded(*words: str, folder: Path) -> set[str]:
    """Run the command line, and give the names of all modules that it imported."""
    command = [sys.executable, "-v", "-m", "pgassay", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
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
    files = {path.stem for path in modules() if path.parent == Path(commands.__path__[0])} - {"__init__"}
    assert _commands(_loaded("--help", folder=tmp_path)) == {f"{commands.__name__}.{each}" for each in files}


def test_the_version_takes_nothing_but_the_command_line(tmp_path: Path) -> None:
    loaded = _loaded("--version", folder=tmp_path)
    assert _packages(loaded) & {"psycopg", "rich", "msgspec", "pygments"} == set()
    assert {each for each in loaded if each.startswith(("pgassay.flows", "pgassay.config"))} == set()
