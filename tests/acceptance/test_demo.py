"""The whole story of the CRM in one go, as somebody sees it who just installed pgassay."""

import re
import subprocess
import sys
from pathlib import Path

from fix_suite import clean_environment
from pgassay.model.exits import Exit


def test_the_whole_story_is_told(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "pgassay", "demo", "--report", "page.html"]
    environment = clean_environment() | {"NO_COLOR": "1"}
    done = subprocess.run(
        words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == Exit.OK, done.stderr
    assert "It goes up, comes back to where it was, and goes up again." in done.stderr
    assert "0014_reporting is applied." in done.stderr
    assert "0 differ from the baseline" in done.stderr
    assert "7 statements, 0 regressions" in done.stderr
    assert "HEALTHY" in done.stderr
    assert "drill a recovery" in done.stderr
    (lost,) = re.findall(r"Lose rows.*: (\d+) interactions are gone", done.stderr)
    assert re.search(
        rf"Roll back .*: crm is the restored backup now; .* {lost} interactions are there\.", done.stderr
    )
    assert "CRITICAL, The database was rolled back to a backup" in done.stderr
    assert done.stderr.count("HEALTHY") == 2
    assert "2,255 tests in 55 files" in done.stdout
    stands = {line[:14].strip() for line in done.stdout.split("\n\n")[-3].splitlines()}
    assert "not met" not in stands
    for title in (
        "Tests pass",
        "Performance is",
        "Security is",
        "Everybody gets",
        "Migrations were",
        "Recovery was",
    ):
        (line,) = [each for each in done.stdout.splitlines() if title in each]
        assert line.startswith("met "), line
    assert (tmp_path / "page.html").stat().st_size > 100_000
