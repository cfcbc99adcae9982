"""Gets pgTAP's SQL once from where it is published, with whatever client this machine has.

Nothing that comes back is used unless it is the text of a known release, to the byte. Where it is
kept is :mod:`pgassay.pg.pgtap.source`'s decision.
"""

import io
import re
import shutil
import tarfile
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pgassay.model.errors import PgassayError, Unavailable
from pgassay.pg.pgtap.pins import is_pinned
from pgassay.pg.process import Finished, Surroundings, run

REMEDY = 'apt-get install postgresql-15-pgtap, or name a copy: pgtap_source = "pgtap--1.3.4.sql"'
"""What to do where pgTAP cannot be had."""

_PATIENCE_S = 60.0
_NPM_PACKAGE = "@electric-sql/pglite-pgtap@0.0.15"
_PGXN_VERSION = "1.3.4"
_PGXN_URL = f"https://api.pgxn.org/dist/pgtap/{_PGXN_VERSION}/pgtap-{_PGXN_VERSION}.zip"


def fetch() -> tuple[str, bytes]:
    """Give a release's version and its installation script.

    Raises:
        Unavailable: no way led to it; the sentence says what each came to.
    """
    failures: list[str] = []
    for name, way in _WAYS.items():
        try:
            version, content = way()
        except (PgassayError, OSError, tarfile.TarError, zipfile.BadZipFile, LookupError) as error:
            failures.append(f"{name}: {str(error).rstrip('.')}")
            continue
        if is_pinned(content, version):
            return version, content
        failures.append(f"{name}: what it gave is not pgTAP {version} (its SHA-256 is another)")
    raise Unavailable(
        f"pgTAP is not on this machine and cannot be fetched. {'; '.join(failures)}.",
        remedy=REMEDY,
    )


def _by_npm() -> tuple[str, bytes]:
    with TemporaryDirectory(prefix="pgassay") as name:
        _client("npm", "pack", "--silent", _NPM_PACKAGE, directory=Path(name))
        package = next(Path(name).glob("*.tgz"))
        with tarfile.open(package) as outer:
            inner = outer.extractfile("package/dist/pgtap.tar.gz")
            content = inner.read() if inner is not None else b""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        version, member = _newest(archive.getnames())
        script = archive.extractfile(member)
        return version, script.read() if script is not None else b""


def _by_apt() -> tuple[str, bytes]:
    listed = _client("apt-cache", "pkgnames", "postgresql-", directory=Path("/")).stdout.decode()
    packages = sorted(line for line in listed.split() if re.fullmatch(r"postgresql-\d+-pgtap", line))
    if not packages:
        raise LookupError("no package of that name is known to it")
    with TemporaryDirectory(prefix="pgassay") as name:
        directory = Path(name)
        _client("apt-get", "download", packages[-1], directory=directory)
        _client("dpkg-deb", "-x", str(next(directory.glob("*.deb"))), "files", directory=directory)
        scripts = {str(path): path for path in directory.rglob("pgtap--*.sql")}
        version, member = _newest(list(scripts))
        return version, scripts[member].read_bytes()


def _by_pgxn() -> tuple[str, bytes]:
    with urllib.request.urlopen(_PGXN_URL, timeout=_PATIENCE_S) as response:
        archive = zipfile.ZipFile(io.BytesIO(response.read()))
    source = archive.read(f"pgtap-{_PGXN_VERSION}/sql/pgtap.sql.in")
    short = _PGXN_VERSION.rpartition(".")[0]
    # What pgTAP's Makefile does on every server since PostgreSQL 10.
    built = source.replace(b"MODULE_PATHNAME", b"$libdir/pgtap").replace(b"__OS__", b"linux")
    return _PGXN_VERSION, built.replace(b"__VERSION__", short.encode())


_WAYS: dict[str, Callable[[], tuple[str, bytes]]] = {"npm": _by_npm, "apt": _by_apt, "PGXN": _by_pgxn}


def _client(program: str, *arguments: str, directory: Path) -> Finished:
    if shutil.which(program) is None:
        raise Unavailable(f"{program} is not installed")
    finished = run([program, *arguments], Surroundings(directory=directory), timeout_s=_PATIENCE_S)
    if finished.status != 0:
        raise Unavailable(f"{program} failed: {finished.complaint}")
    return finished


def _newest(names: list[str]) -> tuple[str, str]:
    """Find the newest installation script among paths; upgrade scripts (two versions) are none."""
    script = re.compile(r"/pgtap--(\d+\.\d+\.\d+)\.sql$")
    found = [(match[1], name) for name in names if (match := script.search(name))]
    if not found:
        raise LookupError("there is no pgTAP in what it gave")
    return max(found, key=lambda pair: [int(part) for part in pair[0].split(".")])
