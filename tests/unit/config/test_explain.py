import subprocess
import sys
from pathlib import Path

from pgassay.config.load import load

FILE = """
[suite]
timeout = "1min"
paths = ["a", "b"]
strict = true
[suite.variables]
tenant = 1
api_token = "t0ps3cret"
[store]
url = "postgresql://u:hunter2@s.example/m"
[targets.ci]
url = "postgresql://u:${CI_PASSWORD}@ci.example/m"
[targets.odd]
url = "nonsense"
"""


def explained(folder: Path, environ: dict[str, str]) -> dict[str, tuple[str, str]]:
    (folder / "pgassay.toml").write_text(FILE, encoding="utf-8")
    return {each.key: (each.value, each.origin) for each in load(cwd=folder, environ=environ).explained}


def test_says_what_holds_and_why(tmp_path: Path) -> None:
    found = explained(tmp_path, {"PRODUCTION_DB_URL": "postgresql://u:hunter2@p.example/m"})
    file = f"{tmp_path}/pgassay.toml"

    assert found["suite.timeout"] == ("60 s", f"{file}:3")
    assert found["suite.paths"] == ("a, b", f"{file}:4")
    assert found["suite.strict"] == ("true", f"{file}:5")
    assert found["suite.jobs"] == ("not set", "default")
    assert found["suite.variables"] == ("api_token=***, tenant=1", f"{file}:6")
    assert found["store.url"] == ("user=u dbname=m host=s.example", f"{file}:10")
    assert found["targets.ci.url"] == ("(needs the variable CI_PASSWORD)", f"{file}:12")
    assert found["targets.odd.url"] == ("(not a valid URL or conninfo string)", f"{file}:14")
    assert found["targets.production.url"][0] == "user=u dbname=m host=p.example"
    assert found["targets.production.production"] == ("true", "environment PRODUCTION_DB_URL")


def test_never_shows_a_secret(tmp_path: Path) -> None:
    environ = {"PRODUCTION_DB_URL": "postgresql://u:hunter2@p.example/m", "CI_PASSWORD": "letmein"}
    (tmp_path / "pgassay.toml").write_text(FILE, encoding="utf-8")
    settings = load(cwd=tmp_path, environ=environ)

    for text in (str(settings.explained), repr(settings), str(settings)):
        assert not any(secret in text for secret in ("hunter2", "letmein", "t0ps3cret"))


def test_loading_settings_imports_no_driver(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from pgassay.config.load import load;"
        f"load(cwd=Path({str(tmp_path)!r}), environ={{}}); print('psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
