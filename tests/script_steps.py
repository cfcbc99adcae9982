"""Reads a psql script to its end as an engine would that sends nothing."""

from collections.abc import MutableMapping

from pgassay.parse.psql.includes import resolve
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import ClientCopy, Print, Query, Step

PATH = "tests/script.sql"


def reader_of(
    text: str,
    *,
    variables: MutableMapping[str, str] | None = None,
    files: MutableMapping[str, str] | None = None,
    path: str = PATH,
) -> ScriptReader:
    """Give a reader whose included files are those of a mapping by resolved path."""

    def open_file(name: str, relative_to: str | None) -> str:
        found = resolve(name, relative_to)
        if files is None or found not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return files[found]

    return ScriptReader(
        text, path=path, variables={} if variables is None else variables, open_file=open_file
    )


def steps_of(
    text: str,
    *,
    variables: MutableMapping[str, str] | None = None,
    files: MutableMapping[str, str] | None = None,
    path: str = PATH,
) -> list[Step]:
    """Read all steps; the data of a COPY … FROM STDIN is passed. Raises ScriptError."""
    reader = reader_of(text, variables=variables, files=files, path=path)
    return list(remaining_steps(reader))


def remaining_steps(reader: ScriptReader) -> list[Step]:
    """Read what is left. Raises ScriptError."""
    steps = []
    while (step := reader.next_step()) is not None:
        steps.append(step)
        if wants_data(step):
            reader.copy_data()
    return steps


def wants_data(step: Step) -> bool:
    """Tell whether the server would ask for data that stands in the script."""
    if isinstance(step, ClientCopy):
        return step.source == "stdin"
    return isinstance(step, Query) and step.keyword == "COPY" and "from stdin" in step.text.lower()


def texts_of(
    text: str,
    *,
    variables: MutableMapping[str, str] | None = None,
    files: MutableMapping[str, str] | None = None,
) -> list[str]:
    """Read the texts of all queries."""
    steps = steps_of(text, variables=variables, files=files)
    return [step.text for step in steps if isinstance(step, Query)]


def printed(text: str, *, variables: MutableMapping[str, str] | None = None) -> str:
    """Read what the script prints itself, to either stream."""
    return "".join(step.text for step in steps_of(text, variables=variables) if isinstance(step, Print))


def error_of(text: str, *, files: MutableMapping[str, str] | None = None) -> ScriptError:
    """Read up to the ScriptError that must come."""
    try:
        steps = steps_of(text, files=files)
    except ScriptError as error:
        return error
    raise AssertionError(f"read to the end: {steps}")
