"""Builds the settings from their sources, in rising priority.

Defaults, the settings file, the environment, the flags. An unknown key, or a value that does not fit,
is an error that says where it stands. What each setting means is said by the engine that owns it.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pgassay.config import sources
from pgassay.config.catalogue import CHECKS, PRODUCTION_VARIABLE, SECTIONS, TARGETS, known_settings, unknown
from pgassay.config.draft import Assignment, Draft
from pgassay.config.settings import PRODUCTION_TARGET, Settings
from pgassay.config.sources import SettingsFile
from pgassay.model.errors import UsageError


def load(
    *,
    cwd: Path,
    environ: Mapping[str, str],
    config_file: Path | None = None,
    flags: Mapping[str, object] | None = None,
) -> Settings:
    """Build the settings.

    ``flags`` maps settings to what the command line gave, each named by its key in a settings file or by
    section and attribute (``suite.timeout`` or ``suite.timeout_s``); ``None`` and an empty list mean that
    the flag was not given. Without ``config_file`` the nearest ``pgassay.toml``, or
    ``pyproject.toml`` with a ``[tool.pgassay]`` table, counts, going upwards from ``cwd``.

    Raises:
        UsageError: a file cannot be read, a key is unknown, or a value does not fit.
    """
    file = sources.read(cwd / config_file) if config_file else sources.find(cwd)
    draft = Draft(environ)
    if file is not None:
        folder = os.path.relpath(file.path.parent, cwd)
        for each in _from_file(file):
            draft.take(each, folder=folder)
    for each in (*_from_environment(environ), *_from_flags(flags or {})):
        draft.take(each)
    return draft.finish(file=file.path if file else None)


def _from_file(file: SettingsFile) -> Iterator[Assignment]:
    for section, table in file.table.items():
        if section == TARGETS:
            for name, target in _table(file, (section,), table):
                yield Assignment(key=(section, name), value=None, origin=file.place(section, name))
                yield from _assignments(file, (section, name), target)
        elif section in SECTIONS:
            for each in _assignments(file, (section,), table):
                if section == CHECKS and isinstance(each.value, dict):
                    yield from _assignments(file, each.key, each.value)
                else:
                    yield each
        else:
            raise unknown((section,), origin=file.place(section))


def _assignments(file: SettingsFile, keys: tuple[str, ...], table: object) -> Iterator[Assignment]:
    for key, value in _table(file, keys, table):
        yield Assignment(key=(*keys, key), value=value, origin=file.place(*keys, key))


def _table(file: SettingsFile, keys: tuple[str, ...], table: object) -> Iterator[tuple[str, object]]:
    if not isinstance(table, dict):
        raise UsageError(f"[{'.'.join(keys)}] in {file.place(*keys)} is no table of settings.")
    yield from table.items()


def _from_environment(environ: Mapping[str, str]) -> Iterator[Assignment]:
    if url := environ.get(PRODUCTION_VARIABLE):
        origin = f"environment {PRODUCTION_VARIABLE}"
        yield Assignment(key=(TARGETS, PRODUCTION_TARGET, "url"), value=url, origin=origin, literal=True)
        yield Assignment(key=(TARGETS, PRODUCTION_TARGET, "production"), value=True, origin=origin)
    for key, setting in known_settings().items():
        if setting.environment and environ.get(setting.environment):
            yield Assignment(
                key=tuple(key.split(".")),
                value=environ[setting.environment],
                origin=f"environment {setting.environment}",
            )


def _from_flags(flags: Mapping[str, object]) -> Iterator[Assignment]:
    known = known_settings()
    keys = {f"{key.partition('.')[0]}.{setting.name}": key for key, setting in known.items()}
    for given, value in flags.items():
        if value is None or value in ([], ()):
            continue
        key = keys.get(given, given)
        flag = known[key].flag if key in known else ""
        yield Assignment(
            key=tuple(key.split(".")), value=value, origin=f"flag {flag}" if flag else "command line"
        )
