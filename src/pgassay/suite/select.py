"""Chooses among the files found, and says what was left out when nothing is left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.suite import CATEGORIES, TestFile

ON_REQUEST = CATEGORIES[-1]
"""The category that runs only when it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the user wants to run; a file must meet every wish that is given.

    Without ``categories`` and ``all_categories``, every category but ``migration`` runs. ``tags``: a
    file with any of them. ``last_failed``: the paths that failed the last time, ``None`` if that does
    not matter.
    """

    categories: tuple[str, ...] = ()
    all_categories: bool = False
    critical_only: bool = False
    tags: tuple[str, ...] = ()
    last_failed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    holds: Callable[[TestFile], bool]
    without: str
    """What a file is that does not meet it, to follow a number: 'not critical'."""
    remedy: str


def select(files: Sequence[TestFile], selection: Selection) -> tuple[TestFile, ...]:
    """Keep the files that meet the selection, in their order.

    Raise :class:`NothingToRun` when none does, or when a category named has no file at all;
    :class:`UsageError` when such a category is not even known.
    """
    for category in selection.categories:
        _check_category(category, files)
    left = tuple(files)
    dropped: list[str] = []
    remedy = ""
    for wish in _wishes(selection):
        kept = tuple(each for each in left if wish.holds(each))
        if len(kept) < len(left):
            dropped.append(f"{len(left) - len(kept)} {wish.without}")
            remedy = wish.remedy
        left = kept
    if not left:
        found = f"of {len(files)} found, {', '.join(dropped) or 'none'}"
        raise NothingToRun(f"No test file is left to run: {found}.", remedy=remedy)
    return left


def _wishes(selection: Selection) -> Iterator[_Wish]:
    if selection.categories:
        names = {each.lower() for each in selection.categories}
        yield _Wish(
            holds=lambda file: file.category in names,
            without=f"not in {' or '.join(sorted(names))}",
            remedy="Ask for another --category, or for --all-categories.",
        )
    elif not selection.all_categories:
        yield _Wish(
            holds=lambda file: file.category != ON_REQUEST,
            without=f"in {ON_REQUEST}, which runs on request",
            remedy=f"pgassay test --category {ON_REQUEST}",
        )
    if selection.critical_only:
        yield _Wish(
            holds=lambda file: file.critical,
            without="not critical",
            remedy="Mark files with '-- pgassay: critical' or name them in [suite] critical.",
        )
    if selection.tags:
        yield _tagged(frozenset(each.lower() for each in selection.tags))
    if selection.last_failed is not None:
        yield _failed_last(selection.last_failed)


def _tagged(tags: frozenset[str]) -> _Wish:
    return _Wish(
        holds=lambda file: not tags.isdisjoint(file.tags),
        without=f"without the tag {' or '.join(sorted(tags))}",
        remedy=f"Mark files with '-- pgassay: tags {' '.join(sorted(tags))}'.",
    )


def _failed_last(paths: frozenset[str]) -> _Wish:
    return _Wish(
        holds=lambda file: file.path in paths,
        without="did not fail the last time",
        remedy="Leave out --last-failed.",
    )


def _check_category(category: str, files: Sequence[TestFile]) -> None:
    present = sorted({each.category for each in files})
    if category.lower() in present:
        return
    found = f"the files found are in {', '.join(present)}" if present else "no file was found"
    sentence = f"No test file is in category '{category}'; {found}."
    if category.lower() in CATEGORIES:
        raise NothingToRun(sentence)
    near = get_close_matches(category.lower(), [*present, *CATEGORIES], n=1)
    raise UsageError(sentence, remedy=f"Did you mean '{near[0]}'?" if near else "")
