"""Finds PostgreSQL's client programs (psql, pg_dump …), the real ones, of a version that fits.

Debian's ``/usr/bin/psql`` is a Perl script that chooses among installed versions; it takes as long to
start as psql takes to run a small file, so scripts are passed over in favour of what they stand for.
Starting what was found is :mod:`pgassay.pg.process`'s task.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.pg.process import run

_INSTALLED = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/libexec/postgresql*",
    "usr/local/pgsql/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "opt/homebrew/opt/libpq/bin",
    "Library/PostgreSQL/*/bin",
)
"""Where Debian, Red Hat, Alpine, a build from source, Homebrew and the installers put programs."""

_TIMEOUT_S = 30.0


@cache
def find_program(name: str, *, at_least: int = 0) -> Path:
    """Give a program of at least that major version: that very version if it is there, else the next.

    Without a version the newest is taken. Installed programs go before those of the embedded
    PostgreSQL, which know no TLS.

    Raises:
        Unavailable: there is none; the sentence says which versions there are.
    """
    found: list[tuple[int, Path]] = []
    for major, path in _candidates(name):
        if major == at_least:
            return path
        found.append((major, path))
    fitting = [(major, path) for major, path in found if major >= at_least]
    if not fitting:
        raise _unavailable(name, at_least, sorted({major for major, _ in found}))
    best = min(major for major, _ in fitting) if at_least else max(major for major, _ in fitting)
    return next(path for major, path in fitting if major == best)


@cache
def major_of(path: Path) -> int | None:
    """Give the major version of one of PostgreSQL's programs; ``None`` where it does not say."""
    said = run([path, "--version"], timeout_s=_TIMEOUT_S).stdout.decode("utf-8", "replace")
    match = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(match[1]) if match else None


def _candidates(name: str) -> Iterator[tuple[int, Path]]:
    for directory in _directories():
        path = directory / name
        if os.access(path, os.X_OK) and path.is_file() and not _is_script(path):
            major = major_of(path)
            if major is not None:
                yield major, path


def _directories() -> Iterator[Path]:
    for pattern in _INSTALLED:
        yield from sorted(Path("/").glob(pattern))
    yield from (Path(word) for word in os.get_exec_path() if word)
    from pgassay.pg import embedded  # with it comes all that starts servers

    if embedded.installed():
        yield embedded.programs()


def _is_script(path: Path) -> bool:
    try:
        with path.open("rb") as program:
            return program.read(2) == b"#!"
    except OSError:
        return True


def _unavailable(name: str, at_least: int, there: list[int]) -> Unavailable:
    wanted = f"{name} {at_least} or newer" if at_least else name
    versions = f" (there is {', '.join(map(str, there))})" if there else ""
    remedy = f"apt-get install postgresql-client-{at_least or '18'}, or pip install 'pgassay[embedded]'"
    return Unavailable(f"{wanted} is not installed{versions}.", remedy=remedy)
