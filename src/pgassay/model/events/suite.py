"""The events of a run of test files, in the order in which they come.

``RunStarted`` first and ``RunFinished`` last, each exactly once, also when the run is interrupted. In
between, for each file: ``FileStarted``, ``AssertionFinished`` for each test line as it arrives, and
``FileFinished``. A file that is tried again starts again with a higher ``attempt``; its earlier
attempts end with ``FileRetried``. A file that never started has only ``FileFinished``. Files of
different workers interleave.
"""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.assertion import Assertion
from pgassay.model.evidence import RunEvidence
from pgassay.model.suite import FileResult, Run, TestFile


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """The plan is made, the target is reachable, the first file is about to start."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStarted:
    """A worker took up a file."""

    file: TestFile
    at: datetime
    worker: int
    attempt: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionFinished:
    """A test line arrived. Its diagnostics may still follow: the final word is in ``FileFinished``."""

    path: str
    assertion: Assertion


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRetried:
    """A file failed and will be tried again; ``result`` is that of the failed attempt."""

    result: FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinished:
    """The final result of a file."""

    result: FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something that the user should know and that changes no verdict."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished:
    """Nothing more will come.

    ``bail_out`` has the reason of a ``Bail out!`` line; ``interrupted`` is set by Ctrl-C or SIGTERM;
    ``out_of_time`` when the run's own time was used up. ``evidence`` closes the chain of a run that is safe
    on production.
    """

    at: datetime
    elapsed_s: float
    interrupted: bool = False
    out_of_time: bool = False
    bail_out: str | None = None
    evidence: RunEvidence | None = None


SuiteEvent = RunStarted | FileStarted | AssertionFinished | FileRetried | FileFinished | Warned | RunFinished
