"""Branches removed: IF and ELSIF never hold, ELSE and WHEN do nothing, a CASE expression lacks an arm."""

from collections.abc import Iterator

from pgassay.mutate.body.cases import Arm, case_arms
from pgassay.mutate.body.outline import Branch, Condition, outline
from pgassay.mutate.body.text import Body, Edit

SECTION = "function bodies"
TITLE = "a branch removed"


def edits(body: Body) -> Iterator[Edit]:
    """Remove each branch in its turn."""
    found = [edit for arms in case_arms(body) for edit in _arms_removed(body, arms)]
    if body.language == "plpgsql":
        read = outline(body.tokens)
        conditions = (each for each in read.conditions if each.keyword in ("IF", "ELSIF", "ELSEIF"))
        found += [_never(body, each) for each in conditions]
        found += [_empty(body, each) for each in read.branches]
    yield from sorted(found, key=lambda edit: edit.start)


def _never(body: Body, condition: Condition) -> Edit:
    start, end = condition.tokens[0].start, condition.tokens[-1].end
    return Edit(
        start=start,
        end=end,
        replacement="false",
        description=f"the branch of {condition.keyword.lower()} is removed: {body.excerpt(start, end)}",
    )


def _empty(body: Body, branch: Branch) -> Edit:
    start, end = branch.tokens[0].start, branch.tokens[-1].end
    return Edit(
        start=start,
        end=end,
        replacement="null;",
        description=f"the branch of {branch.keyword.lower()} is removed: {body.excerpt(start, end)}",
    )


def _arms_removed(body: Body, arms: tuple[Arm, ...]) -> Iterator[Edit]:
    """Remove each arm; the only WHEN must stay, so it never holds instead, where that can be written."""
    only = sum(arm.keyword == "WHEN" for arm in arms) == 1
    for arm in arms:
        span, replacement = arm.tokens, ""
        if arm.keyword == "WHEN" and only:
            span, replacement = arm.condition, "false"
        if span and not _is_else_null(arm):
            shown = body.excerpt(arm.tokens[0].start, arm.tokens[-1].end)
            yield Edit(
                start=span[0].start,
                end=span[-1].end,
                replacement=replacement,
                description=f"an arm of case is removed: {shown}",
            )


def _is_else_null(arm: Arm) -> bool:
    """Whether an arm says what holds without it, too."""
    return [token.word for token in arm.tokens] == ["ELSE", "NULL"]
