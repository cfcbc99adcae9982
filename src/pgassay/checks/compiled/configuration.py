"""Spells the settings of checks as the compiled functions read them from the store: names and JSON."""

import json
import re

from pgassay.checks.plan import Plan
from pgassay.checks.settings import ChecksSettings, Waiver

PREFIX = "checks."


def configuration(settings: ChecksSettings, plan: Plan) -> dict[str, str]:
    """Give what differs from the checks' own defaults; ``plan`` is one of all checks under these settings."""
    shared = {
        "ignored_schemas": settings.ignored_schemas,
        "api_roles": settings.api_roles,
        "api_schemas": settings.api_schemas,
    }
    found: dict[str, object] = {name: list(value) for name, value in shared.items() if value}
    read = {each.check.info.name: each.values for each in plan.asked}
    for each in settings.parameters:
        # A text may be short for something else, such as names with commas between; the plan has it read.
        value = read[each.check][each.name] if isinstance(each.value, str) else each.value
        found[f"{each.check}.{each.name}"] = value
    if settings.ignore:
        found["ignore"] = [_waiver(each) for each in settings.ignore]
    return {f"{PREFIX}{name}": json.dumps(value, default=str) for name, value in found.items()}


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
