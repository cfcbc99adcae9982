"""Finds pgTAP's SQL: in a configured place, the system's extension directories, the cache, or afar.

What is found under the name of a known release must be that release, to the byte: whoever loads it
runs it with the rights of the role that tests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.pg.account import writable_place
from pgassay.pg.filelock import locked
from pgassay.pg.pgtap.fetch import REMEDY, fetch
from pgassay.pg.pgtap.pins import PINS, is_pinned, version_key

SYSTEM = (
    "/usr/share/postgresql/*/extension",
    "/usr/share/postgresql/extension",
    "/usr/share/pgsql/extension",
    "/usr/pgsql-*/share/extension",
    "/usr/local/share/postgresql*/extension",
    "/usr/local/share/postgresql/*/extension",
    "/usr/local/pgsql/share/extension",
    "/opt/homebrew/share/postgresql*/extension",
    "/Library/PostgreSQL/*/share/postgresql/extension",
)
"""Where Debian, Red Hat, Alpine, the BSDs, Homebrew and the installers put extensions."""

_SCRIPT = re.compile(r"pgtap--(\d+(?:\.\d+)*)\.sql")
_CALLS_ITSELF = re.compile(rb"FUNCTION pgtap_version\(\)\s+RETURNS NUMERIC AS 'SELECT (\d+\.\d+);'")


@dataclass(frozen=True, slots=True, kw_only=True)
class PgtapSql:
    """pgTAP's installation script, ready to run as plain SQL, and its version."""

    version: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Where pgTAP may come from, beside a configured place.

    ``cache`` is pgassay's cache directory (``None``: the user's); ``fetch`` allows to get it from a
    package registry; ``system`` are patterns of extension directories.
    """

    cache: Path | None = None
    fetch: bool = True
    system: tuple[str, ...] = SYSTEM


def sql_text(source: Path | None = None, supply: Supply | None = None) -> PgtapSql:
    """Give pgTAP's SQL: from ``source`` (a file or directory) if that is given, else from the supply.

    Raises:
        Unavailable: it cannot be had, or is not what its name says.
    """
    supply = supply or Supply()
    if source is not None:
        return _configured(source)
    directories = [path for pattern in supply.system for path in sorted(Path("/").glob(pattern.lstrip("/")))]
    return _newest(directories) or _kept(supply)


def _configured(source: Path) -> PgtapSql:
    path = source
    if source.is_dir():
        scripts = sorted(_scripts(source), key=lambda script: version_key(script[0]))
        if not scripts:
            raise Unavailable(f"There is no pgtap--VERSION.sql in {source}.")
        path = scripts[-1][1]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unavailable(f"Cannot read pgTAP's SQL from {path}: {error.strerror}.") from error
    named = _SCRIPT.fullmatch(path.name)
    inside = _CALLS_ITSELF.search(content)
    if inside is None:
        raise Unavailable(f"{path} is not pgTAP's installation script.")
    version = named[1] if named else inside[1].decode()
    if named and version in PINS and not is_pinned(content, version):
        raise Unavailable(
            f"{path} is not pgTAP {version}: its SHA-256 is another. It was not loaded.",
            remedy="Give a copy of your own a name of its own, such as my-pgtap.sql.",
        )
    return _prepared(content, version)


def _newest(directories: list[Path], *, pinned_only: bool = False) -> PgtapSql | None:
    scripts = [script for directory in directories for script in _scripts(directory)]
    for version, path in sorted(scripts, key=lambda script: version_key(script[0]), reverse=True):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        # An unknown release in the system's own directories is as trustworthy as the server itself.
        if is_pinned(content, version) or (version not in PINS and not pinned_only):
            return _prepared(content, version)
    return None


def _scripts(directory: Path) -> Iterator[tuple[str, Path]]:
    for path in directory.glob("pgtap--*.sql"):
        match = _SCRIPT.fullmatch(path.name)  # and not an upgrade from one release to another
        if match is not None:
            yield match[1], path


def _kept(supply: Supply) -> PgtapSql:
    """Give what was fetched once, or fetch it and keep it."""
    shelf = writable_place(supply.cache, account=None) / "pgtap"
    shelf.mkdir(exist_ok=True)
    with locked(shelf / ".lock"):
        found = _newest([shelf], pinned_only=True)
        if found is not None:
            return found
        if not supply.fetch:
            why = "it is not on this machine, and fetching it is not allowed"
            raise Unavailable(f"pgTAP cannot be had: {why}.", remedy=REMEDY)
        version, content = fetch()
        fresh = shelf / ".fetched"
        fresh.write_bytes(content)
        fresh.replace(shelf / f"pgtap--{version}.sql")
    return _prepared(content, version)


def _prepared(content: bytes, version: str) -> PgtapSql:
    """Make plain SQL of an installation script: no psql commands, no placeholders of a build."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unavailable(f"What should be pgTAP {version} is not UTF-8 text.") from error
    lines = [line for line in text.splitlines() if not line.startswith("\\")]
    plain = "\n".join(lines).replace("@extschema@.", "").replace("TAPSCHEMA.", "")
    return PgtapSql(version=version, text=plain)
