from datetime import date
from pathlib import Path

import pytest

from pgassay.checks.settings import GivenParameter, Waiver
from pgassay.config.load import load
from pgassay.model.errors import UsageError


def test_everything_that_checks_may_be_told(tmp_path: Path) -> None:
    (tmp_path / "pgassay.toml").write_text(
        """
        [checks]
        paths = ["db/checks"]
        ignored_schemas = ["audit"]
        timeout = "2s"
        [checks.mean_query_time]
        warning_ms = 50
        [[checks.ignore]]
        check = "table_bloat"
        object = "public.log*"
        reason = "written once"
        until = 2031-12-24
        [[checks.ignore]]
        check = "unused_indexes"
        reason = "new"
        until = "2031-01-01"
        """,
        encoding="utf-8",
    )
    settings = load(cwd=tmp_path, environ={})

    checks = settings.checks
    assert (checks.paths, checks.ignored_schemas, checks.timeout_s) == (("db/checks",), ("audit",), 2.0)
    assert checks.ignore == (
        Waiver(check="table_bloat", object="public.log*", reason="written once", until=date(2031, 12, 24)),
        Waiver(check="unused_indexes", object="*", reason="new", until=date(2031, 1, 1)),
    )
    (given,) = checks.parameters
    assert (given.check, given.name, given.value) == ("mean_query_time", "warning_ms", 50)
    assert "pgassay.toml" in given.origin
    explained = {each.key: each.value for each in settings.explained}
    assert explained["checks.mean_query_time.warning_ms"] == "50"
    assert explained["checks.ignore"].startswith("table_bloat public.log* until 2031-12-24")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('check = "a"\nreason = "r"', "Entry 1 has no 'until'"),
        ('check = "a"\nuntil = 2031-01-01', "Entry 1 has no 'reason'"),
        ('reason = "r"\nuntil = 2031-01-01', "Entry 1 has no 'check'"),
        ('check = "a"\nreason = " "\nuntil = 2031-01-01', "Entry 1 has no 'reason'"),
        ('check = "a"\nreason = "r"\nuntil = "soon"', "until 'soon' is no day"),
        ('check = "a"\nreason = "r"\nuntill = 2031-01-01', "a key 'untill'"),
    ],
)
def test_an_entry_to_ignore_has_a_reason_and_an_end(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "pgassay.toml").write_text(f"[[checks.ignore]]\n{text}\n", encoding="utf-8")

    with pytest.raises(UsageError) as caught:
        load(cwd=tmp_path, environ={})

    assert what in caught.value.sentence
    assert "pgassay.toml" in caught.value.sentence


def test_a_setting_that_there_is_not_is_named(tmp_path: Path) -> None:
    (tmp_path / "pgassay.toml").write_text('[checks]\nignored_schema = ["a"]\n', encoding="utf-8")

    with pytest.raises(UsageError) as caught:
        load(cwd=tmp_path, environ={})

    assert caught.value.remedy == "Did you mean checks.ignored_schemas?"


def test_a_table_of_a_check_is_kept_until_the_checks_are_known(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.pgassay.checks.any_name]\nx = [1, 2]\n", encoding="utf-8")

    (given,) = load(cwd=tmp_path, environ={}).checks.parameters

    assert isinstance(given, GivenParameter)
    assert (given.check, given.name, given.value) == ("any_name", "x", [1, 2])
