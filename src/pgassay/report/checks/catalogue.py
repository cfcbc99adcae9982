"""The catalogue of checks as a person reads it: a list, and one check as a whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pgassay.model.check import CheckInfo, Proven
from pgassay.report.words import plural, visible


def list_text(checks: Sequence[CheckInfo]) -> str:
    """List checks by area: name, level, title. Variants of one check are one line."""
    lines: list[str] = []
    named = {each.name: each for each in checks}
    wide = max((len(name) for name in named), default=0)
    level = max((len(each.level) for each in named.values()), default=0)
    for area, members in groupby(named.values(), key=lambda each: each.areas[0]):
        lines += ["", area] if lines else [area]
        lines += [f"  {each.name:<{wide}}  {each.level:<{level}}  {visible(each.title)}" for each in members]
    return "\n".join([*lines, "", plural(len(named), "check")])


def check_text(variants: Sequence[CheckInfo], texts: Sequence[str]) -> str:
    """Show a check: its description once for each variant, and the text that it is."""
    blocks = []
    for info, text in zip(variants, texts, strict=True):
        blocks.append("\n".join([*_description(info), "", text.rstrip()]))
    return "\n\n".join(blocks)


def proof_text(proven: Sequence[Proven]) -> str:
    """Say of each example whether it shows what it says."""
    lines = []
    for each in proven:
        said = "FAILED" if each.fault else "proven"
        lines.append(f"{said}  {each.check}: {visible(each.example)}")
        lines += [f"    {visible(each.fault)}"] if each.fault else []
    faults = sum(bool(each.fault) for each in proven)
    return "\n".join([*lines, "", f"{plural(len(proven), 'example')}, {faults} failed"])


def _description(info: CheckInfo) -> Iterator[str]:
    yield f"{info.name}: {info.title}"
    yield f"  areas       {', '.join(info.areas)}"
    yield f"  level       {info.level}"
    yield (
        f"  PostgreSQL  {info.since} to {info.until}"
        if info.until
        else f"  PostgreSQL  {info.since} or later"
    )
    if info.needs:
        yield f"  needs       {', '.join(str(each) for each in info.needs)}"
    if info.scans:
        yield f"  scans       {info.scans}"
    yield f"  file        {info.path}"
    if info.parameters:
        yield f"  parameters, set by [checks.{info.name}] in pgassay.toml:"
        for each in info.parameters:
            yield f"    {each.name} = {each.default or '(empty)'} ({each.kind}) {each.help}"
