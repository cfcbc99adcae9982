"""Run test files one by one, each when somebody asks for it: what other test runners build upon."""

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from pgassay.config.settings import Settings
from pgassay.flows.test.run import guard
from pgassay.model.execution import Isolation
from pgassay.model.suite import FileResult
from pgassay.pg.clock import now
from pgassay.pg.target import Target
from pgassay.suite.attempt import FileRun, Manner
from pgassay.suite.clones import Clones
from pgassay.suite.discover import discover
from pgassay.suite.ground import Ground
from pgassay.suite.hearing import Attempt
from pgassay.suite.prepare import Prepared, prepare
from pgassay.suite.script import read_script


class FileRunner:
    """Runs files on a target over one warm session. A context manager; leaving it closes everything."""

    def __init__(self, settings: Settings, target: Target, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._target = target
        self._environ = environ
        self._run: UUID = uuid4()
        self._stack = ExitStack()
        self._prepared: Prepared | None = None
        self._grounds: dict[Isolation, Ground] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def run(self, path: str) -> FileResult:
        """Run a file; whatever goes wrong with it is in its result.

        Raises:
            Unavailable: the target cannot be reached, or lacks what is needed.
            Refused: the target is production.
            UsageError: there is no such file, or its head makes no sense.
        """
        (file,) = discover([path], critical=(), exclude=())
        suite = self._settings.suite
        isolation = file.isolation or suite.isolation
        ground = self._ground(isolation)
        manner = Manner(engine=suite.engine, timeout_s=suite.timeout_s, variables=suite.variables)
        attempt = Attempt(file=file, started_at=now(), strict=suite.strict)
        run = FileRun(attempt, lambda: read_script(file.path), manner, ground.session(isolation))
        *_, result = run.perform()
        ground.used(isolation, committed=run.committed)
        assert isinstance(result, FileResult)  # perform() always ends with one
        return result

    def _ground(self, isolation: Isolation) -> Ground:
        if self._prepared is None:
            guard(self._target)
            self._prepared = prepare(self._target, self._settings.pgtap(self._target), self._environ)
        if isolation not in self._grounds:
            wanted = isolation is Isolation.CLONE
            clones = self._stack.enter_context(Clones(self._target, self._run, wanted=wanted))
            ground = Ground(len(self._grounds), self._target, self._prepared.preparation, clones)
            self._stack.callback(ground.close)
            self._grounds[isolation] = ground
        return self._grounds[isolation]
