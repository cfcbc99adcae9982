"""Whether the files of a backup are those that were written: each one there, each with its SHA-256."""

from pathlib import Path

from pgassay.model.backup import Manifest
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.recovery.course import Verdict
from pgassay.recovery.directory import file_sha256
from pgassay.recovery.manifest import NAME, digest, encode

_VERDICT = Verdict(step=RecoveryStep.FILES)
_MOST = 10


def check_files(directory: Path, manifest: Manifest, *, known_sha256: str | None) -> StepResult:
    """Hold them against the manifest, and the manifest against what the store remembers of it, if it does."""
    if known_sha256 is not None and digest(encode(manifest)) != known_sha256:
        return _VERDICT.broken(f"{directory / NAME} is not the manifest that was written.")
    wrong = [*_wrong(directory, manifest), *_unknown(directory, manifest)]
    if wrong:
        return _VERDICT.broken(wrong[0], *wrong[1:_MOST])
    seen = "" if known_sha256 is not None else " The store does not know its manifest."
    return _VERDICT.holds(f"{len(manifest.files)} files of {manifest.size_bytes} bytes are whole.{seen}")


def _wrong(directory: Path, manifest: Manifest) -> list[str]:
    found = []
    for each in manifest.files:
        path = directory / each.path
        if not path.is_file():
            found.append(f"{each.path} is missing.")
        elif path.stat().st_size != each.size:
            found.append(f"{each.path} has {path.stat().st_size} bytes; it had {each.size}.")
        elif file_sha256(path) != each.sha256:
            found.append(f"{each.path} has another content than it had.")
    return found


def _unknown(directory: Path, manifest: Manifest) -> list[str]:
    known = {each.path for each in manifest.files} | {NAME}
    there = {path.relative_to(directory).as_posix() for path in directory.rglob("*") if not path.is_dir()}
    return [f"{each} is in the backup, and was not when it was made." for each in sorted(there - known)]
