"""pgTAP files as pytest items: ``pytest tests/db`` runs them, one subtest an assertion.

A ``.sql`` or ``.pg`` file is collected when it plans and prints TAP, that is when it calls ``plan``,
``no_plan`` or ``runtests``; names that begin with ``_`` are left alone. The target is what the fixture
``pgassay_target`` gives, so a project that starts its own server overrides that fixture; by default it is
``--pgassay-target``, else the settings' own.

Everything heavy is imported when the first file runs: the plug-in is loaded into every pytest session.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pgassay.flows.test.one_file import FileRunner
    from pgassay.model.assertion import Assertion
    from pgassay.model.suite import FileResult, Problem

_SUFFIXES = (".sql", ".pg")
_TEST = re.compile(rb"\b(?:plan|no_plan|runtests)\s*\(", re.IGNORECASE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our options."""
    group = parser.getgroup("pgassay", "pgTAP files")
    group.addoption("--pgassay-target", metavar="NAME|URL", help="the database for pgTAP files")
    group.addoption("--pgassay-config", metavar="FILE", type=Path, help="the settings file to use")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "SqlFile | None":
    """Collect a file that is a pgTAP test."""
    if file_path.suffix.lower() not in _SUFFIXES or file_path.name.startswith("_"):
        return None
    return SqlFile.from_parent(parent, path=file_path) if _TEST.search(file_path.read_bytes()) else None


class SqlFile(pytest.File):
    """A pgTAP file."""

    def collect(self) -> Iterator[pytest.Function]:
        """Give the one item that a file is: what it prints is known only when it has run."""

        def run(pgassay_runner: "FileRunner", subtests: Any) -> None:  # noqa: ANN401 - pytest's own
            with _sentences():
                result = pgassay_runner.run(_shown(self.path))
            _tell(result, subtests)

        yield pytest.Function.from_parent(self, name="pgtap", callobj=run)


@pytest.fixture(scope="session")
def pgassay_target(request: pytest.FixtureRequest) -> str | None:
    """The database that pgTAP files run on, a name or a URL; ``None`` is the settings' default."""
    given: str | None = request.config.getoption("--pgassay-target")
    return given


@pytest.fixture(scope="session")
def pgassay_runner(request: pytest.FixtureRequest, pgassay_target: str | None) -> "Iterator[FileRunner]":
    """What runs the files, over one session that stays warm."""
    from pgassay.config.load import load
    from pgassay.flows.test.one_file import FileRunner

    config_file = request.config.getoption("--pgassay-config")
    with _sentences():
        settings = load(cwd=Path.cwd(), environ=os.environ, config_file=config_file)
        target = settings.target(pgassay_target)
    with FileRunner(settings, target, os.environ) as runner:
        yield runner


@contextmanager
def _sentences() -> Iterator[None]:
    """Fail with the sentence of an error alone: a traceback would show what is in a URL."""
    from pgassay.model.errors import PgassayError

    try:
        yield
    except PgassayError as error:
        said = "\n".join(filter(None, (error.sentence, error.remedy)))
    else:
        return
    pytest.fail(said, pytrace=False)


def _tell(result: "FileResult", subtests: Any) -> None:  # noqa: ANN401 - pytest's own
    """Report a result: a subtest an assertion, then what was wrong with the file as a whole."""
    from pgassay.model.suite import Outcome, Trouble

    if result.outcome in (Outcome.SKIPPED, Outcome.NEEDS_ROLLBACK):
        pytest.skip(result.skip_reason or "the file skips itself")
    for assertion in result.assertions:
        with subtests.test(msg=f"{assertion.position} {assertion.description}".rstrip()):
            _judge(assertion)
    rest = [each for each in result.problems if each.trouble is not Trouble.FAILED_TESTS]
    if rest:
        pytest.fail("\n".join(_sentence(each) for each in rest), pytrace=False)


def _judge(assertion: "Assertion") -> None:
    if assertion.skipped:
        pytest.skip(assertion.reason or "skipped")
    if assertion.todo and not assertion.ok:
        pytest.xfail(assertion.reason or "to do")
    if not assertion.passed:
        where = f"{assertion.place}: " if assertion.place else ""
        pytest.fail("\n".join((f"{where}{assertion.description}", *assertion.diagnostics)), pytrace=False)


def _sentence(problem: "Problem") -> str:
    where = f"{problem.place}: " if problem.place else ""
    return "\n".join((f"{where}{problem.message}", *problem.detail))


def _shown(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
