from collections.abc import Mapping
from pathlib import Path

import pytest

from pgassay.config.load import load
from pgassay.config.settings import Settings
from pgassay.model.errors import UsageError
from pgassay.model.execution import Engine, Isolation
from pgassay.suite.settings import PgtapUse

NOTHING: Mapping[str, str] = {}


def origin(settings: Settings, key: str) -> str:
    return next(each.origin for each in settings.explained if each.key == key)


def write(folder: Path, text: str, name: str = "pgassay.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_hold_where_nothing_is_said(tmp_path: Path) -> None:
    suite = load(cwd=tmp_path, environ=NOTHING).suite

    assert (suite.timeout_s, suite.run_timeout_s, suite.retries, suite.strict) == (600.0, None, 0, False)
    assert (suite.isolation, suite.engine, suite.pgtap) == (Isolation.SHARED, Engine.AUTO, PgtapUse.AUTO)


def test_every_setting_can_be_written(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
        [suite]
        paths = ["db/tests"]
        exclude = ["_*.sql"]
        critical = "db/tests/rls/*.sql"
        jobs = 4
        timeout = "2min"
        run_timeout = 3600
        isolation = "clone"
        engine = "native"
        strict = true
        retries = 2
        pgtap = "plain"
        pgtap_schema = "tap"
        pgtap_source = "vendor/pgtap.sql"
        variables = { tenant = 7, name = "Ann", on = true }
        [store]
        enabled = false
        url = "postgresql://store.example/memory"
        [report]
        formats = ["terminal", "junit:out/report.xml"]
        """,
    )
    settings = load(cwd=tmp_path, environ=NOTHING)

    suite = settings.suite
    assert suite.paths == ("db/tests",)
    assert suite.exclude == ("_*.sql",)
    assert suite.critical == ("db/tests/rls/*.sql",)
    assert (suite.jobs, suite.timeout_s, suite.run_timeout_s) == (4, 120.0, 3600.0)
    assert (suite.isolation, suite.engine) == (Isolation.CLONE, Engine.NATIVE)
    assert (suite.strict, suite.retries) == (True, 2)
    assert (suite.pgtap, suite.pgtap_schema) == (PgtapUse.PLAIN, "tap")
    assert suite.pgtap_source == Path("vendor/pgtap.sql")
    assert suite.variables == (("name", "Ann"), ("on", "true"), ("tenant", "7"))
    assert settings.store.enabled is False
    assert settings.store.url == "postgresql://store.example/memory"
    assert settings.report.formats == ("terminal", "junit:out/report.xml")
    assert settings.file == tmp_path / "pgassay.toml"


def test_each_source_beats_the_one_before(tmp_path: Path) -> None:
    write(tmp_path, "[suite]\njobs = 2\ntimeout = 20\nretries = 1\n")
    environ = {"PARALLEL_JOBS": "5", "TEST_TIMEOUT": "90s"}

    settings = load(cwd=tmp_path, environ=environ, flags={"suite.jobs": 8, "suite.retries": None})

    assert (settings.suite.jobs, origin(settings, "suite.jobs")) == (8, "flag --jobs")
    assert (settings.suite.timeout_s, origin(settings, "suite.timeout")) == (90.0, "environment TEST_TIMEOUT")
    assert (settings.suite.retries, origin(settings, "suite.retries")) == (1, f"{tmp_path}/pgassay.toml:4")
    assert origin(settings, "suite.strict") == "default"


def test_flags_may_be_named_as_the_program_names_them(tmp_path: Path) -> None:
    settings = load(cwd=tmp_path, environ=NOTHING, flags={"suite.timeout_s": "5s", "suite.run_timeout": 7})

    assert (settings.suite.timeout_s, settings.suite.run_timeout_s) == (5.0, 7.0)
    assert origin(settings, "suite.timeout") == "flag --timeout"


def test_flags_that_were_not_given_say_nothing(tmp_path: Path) -> None:
    write(tmp_path, "[suite]\npaths = ['a']\njobs = 2\n[report]\nformats = ['tap']\n")
    flags: dict[str, object] = {"suite.paths": (), "suite.jobs": None, "report.formats": []}

    settings = load(cwd=tmp_path, environ=NOTHING, flags=flags)

    assert (settings.suite.paths, settings.suite.jobs, settings.report.formats) == (("a",), 2, ("tap",))


def test_variables_of_the_file_and_of_the_command_line_add_up(tmp_path: Path) -> None:
    write(tmp_path, "[suite.variables]\nscale = 10\ntenant = 'a'\n")

    settings = load(cwd=tmp_path, environ=NOTHING, flags={"suite.variables": ["tenant=b=c", "empty="]})

    assert settings.suite.variables == (("empty", ""), ("scale", "10"), ("tenant", "b=c"))


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    write(tmp_path, "[suite]\nretries = 1\n")
    write(tmp_path / "a", "[suite]\nretries = 2\n")
    (tmp_path / "a" / "b").mkdir()

    assert load(cwd=tmp_path / "a" / "b", environ=NOTHING).suite.retries == 2


def test_pyproject_counts_where_it_speaks_of_pgassay(tmp_path: Path) -> None:
    write(tmp_path, "[tool.pgassay.suite]\nretries = 3\n", name="pyproject.toml")
    write(tmp_path / "a", "[project]\nname = 'other'\n", name="pyproject.toml")

    settings = load(cwd=tmp_path / "a", environ=NOTHING)

    assert settings.suite.retries == 3
    assert origin(settings, "suite.retries") == f"{tmp_path}/pyproject.toml:2"


def test_paths_of_a_file_are_relative_to_it(tmp_path: Path) -> None:
    file = write(
        tmp_path / "db",
        """
        [suite]
        paths = ["tests", "../more/*.sql"]
        exclude = ["setup", "*_setup.sql"]
        critical = ["tests/rls/*.sql"]
        pgtap_source = "p.sql"
        """,
    )

    suite = load(cwd=tmp_path, environ=NOTHING, config_file=file).suite

    assert suite.paths == ("db/tests", "more/*.sql")
    assert suite.pgtap_source == Path("db/p.sql")
    assert suite.exclude == ("setup", "*_setup.sql"), "a pattern fits at any depth, so it stays as it is"
    assert suite.critical == ("tests/rls/*.sql",)


@pytest.mark.parametrize(
    ("text", "sentence", "remedy"),
    [
        ("[suite]\njobs = 1\nretires = 2\n", "Unknown setting suite.retires ({file}:3).", "suite.retries?"),
        ("jobs = 2\n", "Unknown setting jobs ({file}:1).", "suite.jobs?"),
        ("[suit]\njobs = 2\n", "Unknown setting suit ({file}:1).", "suite?"),
        ("[targets.a]\nurk = 'x'\n", "Unknown setting targets.a.urk ({file}:2).", "targets.a.url?"),
        ("[suite]\nzebra = 2\n", "Unknown setting suite.zebra ({file}:2).", "config --explain"),
        ("[suite]\njobs = 0\n", "suite.jobs is 0 ({file}:2); expected a whole number of at least 1.", ""),
        (
            "[suite]\njobs = true\n",
            "suite.jobs is True ({file}:2); expected a whole number of at least 1.",
            "",
        ),
        (
            "[suite]\nstrict = 'perhaps'\n",
            "suite.strict is 'perhaps' ({file}:2); expected true or false.",
            "",
        ),
        (
            "[suite]\n\nisolation = 'clones'\n",
            "suite.isolation is 'clones' ({file}:3); expected one of shared, clone.",
            "",
        ),
        ("[suite]\ntimeout = true\n", "suite.timeout is True ({file}:2); expected a time such as 30s", ""),
        ("[suite]\npaths = [1]\n", "suite.paths is [1] ({file}:2); expected a list of paths or globs.", ""),
        (
            "[suite.variables]\n'a b' = 1\n",
            "suite.variables is {{'a b': 1}} ({file}:1); expected a table of NAME = VALUE",
            "",
        ),
        ("suite = 3\n", "[suite] in {file}:1 is no table of settings.", ""),
        ("[targets]\nx = 3\n", "[targets.x] in {file}:2 is no table of settings.", ""),
        ("[suite\n", "The settings file {file} is not valid TOML:", ""),
        (
            "[store]\nurl = 3\n",
            "store.url does not fit ({file}:2); expected a PostgreSQL URL or conninfo string.",
            "",
        ),
        (
            "[targets.production]\nproduction = false\n",
            "The target named production is always protected ({file}:2).",
            "",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, sentence: str, remedy: str) -> None:
    file = write(tmp_path, text)

    with pytest.raises(UsageError) as caught:
        load(cwd=tmp_path, environ=NOTHING)

    assert caught.value.sentence.startswith(sentence.format(file=file))
    assert remedy in caught.value.remedy


def test_a_bad_variable_of_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"suite\.timeout is 'long' \(environment TEST_TIMEOUT\); expected a time"
    ):
        load(cwd=tmp_path, environ={"TEST_TIMEOUT": "long"})


def test_a_bad_flag_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"suite\.variables is \['a'\] \(flag --set\)"):
        load(cwd=tmp_path, environ=NOTHING, flags={"suite.variables": ["a"]})


def test_a_settings_file_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Cannot read the settings file .*nowhere\.toml: No such file"):
        load(cwd=tmp_path, environ=NOTHING, config_file=Path("nowhere.toml"))


def test_a_settings_file_must_be_utf8(tmp_path: Path) -> None:
    (tmp_path / "pgassay.toml").write_bytes(b"[suite]\n# \xff\n")
    with pytest.raises(UsageError, match="is not UTF-8"):
        load(cwd=tmp_path, environ=NOTHING)


def test_workers_share_a_database_only_when_told_to(tmp_path: Path) -> None:
    def workers(**flags: object) -> int:
        given = {f"suite.{key}": value for key, value in flags.items()}
        return load(cwd=tmp_path, environ=NOTHING, flags=given).suite.workers

    assert workers() == 1
    assert workers(isolation="clone") == 3
    assert workers(isolation="shared", jobs=4) == 4
    assert workers(isolation="clone", jobs=2) == 2
