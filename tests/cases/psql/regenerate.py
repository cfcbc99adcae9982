"""Writes ``expected.json`` anew: what pg_prove says of every script, each in a database of its own.

Run it as ``python tests/cases/psql/regenerate.py`` where pg_prove, PostgreSQL 15 and pgTAP are installed,
and look at the difference before committing it.
"""

import sys
import tempfile
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[2]))

from fix_parity import build_corpus, database_of, pgtap_template, run_pg_prove
from fix_server import DEBIAN_15, fresh_database
from parity_facts import CASES
from pgassay.pg import cluster


def main() -> None:
    """Run the whole corpus."""
    expected = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster.start(DEBIAN_15) as server,
        pgtap_template(server) as template,
    ):
        corpus = build_corpus(Path(folder))
        for name in corpus.names:
            with fresh_database(server, template=database_of(template)) as target:
                expected[name] = run_pg_prove(corpus, name, target=target)
    lines = (
        f"  {msgspec.json.encode(k).decode()}: {msgspec.json.encode(v).decode()}" for k, v in expected.items()
    )
    (CASES / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
