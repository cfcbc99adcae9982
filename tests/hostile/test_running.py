"""All hostile files in one safe run, as a superuser, on a server: the target is what it was before."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_production import Live
from fix_server import fresh_database
from fix_suite import Project
from hostile.production import HERE
from pgassay.model.evidence import Standing
from pgassay.model.suite import FileResult, Outcome, Trouble
from pgassay.pg.cluster import Server
from pgassay.suite.load import load_scripts

RULE = re.compile(r"^-- Rule: (\S+)", re.MULTILINE)
ROLES = frozenset({"guarded_settings"})
"""Rules some of whose files only leave a role that the session would have to be restricted to."""
CLUSTER = """
select array(select datname::text from pg_database where datname !~ '^test_' order by 1),
    array(select spcname::text from pg_tablespace order by 1),
    array(select subname::text from pg_subscription order by 1),
    array(select slot_name::text from pg_replication_slots order by 1),
    array(select name || '=' || setting from pg_file_settings order by 1),
    (select last_value from shop.invoice_numbers),
    (select count(*) from shop.customers),
    (select pg_postmaster_start_time())
"""


@pytest.fixture
def shop(server15: Server, tmp_path: Path) -> Iterator[Live]:
    """The database that the hostile files attack, and a folder with all of them."""
    with fresh_database(server15) as target:
        project = Project(folder=tmp_path / "project", target=target)
        project.command("create extension pgtap")
        load_scripts(target, (HERE / "production.sql",), {})
        shutil.copytree(HERE / "files", project.folder)
        # Its patience is the usual one: whoever has more may sleep longer.
        yield Live(project=project, server=server15)


def _globals(live: Live) -> str:
    conninfo, environment = live.server.target.for_programs
    command: list[str | Path] = [live.server.bin / "pg_dumpall", "--globals-only", "--dbname", conninfo]
    dumped = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return "\n".join(
        line for line in dumped.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))
    )


def _state(live: Live) -> tuple[object, ...]:
    files = sorted(str(each) for each in live.project.folder.rglob("*"))
    return live.dump(), _globals(live), live.project.ask(CLUSTER), files


def test_no_hostile_file_gets_through(shop: Live) -> None:
    before = _state(shop)

    done = shop.safely(".", "--timeout", "2s", "--keep-going")

    assert _state(shop) == before
    assert shop.nothing_left()
    assert len(done.results) >= 60
    unsaid = {path: result.outcome for path, result in done.results.items() if not _told(result, shop)}
    assert unsaid == {}
    escaped = [
        (path, claim)
        for path, result in done.results.items()
        for claim in (result.evidence.claims if result.evidence is not None else ())
        if claim.name == "its transaction was rolled back" and claim.standing is not Standing.VERIFIED
    ]
    assert escaped == []


def _told(result: FileResult, live: Live) -> bool:
    """Whether it was said what became of the harm: refused, rolled back, stopped, or done and undone."""
    troubles = {each.trouble for each in (*result.problems, *result.warnings)}
    if Trouble.REFUSED in troubles or Trouble.ROLLED_BACK in troubles:
        return True
    rule = RULE.search((live.project.folder / result.file.path).read_text())
    undone = result.evidence is not None and result.evidence.status == "aborted"
    return undone and result.outcome is not Outcome.PASSED and (rule is None or rule[1] in ROLES)
