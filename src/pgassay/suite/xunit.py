"""xUnit-style tests: functions in the database that pgTAP's ``runtests`` runs, as one script."""

from dataclasses import dataclass

from pgassay.model.suite import TestFile
from pgassay.suite.script import Script
from pgassay.suite.session import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class XUnit:
    """Which functions: those of ``schema`` (any on the search path if empty) that ``match`` a pattern."""

    schema: str = ""
    match: str = ""

    @property
    def file(self) -> TestFile:
        """The call as a test file; its path is what is called."""
        return TestFile(path=self._call)

    @property
    def script(self) -> Script:
        """The text that is run."""
        return Script(self._call, f"select * from {self._call};\n")  # noqa: S608 - quoted below

    @property
    def _call(self) -> str:
        arguments = [f"{quoted(self.schema)}::name"] if self.schema else []
        if self.match:
            arguments.append(f"{quoted(self.match)}::text")
        return f"runtests({', '.join(arguments)})"
