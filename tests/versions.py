"""The PostgreSQL versions that tests run on, and where the programs of each are.

Those at hand everywhere are Debian's 15 and the 18 of the embedded wheel. ``make versions`` names others in
``PGASSAY_TEST_VERSIONS``; they are looked for where Debian installs them, and in ``PGASSAY_TEST_SERVERS``.
"""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pgassay.pg import cluster, embedded
from pgassay.pg.cluster import Server

VERSIONS = tuple(os.environ.get("PGASSAY_TEST_VERSIONS", "15 18").split())
_DEBIAN = Path("/usr/lib/postgresql")
_EMBEDDED = "18"


def programs_of(version: str) -> Path:
    """Give the folder with a version's programs; skip the test where it is not there."""
    if version == _EMBEDDED:
        return embedded.programs()
    for place in (Path(os.environ.get("PGASSAY_TEST_SERVERS", _DEBIAN)), _DEBIAN):
        if (place / version / "bin" / "postgres").exists():
            return place / version / "bin"
    pytest.skip(f"PostgreSQL {version} is not installed (apt-get install postgresql-{version})")


def start(
    version: str, *, settings: Mapping[str, str] | None = None, durable: bool = False
) -> AbstractContextManager[Server]:
    """Start a server of its own, stopped at the end of the block; skip the test where it cannot be had."""
    if version == _EMBEDDED:
        return embedded.start(settings=settings, durable=durable)
    return cluster.start(programs_of(version), settings=settings, durable=durable)
