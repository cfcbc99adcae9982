"""Spells the settings of checks as the compiled functions read them from the store: names and JSON."""

import json
import re
from datetime import date

from pgassay.checks.settings import ChecksSettings, Waiver

PREFIX = "checks."


def configuration(settings: ChecksSettings) -> dict[str, str]:
    """Give what differs from the checks' own defaults."""
    shared = {
        "ignored_schemas": settings.ignored_schemas,
        "api_roles": settings.api_roles,
        "api_schemas": settings.api_schemas,
    }
    found: dict[str, object] = {name: list(value) for name, value in shared.items() if value}
    found |= {f"{each.check}.{each.name}": each.value for each in settings.parameters}
    if settings.ignore:
        found["ignore"] = [_waiver(each) for each in settings.ignore]
    return {f"{PREFIX}{name}": json.dumps(value, default=_plain) for name, value in found.items()}


def _plain(value: object) -> str:
    """Spell what TOML has and JSON has not: days and times."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {
        "check": _as_regular_expression(waiver.check),
        "object": _as_regular_expression(waiver.object),
        "shown": waiver.object,
        "reason": waiver.reason,
        "until": waiver.until.isoformat(),
    }


_PIECE = re.compile(r"\[(!?)(\]?[^\]]*)\]|.", re.DOTALL)


def _as_regular_expression(pattern: str) -> str:
    """Translate a shell's pattern into a regular expression of PostgreSQL that fits the same texts."""

    def translated(piece: "re.Match[str]") -> str:
        if piece[2]:
            inside = re.sub(r"([\\\[^])", r"\\\1", piece[2])
            return f"[{'^' if piece[1] else ''}{inside}]"
        if piece[0] in "*?":
            return {"*": ".*", "?": "."}[piece[0]]
        return piece[0] if piece[0].isalnum() or piece[0] in "_ " else f"\\{piece[0]}"

    return f"^{_PIECE.sub(translated, pattern)}$"
