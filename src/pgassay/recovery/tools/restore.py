"""pg_restore: a section into a database, parts as a script, or all into nowhere, to see if it can be read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from tempfile import NamedTemporaryFile

from pgassay.pg.program import find_program
from pgassay.pg.restore import forgiven
from pgassay.pg.target import Target
from pgassay.recovery.tools.program import Limits, started


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive in the directory format; ``tool`` is the major version of the pg_dump that wrote it."""

    directory: Path
    tool: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """The database to restore into. ``owners``: whether objects get their owners and grants back.

    ``major`` is the version of its server.
    """

    target: Target
    jobs: int
    major: int
    owners: bool = True


def restore_section(archive: Archive, section: str, into: Into, limits: Limits) -> None:
    """Restore ``pre-data``, ``data`` or ``post-data``; the first error ends it.

    Raises:
        ProgramFailed: something cannot be restored.
        Stopped, OutOfTime: it was ended.
    """
    address, _ = into.target.for_programs
    pg_restore = find_program("pg_restore", at_least=archive.tool)
    meaningless = forgiven(pg_restore, into=into.major)
    command: list[str | Path] = [
        pg_restore,
        *(() if meaningless else ("--exit-on-error",)),
        f"--section={section}",
        # What has to be in order is restored by one connection.
        f"--jobs={1 if section == 'pre-data' else into.jobs}",
        "--no-subscriptions",
        "--no-tablespaces",
        "--no-password",
        *(() if into.owners else ("--no-owner", "--no-privileges")),
        "--dbname",
        address,
        archive.directory,
    ]
    with started(command, target=into.target) as program:
        program.finish(limits, forgiven=meaningless)


def read_whole(archive: Archive, limits: Limits) -> None:
    """Have pg_restore read every byte that a restore would need; to list the archive reads next to nothing.

    Raises:
        ProgramFailed: it cannot be read.
        Stopped, OutOfTime: it was ended.
    """
    program_file = find_program("pg_restore", at_least=archive.tool)
    with started([program_file, "--file=-", archive.directory]) as program:
        program.finish(limits)


def list_archive(archive: Archive, limits: Limits) -> str:
    """Give the archive's table of contents, a line for each thing in it.

    Raises:
        ProgramFailed: it cannot be read.
        Stopped, OutOfTime: it was ended.
    """
    program_file = find_program("pg_restore", at_least=archive.tool)
    with started([program_file, "--list", archive.directory], heard=True) as program:
        listed = program.output.read().decode("utf-8", "surrogateescape")
        program.finish(limits)
    return listed


@contextmanager
def script_of(
    archive: Archive, section: str, lines: Sequence[str], limits: Limits
) -> Iterator[BufferedReader]:
    """Give a section of the archive as a script for psql, of these lines of its table of contents only.

    Without a section it gives all of them. Grants and comments go into the section of what stands before
    them: lines that have nothing before them are to be asked for without one.

    It has to be read to its end inside of the block.

    Raises:
        ProgramFailed: it cannot be read.
        Stopped, OutOfTime: it was ended.
    """
    with NamedTemporaryFile(suffix=".list") as chosen:
        chosen.write("".join(f"{each}\n" for each in lines).encode("utf-8", "surrogateescape"))
        chosen.flush()
        command: list[str | Path] = [
            find_program("pg_restore", at_least=archive.tool),
            "--file=-",
            *((f"--section={section}",) if section else ()),
            f"--use-list={chosen.name}",
            "--no-subscriptions",
            "--no-tablespaces",
            archive.directory,
        ]
        with started(command, heard=True) as program:
            assert isinstance(program.output, BufferedReader)
            yield program.output
            program.finish(limits)
