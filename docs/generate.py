"""Writes docs/reference from the program itself: ``make docs``; a test compares, so the pages stay true."""

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast, get_args

import typer

import pgassay.report.checks.formats
import pgassay.report.formats
from pgassay.checks.load import builtin
from pgassay.cli.main import app
from pgassay.config.catalogue import PRODUCTION_VARIABLE, documented_settings
from pgassay.config.explain import shown
from pgassay.migrate.catalogue import all_hazards
from pgassay.model.check import Area, CheckInfo
from pgassay.model.events.access import AccessEvent
from pgassay.model.events.check import CheckEvent
from pgassay.model.events.migrate import MigrationEvent
from pgassay.model.events.mutate import MutationEvent
from pgassay.model.events.recovery import RecoveryEvent
from pgassay.model.events.rollback import RollbackEvent
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.exits import Exit
from pgassay.model.migrate import Outcome as MigrationOutcome
from pgassay.model.migrate import Step
from pgassay.model.migration_plan import Severity
from pgassay.model.mutate import Verdict
from pgassay.model.setting import Setting
from pgassay.model.suite import Outcome, Trouble
from pgassay.mutate.kinds import all_kinds

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Written by docs/generate.py from the program itself: change it there, then `make docs`. -->"


def settings_page() -> Iterator[str]:
    """Every setting, by section."""
    yield "# Settings"
    yield (
        "Settings come, in rising priority, from their defaults, from the nearest `pgassay.toml` (or the "
        "`[tool.pgassay]` table of `pyproject.toml`) going upwards from the working directory or from the "
        "file given with `--config`, from the environment, and from the command line. Paths in a settings "
        "file are relative to that file. `pgassay config --explain` says where each value came from. An "
        "unknown key is an error."
    )
    sections: dict[str, list[str]] = {}
    for key, setting in documented_settings().items():
        sections.setdefault(key.rpartition(".")[0], []).append(_setting_row(setting))
    for section, rows in sections.items():
        yield f"## `[{section}]`"
        head = "| key | what it says | value | default | environment | flag |\n|---|---|---|---|---|---|"
        yield "\n".join((head, *rows))
    yield (
        f"The environment variable `{PRODUCTION_VARIABLE}` is the URL of the target named `production`, "
        "which is always protected as a production database. In `url`, `${NAME}` stands for an environment "
        "variable; what it holds goes in as it is, so a password with special characters must be "
        "percent-encoded there."
    )


def _setting_row(setting: Setting) -> str:
    default = shown(setting.default, setting.kind)
    cells = (
        f"`{setting.key}`",
        setting.help,
        setting.kind.expected,
        f"`{default}`" if default != "not set" else "–",
        f"`{setting.environment}`" if setting.environment else "–",
        f"`{setting.flag}`" if setting.flag else "–",
    )
    return _row(*cells)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def exit_codes_page() -> Iterator[str]:
    """Every exit code."""
    yield "# Exit codes"
    yield "A refusal is never 0, and neither is a run that executed nothing."
    rows = [f"| `{member.value}` | {text} |" for member, text in _member_docs(Exit)]
    yield "\n".join(("| code | meaning |\n|---|---|", *rows))


def formats_page() -> Iterator[str]:
    """Every format of a report."""
    yield "# Formats"
    yield (
        "`pgassay test --format NAME` writes a report to standard output, `--format NAME:FILE` to a file. "
        "The option may be repeated. All formats tell of the same events."
    )
    yield from _formats(pgassay.report.formats, level="##")
    yield "## Formats of checks"
    yield "`pgassay checks run --format NAME`, and likewise `pgassay preflight`, know these."
    yield from _formats(pgassay.report.checks.formats, level="###")


def _formats(family: ModuleType, *, level: str) -> Iterator[str]:
    for each in pkgutil.iter_modules(family.__path__):
        module = importlib.import_module(f"{family.__name__}.{each.name}")
        yield f"{level} `{each.name}`"
        yield inspect.getdoc(module) or module.SUMMARY


def mutants_page() -> Iterator[str]:
    """Every kind of mutants, what can become of one, and the events of a check."""
    yield "# Mutants"
    yield "What `pgassay mutate` puts into clones of a database, and what it says of each."
    yield "## Kinds"
    rows = [_row(kind.section, f"`{kind.name}`", kind.title) for kind in all_kinds()]
    yield "\n".join(("| | kind | |\n|---|---|---|", *sorted(rows)))
    yield "## Verdicts"
    yield "\n".join(_bullets(Verdict))
    yield "## Events"
    yield inspect.cleandoc(sys.modules["pgassay.model.events.mutate"].__doc__ or "")
    yield from _events(get_args(MutationEvent))


def checks_page() -> Iterator[str]:
    """Every check of the catalogue, by its main area."""
    yield "# Checks"
    yield (
        "Every check of the catalogue. `pgassay checks show NAME` has its reason, its query and its examples."
        " A check may belong to more areas than the one that it is listed in; what it needs and is not there"
        " makes it *not verified*."
    )
    every = {each.name: each for each in reversed([check.info for check in builtin()])}
    for area in Area:
        found = sorted((each for each in every.values() if each.areas[0] is area), key=lambda each: each.name)
        if found:
            yield f"## {str(area).capitalize()}"
            yield "\n".join(
                ("| check | asks | level | needs | settings |\n|---|---|---|---|---|", *map(_check, found))
            )


def _check(check: CheckInfo) -> str:
    needs = ", ".join(str(each) for each in check.needs)
    given = ", ".join(f"`{each.name}`" for each in check.parameters)
    return _row(f"`{check.name}`", check.title, str(check.level), needs or "–", given or "–")


def hazards_page() -> Iterator[str]:
    """Every hazard of a migration, and the steps and ends of an operation."""
    yield "# Hazards of migrations"
    yield (
        "What `pgassay migrate plan` looks for in a file, with what it knows of the database. "
        "What is refused is not sent at all."
    )
    rows = [
        f"| `{name}` | {hazard.title} | {_first_line(hazard.judge.__module__)} |"
        for name, hazard in all_hazards().items()
    ]
    yield "\n".join(("| hazard | is | why |\n|---|---|---|", *rows))
    yield "## How much it matters"
    yield "\n".join(_bullets(Severity))
    yield "## Steps of an operation"
    yield "\n".join(_bullets(Step))
    yield "## How an operation ends"
    yield "\n".join(_bullets(MigrationOutcome))


def _first_line(module: str) -> str:
    return (sys.modules[module].__doc__ or "").partition("\n")[0]


def events_page() -> Iterator[str]:
    """Every event of a run, and the words that a result may use."""
    yield "# Events"
    yield inspect.cleandoc(sys.modules["pgassay.model.events.suite"].__doc__ or "")
    yield "The format `jsonl` writes each event as one line, its name in snake case under `event`."
    yield from _events(get_args(SuiteEvent), level="##")
    yield "## Events of checks"
    yield inspect.cleandoc(sys.modules["pgassay.model.events.check"].__doc__ or "")
    yield from _events(get_args(CheckEvent))
    yield "## Events of access checks"
    yield inspect.cleandoc(sys.modules["pgassay.model.events.access"].__doc__ or "")
    yield from _events(get_args(AccessEvent))
    yield "## Events of migrations"
    yield inspect.cleandoc(sys.modules["pgassay.model.events.migrate"].__doc__ or "")
    yield from _events(get_args(MigrationEvent))
    yield "## Events of backups and drills"
    yield inspect.cleandoc(sys.modules["pgassay.model.events.recovery"].__doc__ or "")
    yield from _events(get_args(RecoveryEvent))
    yield inspect.cleandoc(sys.modules["pgassay.model.events.rollback"].__doc__ or "")
    yield from _events(get_args(RollbackEvent))
    yield "## Outcomes of a file"
    yield "\n".join(_bullets(Outcome))
    yield "## What can be wrong with a file"
    yield "\n".join(_bullets(Trouble))


def _events(kinds: tuple[object, ...], *, level: str = "###") -> Iterator[str]:
    for event in kinds:
        assert isinstance(event, type) and is_dataclass(event)
        names = ", ".join(f"`{each.name}`" for each in fields(event))
        yield f"{level} `{event.__name__}`"
        yield f"{inspect.getdoc(event)}\n\nFields: {names}."


def commands_page() -> Iterator[str]:
    """Every command with its arguments and options."""
    yield "# Commands"
    yield (
        "Results go to standard output, everything else to standard error. With `--json` each command prints "
        "one document, which has a `format` with a version; what went wrong instead is "
        '`{"format": "pgassay.error/1", "error": {"sentence": …, "remedy": …, "exit": …}}`.'
    )
    for name, command in commands().items():
        words = [_value(each) for each in _visible(command) if not _is_option(each)]
        yield f"## `{' '.join((name, *words))}`"
        yield inspect.cleandoc(command.help or "").partition("\f")[0]
        rows = [(_spelling(each), " ".join((each.help or "").split())) for each in _visible(command)]
        if rows:
            yield "\n".join(("| | |\n|---|---|", *(_row(*cells) for cells in rows)))


class Parameter(Protocol):
    """An argument or option, as far as this page cares; Typer's own classes are private."""

    name: str
    opts: list[str]
    secondary_opts: list[str]
    metavar: str | None
    help: str | None
    hidden: bool
    required: bool
    nargs: int


class Command(Protocol):
    """A command, as far as this page cares."""

    params: list[Parameter]
    help: str | None
    hidden: bool


def commands() -> dict[str, Command]:
    """Give every visible command by its whole name, the program itself first."""
    found: dict[str, Command] = {}
    todo = [("pgassay", cast(Command, typer.main.get_command(app)))]
    while todo:
        name, command = todo.pop(0)
        found[name] = command
        inner: dict[str, Command] = getattr(command, "commands", {})
        todo += [(f"{name} {each}", inner[each]) for each in inner if not inner[each].hidden]
    return found


def options(command: Command) -> set[str]:
    """Give every spelling of the options of a command."""
    return {text for each in command.params for text in (*each.opts, *each.secondary_opts)} | {"--help"}


def _visible(command: Command) -> list[Parameter]:
    unsaid = {"help", "install_completion", "show_completion"}
    return [each for each in command.params if not each.hidden and each.name not in unsaid]


def _is_option(parameter: Parameter) -> bool:
    return parameter.opts[0].startswith("-")


def _value(parameter: Parameter) -> str:
    name = parameter.metavar or parameter.name.upper()
    if _is_option(parameter) or name.startswith("["):
        return name
    name = f"{name}…" if parameter.nargs == -1 else name
    return name if parameter.required else f"[{name}]"


def _spelling(parameter: Parameter) -> str:
    words = [f"`{text}`" for text in (*parameter.opts, *parameter.secondary_opts)]
    if not _is_option(parameter):
        return f"`{_value(parameter)}`"
    return ", ".join(words) + ("" if getattr(parameter, "is_flag", False) else f" `{_value(parameter)}`")


def _bullets(kind: type[Enum]) -> Iterator[str]:
    for member, text in _member_docs(kind):
        yield f"* `{member.value}`" + (f": {text}" if text else "")


def _member_docs(kind: type[Enum]) -> Iterator[tuple[Enum, str]]:
    """Give the members of an enumeration with the docstring that stands below each."""
    body = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(body, ast.ClassDef)
    docs: dict[str, str] = {}
    last = ""
    for node in body.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                last = name
            case ast.Expr(value=ast.Constant(value=str(text))) if last:
                docs[last] = text
    for member in kind:
        yield member, docs.get(member.name, "")


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "exit-codes.md": exit_codes_page,
    "formats.md": formats_page,
    "events.md": events_page,
    "mutants.md": mutants_page,
    "hazards.md": hazards_page,
    "checks.md": checks_page,
}


def render(name: str) -> str:
    """Give the text of a page."""
    title, *rest = PAGES[name]()
    return "\n\n".join((title, NOTE, *(part.replace("``", "`") for part in rest))) + "\n"


if __name__ == "__main__":
    for page in PAGES:
        (HERE / "reference" / page).write_text(render(page), encoding="utf-8")
