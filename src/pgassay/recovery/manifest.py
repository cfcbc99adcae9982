"""The manifest of a backup: written as canonical JSON, read again with suspicion."""

from hashlib import sha256
from pathlib import Path

import msgspec

from pgassay.model.backup import Manifest
from pgassay.model.errors import UsageError

NAME = "manifest.json"
_FORMAT = 1


def encode(manifest: Manifest) -> bytes:
    """Give the manifest's bytes: equal manifests have equal ones."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"


def digest(encoded: bytes) -> str:
    """Give the SHA-256 of a manifest's bytes, in hexadecimal."""
    return sha256(encoded).hexdigest()


def read(directory: Path) -> tuple[Manifest, str]:
    """Read the manifest in a backup's directory, and give it with its SHA-256.

    Raises:
        UsageError: there is none, or it is no manifest.
    """
    try:
        encoded = (directory / NAME).read_bytes()
    except OSError as error:
        raise UsageError(
            f"There is no backup in {directory}: {NAME} cannot be read ({error.strerror}).",
            remedy="pgassay recover list",
        ) from error
    try:
        found = msgspec.json.decode(encoded, type=Manifest)
    except msgspec.DecodeError as error:
        raise UsageError(f"The manifest in {directory} is damaged: {error}.") from error
    if found.format != _FORMAT:
        raise UsageError(
            f"The manifest in {directory} has the format {found.format}; this pgassay knows {_FORMAT}.",
            remedy="pip install --upgrade pgassay",
        )
    return found, digest(encoded)
