"""The corpus of psql scripts on which pgassay must agree with pg_prove, and both sides of the comparison.

``tests/cases/psql/*.sql`` are the scripts, ``expected.json`` beside them is what pg_prove said of each
(written by ``tests/cases/psql/regenerate.py``), and ``differences.json`` names those where pgassay says
more on purpose. Scripts that hang on exact bytes are built here, where no editor or Git setting
can change them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from psycopg.conninfo import conninfo_to_dict

from fix_server import DEBIAN_15, fresh_database
from parity_facts import CASES, Found, Recorded
from pgassay.model.events.suite import FileFinished
from pgassay.model.suite import FileResult
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.report.jsonl_codec import read_events

PG_PROVE = shutil.which("pg_prove")

_PASSES = "BEGIN;\nSELECT plan(1);\nSELECT pass('a');\nSELECT * FROM finish();\nROLLBACK;\n"
_COPIES = r"""\set word sage
\if true
BEGIN;
SELECT plan(2);
\endif
SELECT is(:'word', 'sage'::text, 'no carriage return in it');
CREATE TABLE herb (name text);
COPY herb FROM stdin;
mint
\.
SELECT is((SELECT name FROM herb), 'mint'::text, 'nor in the data');
SELECT * FROM finish();
ROLLBACK;
"""
BUILT: dict[str, bytes] = {
    "bytes_crlf.sql": _PASSES.replace("\n", "\r\n").encode(),
    "bytes_crlf_meta.sql": _COPIES.replace("\n", "\r\n").encode(),
    "bytes_bom.sql": b"\xef\xbb\xbf" + _PASSES.encode(),
    "bytes_no_final_newline.sql": _PASSES.rstrip("\n").encode(),
    "bytes_not_utf8.sql": b"BEGIN;\nSELECT plan(2);\nSELECT pass('a');\nSELECT pass('caf\xe9');\nROLLBACK;\n",
    "bytes_not_utf8_in_comment.sql": b"-- caf\xe9\n" + _PASSES.encode(),
    "bytes_latin1_declared.sql": b"\\encoding LATIN1\nBEGIN;\nSELECT plan(1);\n"
    b"SELECT is('caf\xe9', U&'caf\\00e9'::text, 'Latin 1');\nSELECT * FROM finish();\nROLLBACK;\n",
    "bytes_odd_blanks.sql": b"\t BEGIN ;\n\n \t\f\nSELECT\tplan(1)  ;\n  SELECT pass('a')\n\n  ;\n\t",
    "bytes_long_line.sql": b"BEGIN;\nSELECT plan(2);\nSELECT is(length('"
    + b"x" * 1_000_000
    + b"'), 1000000, 'a');\n"
    b"SELECT pass('after it');\nSELECT * FROM finish();\nROLLBACK;\n",
    "bytes_nul.sql": b"BEGIN;\nSELECT plan(2);\nSELECT pass('before');\nSELECT pass('a\0b');\nROLLBACK;\n",
    "bytes_control_characters.sql": rb"""BEGIN;
SELECT plan(2);
SELECT pass(E'bell \x07 and \x1b[31mred\x1b[0m');
SELECT fail(E'carriage\rreturn');
SELECT * FROM finish();
ROLLBACK;
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A private copy of the scripts, byte-exact ones included, which they may write into."""

    folder: Path

    @property
    def names(self) -> tuple[str, ...]:
        """The scripts that are run (not those that are only included), in order."""
        return tuple(sorted(each.name for each in self.folder.glob("*.sql")))


def names() -> tuple[str, ...]:
    """All scripts of the corpus, for parametrizing."""
    return tuple(sorted({each.name for each in CASES.glob("*.sql")} | set(BUILT)))


def build_corpus(folder: Path) -> Corpus:
    """Copy the scripts into ``folder`` and add the byte-exact ones."""
    shutil.copytree(CASES, folder, dirs_exist_ok=True)
    for name, content in BUILT.items():
        (folder / name).write_bytes(content)
    return Corpus(folder=folder)


def database_of(target: Target) -> str:
    """Give the name of the database that a target leads to."""
    return str(conninfo_to_dict(target.conninfo)["dbname"])


@contextmanager
def pgtap_template(server: Server) -> Iterator[Target]:
    """Give a database to be cloned: it has the server's own pgTAP, and what some scripts expect."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            connection.execute("create extension pgtap")
            connection.execute((CASES / "include" / "template.sql").read_bytes())
        yield target


def run_pg_prove(corpus: Corpus, name: str, *, target: Target) -> Found:
    """Run one script with pg_prove and the real psql, in a process of its own."""
    assert PG_PROVE is not None
    record = corpus.folder / f"{name}.jsonl"
    command = [PG_PROVE, "--norc", "--harness", "ParityHarness", "-b", str(DEBIAN_15 / "psql")]
    environment = os.environ | {"PERL5LIB": str(CASES), "PARITY_RECORD": str(record)}
    status = subprocess.run(
        [*command, *_connection_options(target), name],
        cwd=corpus.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    ).returncode
    recorded = msgspec.json.decode(record.read_bytes(), type=Recorded)
    record.unlink()
    return recorded.found(status)


def run_pgassay(
    corpus: Corpus, scripts: Sequence[str], *options: str, target: Target
) -> tuple[dict[str, FileResult], int]:
    """Run scripts with one ``pgassay test``; give its result of each, and its exit status."""
    command = [sys.executable, "-m", "pgassay", "--target", target.conninfo, "test", *scripts]
    done = subprocess.run(
        [*command, "--format", "jsonl", *options],
        cwd=corpus.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    events = tuple(read_events(done.stdout.splitlines()))
    results = [event.result for event in events if isinstance(event, FileFinished)]
    assert {each.file.path for each in results} == set(scripts), done.stderr
    return {each.file.path: each for each in results}, done.returncode


def _connection_options(target: Target) -> list[str]:
    known = conninfo_to_dict(target.conninfo)
    options = {"-h": known["host"], "-p": known["port"], "-U": known["user"], "-d": known["dbname"]}
    return [str(word) for option in options.items() for word in option]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The corpus in a folder of this test session."""
    return build_corpus(tmp_path_factory.mktemp("parity") / "psql")


@pytest.fixture(scope="session")
def parity_template(server15: Server) -> Iterator[Target]:
    """A database with pgTAP on PostgreSQL 15, from which each script gets its own copy."""
    with pgtap_template(server15) as target:
        yield target
