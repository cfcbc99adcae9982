from collections.abc import Mapping
from pathlib import Path

import pytest

from pgassay.config.load import load
from pgassay.config.settings import Settings
from pgassay.model.errors import UsageError
from pgassay.suite.settings import PgtapUse

FILE = """
[suite]
pgtap_schema = "extensions"
[targets.default]
url = "postgresql://ann:${DB_PASSWORD}@db.example:5433/crm"
[targets.live]
url = "host=live.example dbname=crm password=hunter2"
production = true
pgtap = "ephemeral"
[targets.plain]
"""


@pytest.fixture(autouse=True)
def _no_pg_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE", "PGHOSTADDR"):
        monkeypatch.delenv(name, raising=False)


def settings(tmp_path: Path, environ: Mapping[str, str] | None = None, text: str = FILE) -> Settings:
    (tmp_path / "pgassay.toml").write_text(text, encoding="utf-8")
    return load(cwd=tmp_path, environ=environ or {})


def test_the_default_target_is_the_one_of_that_name(tmp_path: Path) -> None:
    target = settings(tmp_path, {"DB_PASSWORD": "s3cret"}).target()

    assert target.name == "default"
    assert "s3cret" in target.conninfo
    assert target.shown == "user=ann dbname=crm host=db.example port=5433"


def test_without_one_libpq_decides(tmp_path: Path) -> None:
    target = settings(tmp_path, text="").target()

    assert (target.name, target.conninfo, target.production) == ("default", "", False)


def test_a_name_a_url_and_a_conninfo_string_are_told_apart(tmp_path: Path) -> None:
    known = settings(tmp_path)

    assert known.target("live").production
    assert known.target("plain").conninfo == ""
    assert known.target("postgresql://db.example/x").shown == "dbname=x host=db.example"
    assert known.target("dbname=y").conninfo == "dbname=y"


def test_an_unknown_name_is_an_error_that_knows_better(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no target named 'life'") as caught:
        settings(tmp_path).target("life")
    assert "Did you mean 'live'?" in caught.value.remedy
    with pytest.raises(UsageError) as caught:
        settings(tmp_path, text="").target("crm")
    assert "Known targets: none." in caught.value.remedy
    assert "'dbname=crm'" in caught.value.remedy


def test_a_missing_variable_matters_only_to_who_needs_it(tmp_path: Path) -> None:
    known = settings(tmp_path)

    assert known.target("live").name == "live"
    with pytest.raises(UsageError, match=r"targets\.default\.url needs the environment variable DB_PASSWORD"):
        known.target()


def test_an_empty_variable_is_a_missing_one(tmp_path: Path) -> None:
    """CI makes one of a secret that there is not. With an empty URL it would be the database of PG*."""
    known = settings(tmp_path, {"PROD": ""}, text='[targets.production]\nurl = "${PROD}"\n')
    with pytest.raises(UsageError, match=r"targets\.production\.url needs the environment variable PROD"):
        known.target("production")


def test_production_comes_from_the_environment_and_is_always_protected(tmp_path: Path) -> None:
    known = settings(tmp_path, {"PRODUCTION_DB_URL": "postgresql://app:p$${X}w@prod.example/crm"})
    target = known.target("production")

    assert target.production
    assert target.shown == "user=app dbname=crm host=prod.example"
    assert "p$${X}w" in target.conninfo


def test_the_name_production_is_enough(tmp_path: Path) -> None:
    assert settings(tmp_path, text="[targets.production]\nurl = 'dbname=crm'").target("production").production


def test_a_production_target_without_its_variable_stands_in_nobodys_way(tmp_path: Path) -> None:
    text = "[targets.live]\nurl = 'postgresql://${ABSENT}/crm'\nproduction = true"
    assert not settings(tmp_path, text=text).target("dbname=test").production


def test_a_url_to_a_production_database_is_production(tmp_path: Path) -> None:
    known = settings(tmp_path, {"PRODUCTION_DB_URL": "postgresql://prod.example/crm"})

    assert known.target("postgresql://other@prod.example:5432/crm").production
    assert known.target("host=live.example dbname=crm").production
    assert not known.target("postgresql://prod.example/other").production
    assert not known.target("postgresql://prod.example:5433/crm").production


def test_the_pg_variables_may_lead_to_production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "live.example")
    monkeypatch.setenv("PGDATABASE", "crm")

    assert settings(tmp_path).target("plain").production


def test_a_bad_url_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        settings(tmp_path).target("postgresql://ann:hunter2@[::1/db")
    assert "hunter2" not in str(caught.value) + caught.value.remedy


def test_a_target_says_how_it_gets_pgtap(tmp_path: Path) -> None:
    known = settings(tmp_path)

    live, plain = known.pgtap(known.target("live")), known.pgtap(known.target("plain"))
    assert (live.use, live.schema) == (PgtapUse.EPHEMERAL, "extensions")
    assert (plain.use, plain.schema) == (PgtapUse.AUTO, "extensions")


def test_runs_are_recorded_in_the_target_unless_told_otherwise(tmp_path: Path) -> None:
    known = settings(tmp_path)
    target = known.target("plain")
    assert known.store_target(target) == target

    elsewhere = settings(tmp_path, {"STORE": "memory.example"}, '[store]\nurl = "postgresql://${STORE}/m"')
    found = elsewhere.store_target(target)
    assert found is not None
    assert found.shown == "dbname=m host=memory.example"

    with pytest.raises(UsageError, match=r"store\.url needs the environment variable STORE"):
        settings(tmp_path, text='[store]\nurl = "postgresql://${STORE}/m"').store_target(target)
    assert settings(tmp_path, text="[store]\nenabled = false").store_target(target) is None
