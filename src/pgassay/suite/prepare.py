"""What has to be known and done once, before the first file runs: the server, pgTAP, the session."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass

from pgassay import __version__
from pgassay.model.events.suite import Warned
from pgassay.model.suite import Environment
from pgassay.pg.connection import Connection, connect
from pgassay.pg.pgtap import Pgtap, ensure
from pgassay.pg.target import Target
from pgassay.suite.residue import find_setters
from pgassay.suite.session import Preparation
from pgassay.suite.settings import PgtapChoice

_FACTS = """
select
    pg_catalog.current_setting('server_version'),
    pg_catalog.current_database(),
    current_user::text,
    pg_catalog.current_setting('search_path'),
    coalesce((select true from pg_catalog.pg_namespace
              where nspname = %(schema)s and nspname = any (pg_catalog.current_schemas(true))), false),
    exists (select from pg_catalog.pg_class as relation
            join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
            where namespace.nspname = 'prod_test_schema' and relation.relname = 'prod_test_data_registry'
                and pg_catalog.has_schema_privilege(namespace.oid, 'usage'))
"""
_CI = {"GITHUB_ACTIONS": "GitHub Actions", "GITLAB_CI": "GitLab CI", "CI": "CI"}
_COMMITS = ("GITHUB_SHA", "CI_COMMIT_SHA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A target that files can run on. ``registers``: tests can register there what they commit."""

    environment: Environment
    preparation: Preparation
    registers: bool = False
    warnings: tuple[Warned, ...] = ()


def prepare(target: Target, choice: PgtapChoice, environ: Mapping[str, str]) -> Prepared:
    """Reach the target and see to it that pgTAP is there, or comes along with each session.

    Raises:
        Unavailable: no connection, or no pgTAP.
    """
    with connect(target, application="pgassay prepare") as connection:
        pgtap = ensure(
            connection,
            how=choice.use.value,
            schema=choice.schema,
            source=choice.source,
        )
        version, database, role, path, on_path, registers = _facts(connection, pgtap)
        setters = find_setters(connection)
    preparation = Preparation(
        search_path="" if on_path or pgtap.sql else f'{path}, "{pgtap.schema}"',
        pgtap_sql=pgtap.sql or "",
        setters=setters,
    )
    environment = Environment(
        target=target.shown,
        server_version=version,
        database=database,
        role=role,
        pgtap=pgtap.version,
        client=f"pgassay {__version__}",
        host=platform.node(),
        commit=next((environ[name] for name in _COMMITS if environ.get(name)), ""),
        ci=next((label for name, label in _CI.items() if environ.get(name)), ""),
        production=target.production,
    )
    return Prepared(
        environment=environment,
        preparation=preparation,
        registers=registers,
        warnings=_warnings(pgtap, database),
    )


def _facts(connection: Connection, pgtap: Pgtap) -> tuple[str, str, str, str, bool, bool]:
    row = connection.execute(_FACTS, {"schema": pgtap.schema}).fetchone()
    assert row is not None  # a select without a from clause has one row
    return str(row[0]), str(row[1]), str(row[2]), str(row[3]), bool(row[4]), bool(row[5])


def _warnings(pgtap: Pgtap, database: str) -> tuple[Warned, ...]:
    if pgtap.how not in ("extension", "plain"):
        return ()
    kind = "as an extension" if pgtap.how == "extension" else "as plain objects"
    sentence = f"pgTAP {pgtap.version} was missing in {database} and was installed {kind} in {pgtap.schema}."
    return (Warned(sentence=sentence, remedy='To install nothing, set pgtap = "ephemeral".'),)
