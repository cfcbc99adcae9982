"""Every hostile file is stopped before anything of it is sent, or says why that cannot be.

A file's header names its harm, and the rule that stops it; or, ``Only while running``, what does. Those
are for the tests that have a server.
"""

import re
from pathlib import Path

import pytest

from hostile.production import HERE, judge_file, production
from pgassay.parse.sql.catalogue import rule_names
from pgassay.parse.sql.finding import Verdict

FILES = sorted((HERE / "files").glob("*.sql"))
HARM = re.compile(r"-- Harm: \S.*\.\n-- (Rule|Only while running): (\S.*)\n\n")
STOPS = (Verdict.REFUSED, Verdict.REWRITTEN)


def _header(path: Path) -> re.Match[str]:
    found = HARM.match(path.read_text(encoding="utf-8"))
    assert found is not None, f"{path.name} does not say what harm it does, and what stops it"
    return found


STOPPED = [path for path in FILES if _header(path)[1] == "Rule"]
RUNNING = [path for path in FILES if path not in STOPPED]


@pytest.mark.parametrize("path", STOPPED, ids=lambda path: path.stem)
def test_a_hostile_file_is_stopped_by_its_rule(path: Path) -> None:
    findings = judge_file(path, production())
    stopping = {each.rule for each in findings if each.verdict in STOPS}
    assert _header(path)[2] in stopping, findings


@pytest.mark.parametrize("path", STOPPED, ids=lambda path: path.stem)
def test_what_stops_a_file_says_where_what_and_how_else(path: Path) -> None:
    for each in judge_file(path, production()):
        if each.verdict in STOPS:
            assert each.place.line > 0
            assert each.what.endswith(".") and each.instead.endswith(".")


@pytest.mark.parametrize("path", RUNNING, ids=lambda path: path.stem)
def test_what_only_shows_while_running_is_not_stopped_before(path: Path) -> None:
    assert [each for each in judge_file(path, production()) if each.verdict in STOPS] == []


def test_every_rule_stops_some_hostile_file() -> None:
    assert {_header(path)[2] for path in STOPPED} == set(rule_names())


def test_no_two_files_do_the_same() -> None:
    texts = [path.read_text(encoding="utf-8").partition("\n\n")[2] for path in FILES]
    assert len(set(texts)) == len(texts) >= 60
