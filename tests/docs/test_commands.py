"""What the documentation tells people to type can be typed."""

import re
import shlex
from collections.abc import Iterator

import pytest

from pgassay.config.catalogue import documented_settings
from repository import ROOT, files, place, reference_generator, text_of

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


GENERATOR = reference_generator()


def _typed() -> Iterator[tuple[str, list[str]]]:
    """Give the command lines in all console blocks, those behind a prompt where there is one."""
    for path in files():
        if path.suffix == ".md":
            for block in CONSOLE.findall(text_of(path)):
                prompted = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
                for line in prompted or block.splitlines():
                    yield place(path), shlex.split(line.removeprefix("$ "), comments=True)


LINES = [(page, words) for page, words in _typed() if words]


def test_the_documentation_has_command_lines() -> None:
    assert {words[0] for _, words in LINES} >= {"make", "pgassay"}


@pytest.mark.parametrize(("page", "words"), [line for line in LINES if line[1][0] == "make"])
def test_make_knows_its_targets(page: str, words: list[str]) -> None:
    assert set(words[1:]) <= set(TARGET.findall(text_of(ROOT / "Makefile"))), page


@pytest.mark.parametrize(("page", "words"), [line for line in LINES if line[1][0] == "pgassay"])
def test_pgassay_knows_its_commands_and_options(page: str, words: list[str]) -> None:
    commands = GENERATOR.commands()
    name, known = "pgassay", GENERATOR.options(commands["pgassay"])
    for word in words[1:]:
        if f"{name} {word}" in commands:
            name = f"{name} {word}"
            known |= GENERATOR.options(commands[name])
        elif word.startswith("-"):
            assert word.partition("=")[0] in known, f"{page}: {name} does not know {word}"
    assert name != "pgassay" or words[1:] == ["--version"], f"{page}: no command in {words}"


def test_the_readme_has_every_command_and_no_other() -> None:
    commands = GENERATOR.commands()
    leaves = {name for name, command in commands.items() if not getattr(command, "commands", None)}
    named = set(re.findall(r"`(pgassay [a-z ]+)`", text_of(ROOT / "README.md")))
    assert named == leaves


def test_every_flag_that_a_setting_names_exists() -> None:
    known = {each for command in GENERATOR.commands().values() for each in GENERATOR.options(command)}
    named = {setting.flag for setting in documented_settings().values() if setting.flag}
    assert named - known == set()
