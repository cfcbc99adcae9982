"""A target, a setting or a report that cannot be: one sentence, a remedy, and the right exit code."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_suite import Project, clean_environment, failing, name_of, passing, until
from pgassay.model.errors import Unavailable
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

SECRET = "Pa55-w0rd"
RULES = "local all banned reject\nlocal all locked scram-sha-256\n"


@pytest.fixture(scope="module")
def guarded(server18: Server) -> Iterator[None]:
    """Roles that may not log in, or only with a password, and one without rights."""
    rules = server18.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(RULES + before)
    with connect(server18.target) as connection:
        connection.execute(
            "select pg_reload_conf(); create role banned login;"
            f"create role locked login superuser password '{SECRET}'; create role weak login;".encode()
        )
        until(lambda: _is_rejected(server18.target.changed({"user": "banned"})), what="the rules hold")
        yield
        rules.write_text(before)
        connection.execute("select pg_reload_conf(); drop role banned, locked, weak")


def _is_rejected(target: Target) -> bool:
    try:
        with connect(target):
            return False
    except Unavailable:
        return True


TARGETS = {
    "nothing_listens": ("host=/nowhere dbname=x", Exit.UNAVAILABLE, "Cannot connect to"),
    "no_such_port": ("host=127.0.0.1 port=1 dbname=x user=x", Exit.UNAVAILABLE, "Connection refused"),
    "no_such_host": ("host=nowhere.invalid dbname=x user=x", Exit.UNAVAILABLE, "nowhere.invalid"),
    "not_a_url": ("postgresql://[", Exit.USAGE, "is not a valid PostgreSQL URL"),
    "not_a_conninfo": ("hots=here dbname=x", Exit.USAGE, "is not a valid PostgreSQL URL"),
    "no_such_name": ("stagin", Exit.USAGE, "stagin"),
}


@pytest.mark.parametrize("case", TARGETS)
def test_a_target_that_cannot_be_reached(project: Project, case: str) -> None:
    target, status, says = TARGETS[case]
    project.write(a=passing())

    done = project.test(".", target=f"{target}")

    assert (done.status, done.stdout, done.results) == (status, "", {})
    assert done.stderr.startswith("pgassay: ")
    assert says in done.stderr


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("dbname=there_is_none", 'database "there_is_none" does not exist'),
        ("user=banned", "pg_hba.conf rejects connection"),
        ("user=locked password=wr0ng-one", "password authentication failed"),
        ("user=locked", "password"),
        ("user=nobody_at_all", 'role "nobody_at_all" does not exist'),
    ],
)
@pytest.mark.usefixtures("guarded")
def test_a_server_that_refuses(project: Project, changes: str, says: str) -> None:
    project.write(a=passing())

    done = project.test(".", target=f"{project.target.conninfo} {changes}", record=True)

    assert (done.status, done.results) == (Exit.UNAVAILABLE, {})
    assert says in done.stderr
    assert "wr0ng-one" not in done.stderr
    assert done.stderr.count("pgassay: ") <= 2


@pytest.mark.usefixtures("guarded")
def test_the_right_password_opens(project: Project) -> None:
    project.write(a=passing(), b=passing(body="\\! true"))

    assert (
        project.test(".", target=f"{project.target.conninfo} user=locked password={SECRET}").status == Exit.OK
    )


@pytest.mark.usefixtures("guarded")
def test_a_role_without_any_right(project: Project) -> None:
    database = name_of(project.target)
    project.command(f"revoke create, temporary on database {database} from public")
    project.write(a=passing(), b=passing())
    weak = f"{project.target.conninfo} user=weak"

    done = project.test(".", target=weak, record=True)

    assert done.status == Exit.RED
    assert "This run is not recorded" in done.stderr
    for path in ("a.sql", "b.sql"):
        assert "permission denied to create temporary tables" in done.complaint(path)


@pytest.mark.usefixtures("guarded")
def test_a_role_that_may_not_install_what_is_missing(project: Project) -> None:
    project.command("drop schema pgtap cascade")
    project.write(a=passing())

    done = project.test(".", target=f"{project.target.conninfo} user=weak")

    assert (done.status, done.results) == (Exit.UNAVAILABLE, {})
    assert "may not install pgTAP" in done.stderr


SETTINGS = {
    "not_toml": ("[suite\n", "pgassay.toml"),
    "unknown_key": ("[suite]\njbos = 2\n", "jobs"),
    "unknown_table": ("[suit]\njobs = 2\n", "suite"),
    "wrong_kind": ("[suite]\njobs = 'many'\n", "a whole number"),
    "wrong_word": ("[suite]\nisolation = 'clown'\n", "shared, clone"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_settings_file_that_makes_no_sense(project: Project, case: str) -> None:
    text, says = SETTINGS[case]
    project.write(a=passing())
    project.put("pgassay.toml", text)

    done = project.test(".")

    assert (done.status, done.stdout) == (Exit.USAGE, "")
    assert "pgassay.toml" in done.stderr
    assert says in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--frobnicate"], "--frobnicate"),
        (["--jobs", "none"], "none"),
        (["--jobs", "0"], "at least 1"),
        (["--timeout", "soon"], "soon"),
        (["--isolation", "clown"], "shared, clone"),
        (["--engine", "perl"], "auto, native, psql"),
        (["--set", "novalue"], "novalue"),
        (["--format", "tpa"], "tap"),
        (["--format", "junit:"], "names no file"),
        (["--format", "archive"], "needs a file"),
        (["--shard", "3/2"], "3/2"),
        (["--schema", "x"], "--runtests"),
        (["nowhere.sql"], "nowhere.sql"),
        (["nowhere/"], "nowhere"),
        (["a.sq"], "a.sql"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--last-failed"], "--last-failed"),
    ],
)
def test_words_that_make_no_sense(project: Project, words: list[str], says: str) -> None:
    project.write(a=passing())

    done = project.test(*words, *([] if words[-1].endswith((".sql", "/", ".sq")) else ["a.sql"]))

    assert (done.status, done.results) == (Exit.USAGE, {})
    assert says in done.stderr


def test_an_unknown_command(project: Project) -> None:
    done = project.run("tset")

    assert done.status == Exit.USAGE
    assert "tset" in done.stderr


@pytest.mark.parametrize("place", ["/proc/nowhere/r.xml", "a.sql/r.xml"])
def test_a_report_that_cannot_be_written_stops_before_anything_runs(project: Project, place: str) -> None:
    project.write(a=passing())

    done = project.test(".", "--format", f"junit:{place}")

    assert (done.status, done.results) == (Exit.USAGE, {})
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("report", ["junit", "tap", "html", "archive"])
def test_a_full_disk_costs_the_report_and_not_the_verdict(project: Project, report: str) -> None:
    project.write(a=passing(), b=failing())

    done = project.test(".", "--format", f"{report}:/dev/full")

    assert done.status == Exit.RED
    assert done.outcomes == {"a.sql": "passed", "b.sql": "failed"}
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("words", [[], ["--format", "tap"], ["--json"], ["--list"]])
def test_a_full_disk_behind_standard_output_is_told(project: Project, words: list[str]) -> None:
    project.write(a=passing())

    with Path("/dev/full").open("w") as full:
        done = run_into(project, full.fileno(), words)

    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr
    assert done.returncode != Exit.BUG


@pytest.mark.parametrize("words", [[], ["--format", "tap"], ["--json"], ["--list"]])
def test_a_reader_that_leaves_is_no_mistake(project: Project, words: list[str]) -> None:
    project.write(a=passing(), b=passing())

    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as reader:
        assert reader.stdin is not None
        reader.wait()
        done = run_into(project, reader.stdin.fileno(), words)

    assert done.stderr == ""
    assert done.returncode == Exit.OK


def run_into(project: Project, output: int, words: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run the files with standard output going somewhere else."""
    command = [
        sys.executable,
        "-m",
        "pgassay",
        "--target",
        project.target.conninfo,
        "test",
        ".",
        "--no-store",
    ]
    return subprocess.run(
        [*command, *words],
        cwd=project.folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
        check=False,
    )
