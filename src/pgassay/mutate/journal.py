"""Remembers results between checks, as JSON lines: one a mutant, written as it comes.

A result holds while what it depends on is the same: the schema, the change, and the file that noticed it; of
a mutant that survived, every file. So a check that goes on after a test was added tries the survivors
again, and nothing else.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pgassay.model.errors import UsageError
from pgassay.model.mutate import Killer, Mutant, MutantResult, Verdict
from pgassay.mutate.bench import FileText


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line. ``files`` is the digest of the killer, or of all files."""

    id: str
    ddl: str
    schema: str
    files: str
    verdict: Verdict
    killer: Killer | None = None
    message: str = ""
    elapsed_s: float = 0.0
    files_run: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What results depend on: a fingerprint of the schema, and each file's text with what it includes."""

    schema: str
    texts: Mapping[str, FileText]

    def digest_of(self, killer: Killer | None) -> str:
        """Give the digest of a killer, or of all files where there is none."""
        if killer is not None:
            return digest(_whole(killer.path, self.texts.get(killer.path)))
        return digest("\0".join(_whole(path, self.texts[path]) for path in sorted(self.texts)))


def _whole(path: str, text: FileText | None) -> str:
    return "\0".join((path, text.own, *text.included)) if text is not None else path


def digest(text: str) -> str:
    """Give a short text that stands for a long one."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Journal:
    """The file of results. Closed by :meth:`close`; what was written stays whatever happens."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = {entry.id: entry for entry in _read(path)}
        self._descriptor: int | None = None
        self._lock: int | None = None

    def recall(self, mutants: Iterable[Mutant], state: State) -> dict[str, MutantResult]:
        """Give the results that still hold, by id."""
        found = {}
        for mutant in mutants:
            entry = self._entries.get(mutant.id)
            if entry is not None and _holds(entry, mutant, state):
                found[mutant.id] = MutantResult(
                    mutant=mutant,
                    verdict=entry.verdict,
                    elapsed_s=entry.elapsed_s,
                    files_run=entry.files_run,
                    killer=entry.killer,
                    message=entry.message,
                    remembered=True,
                )
        return found

    def open(self, *, without: Iterable[str]) -> None:
        """Begin to write: each mutant's last result is kept, but for those that are tried now.

        Raises:
            OSError: it cannot be written, or another check is writing it.
        """
        tried = frozenset(without)
        kept = [entry for entry in self._entries.values() if entry.id not in tried]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # released by the kernel if we die
        fresh = self._path.with_name(f"{self._path.name}.new")
        fresh.write_bytes(b"".join(msgspec.json.encode(entry) + b"\n" for entry in kept))
        fresh.replace(self._path)
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND)

    def write(self, result: MutantResult, state: State) -> None:
        """Remember a result; one that is undecided is not worth it.

        Raises:
            OSError: it cannot be written.
        """
        if self._descriptor is None or result.verdict is Verdict.UNDECIDED:
            return
        entry = _Entry(
            id=result.mutant.id,
            ddl=digest(result.mutant.ddl),
            schema=state.schema,
            files=state.digest_of(result.killer),
            verdict=result.verdict,
            killer=result.killer,
            message=result.message,
            elapsed_s=round(result.elapsed_s, 3),
            files_run=result.files_run,
        )
        os.write(self._descriptor, msgspec.json.encode(entry) + b"\n")

    def close(self) -> None:
        """Close the file."""
        for descriptor in (self._descriptor, self._lock):
            if descriptor is not None:
                os.close(descriptor)
        self._descriptor = self._lock = None


def _holds(entry: _Entry, mutant: Mutant, state: State) -> bool:
    return (
        entry.schema == state.schema
        and entry.ddl == digest(mutant.ddl)
        and entry.files == state.digest_of(entry.killer)
        and entry.verdict is not Verdict.UNDECIDED
    )


def _read(path: Path) -> list[_Entry]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UsageError(f"The journal {path} cannot be read: {error.strerror}.") from error
    entries = []
    for line in lines:
        try:
            entries.append(msgspec.json.decode(line, type=_Entry))
        except msgspec.DecodeError:
            continue  # the last line of a check that was killed, or another program's
    return entries
