"""Collects what the sources say, checks each value against its setting, and makes the settings of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pgassay.checks.settings import GivenParameter
from pgassay.config.catalogue import (
    CHECKS,
    SECTIONS,
    TARGET_SETTINGS,
    TARGETS,
    find_setting,
    known_settings,
    unknown,
)
from pgassay.config.expand import expand
from pgassay.config.explain import Explained, shown
from pgassay.config.settings import PRODUCTION_TARGET, NamedTarget, Settings, TargetSettings
from pgassay.model.errors import UsageError
from pgassay.model.setting import TEXT, VARIABLES, Kind, Setting, Unfit, settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One source giving one setting a value, as it was written. A ``literal`` one is not expanded."""

    key: tuple[str, ...]
    value: object
    origin: str
    literal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A value that fits. ``missing`` names the environment variable without which there is none."""

    value: object
    origin: str
    missing: str = ""


class Draft:
    """Settings in the making: later assignments win, except that variables add up."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._held: dict[str, _Held] = {}
        self._targets: set[str] = set()

    def take(self, given: Assignment, *, folder: str = ".") -> None:
        """Take a value; ``folder`` is the folder that its paths are relative to, seen from the user's.

        Raises:
            UsageError: there is no such setting, or the value does not fit it.
        """
        if given.key[0] == TARGETS:
            self._targets.add(given.key[1])
            if len(given.key) == 2:
                return
        key = ".".join(given.key)
        setting = find_setting(given.key)
        if setting is None:
            raise unknown(given.key, origin=given.origin)
        value = _rebased(_read(key, given, setting.kind), setting.kind, folder)
        if given.key == (TARGETS, PRODUCTION_TARGET, "production") and not value:
            raise UsageError(f"The target named production is always protected ({given.origin}).")
        if setting.kind.secret and not given.literal:
            self._held[key] = self._expanded(value, given.origin)
        elif setting.kind is VARIABLES and key in self._held:
            self._held[key] = _merged(self._held[key], _Held(value=value, origin=given.origin))
        else:
            self._held[key] = _Held(value=value, origin=given.origin)

    def finish(self, *, file: Path | None) -> Settings:
        """Make the settings of all that was taken."""
        store_url = self._held.get("store.url")
        sections = {section: self._filled(owner(), section) for section, owner in SECTIONS.items()}
        sections[CHECKS] = replace(sections[CHECKS], parameters=self._parameters())
        return Settings(
            **sections,
            targets=tuple(self._target(name) for name in sorted(self._targets)),
            store_missing=store_url.missing if store_url else "",
            file=file,
            explained=self._explained(),
        )

    def _expanded(self, value: object, origin: str) -> _Held:
        try:
            if isinstance(value, tuple):
                value = tuple(expand(str(each), self._environ) for each in value)
            else:
                value = expand(str(value), self._environ)
            return _Held(value=value, origin=origin)
        except KeyError as error:
            return _Held(value=None, origin=origin, missing=str(error.args[0]))

    def _parameters(self) -> tuple[GivenParameter, ...]:
        keys = [(key.split("."), held) for key, held in self._held.items()]
        return tuple(
            GivenParameter(check=key[1], name=key[2], value=held.value, origin=held.origin)
            for key, held in keys
            if key[0] == CHECKS and len(key) == 3
        )

    def _target(self, name: str) -> NamedTarget:
        prefix = f"{TARGETS}.{name}"
        settings: TargetSettings = self._filled(TargetSettings(), prefix)
        if name == PRODUCTION_TARGET:
            settings = replace(settings, production=True)
        url = self._held.get(f"{prefix}.url")
        return NamedTarget(name=name, settings=settings, missing=url.missing if url else "")

    def _filled(self, settings: Any, prefix: str) -> Any:  # noqa: ANN401 - whatever dataclass comes in goes out
        names = {f"{prefix}.{each.key}": each.name for each in settings_of(type(settings))}
        return replace(
            settings, **{name: self._held[key].value for key, name in names.items() if key in self._held}
        )

    def _explained(self) -> tuple[Explained, ...]:
        settings = known_settings()
        for name in sorted(self._targets):
            own = {f"{TARGETS}.{name}.{key}": each for key, each in TARGET_SETTINGS.items()}
            settings |= {key: each for key, each in own.items() if key in self._held}
        given = tuple(
            Explained(
                key=f"{CHECKS}.{each.check}.{each.name}", value=shown(each.value, TEXT), origin=each.origin
            )
            for each in self._parameters()
        )
        return tuple(self._explain(key, each) for key, each in settings.items()) + given

    def _explain(self, key: str, setting: Setting) -> Explained:
        held = self._held.get(key, _Held(value=setting.default, origin="default"))
        value = f"(needs the variable {held.missing})" if held.missing else shown(held.value, setting.kind)
        return Explained(key=key, value=value, origin=held.origin)


def _read(key: str, given: Assignment, kind: Kind[object]) -> object:
    try:
        return kind.read(given.value)
    except Unfit as error:
        raise UsageError(
            f"{key} ({given.origin}): {error}", remedy=f"Expected is {kind.expected}."
        ) from error
    except ValueError as error:
        found = "does not fit" if kind.secret else f"is {given.value!r}"
        raise UsageError(f"{key} {found} ({given.origin}); expected {kind.expected}.") from error


def _rebased(value: object, kind: Kind[object], folder: str) -> object:
    if not kind.located or folder == ".":
        return value
    if isinstance(value, tuple):
        return tuple(_seen_from(str(each), folder) for each in value)
    return Path(_seen_from(str(value), folder))


def _seen_from(path: str, folder: str) -> str:
    return os.path.normpath(os.path.join(folder, path))  # noqa: PTH118 - pathlib keeps ".."


def _merged(earlier: _Held, later: _Held) -> _Held:
    assert isinstance(earlier.value, tuple) and isinstance(later.value, tuple)
    pairs = dict(earlier.value) | dict(later.value)
    return _Held(value=tuple(sorted(pairs.items())), origin=f"{earlier.origin} and {later.origin}")
