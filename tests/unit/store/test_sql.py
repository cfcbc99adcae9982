"""Every query of the store has a reason and a user."""

from pathlib import Path

import pytest

import pgassay.store

STORE = Path(pgassay.store.__file__).parent
QUERIES = sorted((STORE / "sql").iterdir())


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_says_why_and_is_used(path: Path) -> None:
    assert path.read_text("utf-8").startswith("-- ")
    sources = "".join(module.read_text("utf-8") for module in STORE.rglob("*.py"))
    assert f'"{path.stem}"' in sources
