"""Whether everything that was in the database is in the restored one, with owners, grants and policies.

What the server prints from a parsed tree comes back with other parentheses and casts, and from another
major version with other qualifiers: those are left out of the comparison. Another major version also knows
rights and constraints that the older one does not. What differs only in that is left out; what is printed
otherwise is said, and is not verified.
"""

import re
from collections.abc import Iterable, Iterator

from pgassay.model.backup import Manifest
from pgassay.model.fingerprint import Difference, Entry, compare, fingerprint_of
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.recovery.course import Verdict
from pgassay.recovery.steps.place import Place

_VERDICT = Verdict(step=RecoveryStep.INVENTORY)
_MOST = 10
_LONGEST = 120
_CAST = re.compile(
    r"::(?:[\w\".]+)(?: varying| precision| with(?:out)? time zone)?(?:\(\d+(?:,\d+)?\))?(?:\[\])*"
)
_QUALIFIER = re.compile(r"(?<![\w'\"])[\w\"]+\.(?=[\w\"])")
_MAINTAIN = re.compile(r" ?[^\s=]+=maintain\*?/\S+")
_GRANTOR = re.compile(r"(=\w+\*?)/\S+")
_LINE = re.compile(r"(?m)^(?P<aspect>owner|privileges|tablespace): .*\n?")
_FACT = re.compile(r"(?m)^(?!definition: |using: |check: )[a-z][a-z ]*: ")
_PRINTED = frozenset({"constraint", "function", "index", "policy", "rule", "statistics", "view"})


def compare_inventory(manifest: Manifest, entries: Iterable[Entry], place: Place) -> StepResult:
    """Hold the restored catalogs against those of the snapshot."""
    other = place.major != manifest.source.major
    before = fingerprint_of(_alike(manifest.inventory, other=other, owners=place.superuser))
    after = fingerprint_of(_alike(entries, other=other, owners=place.superuser))
    found = tuple(each for each in compare(before, after) if not _is_alike(each))
    wrong = [each for each in found if not (other and _is_print(each))]
    if wrong:
        named = [_told(each) for each in wrong]
        tables = tuple(each.name for each in wrong if each.kind == "table")
        sentence = f"{len(wrong)} objects differ: {named[0]}"
        return _VERDICT.broken(sentence, *named[1:_MOST], tables=tables or None)
    if not place.superuser:
        return _VERDICT.not_verified(
            f"{len(before)} objects are as in the snapshot; their owners and grants were not restored, since "
            "the role is no superuser there."
        )
    if found:
        named = [f"{each.subject} is printed otherwise by PostgreSQL {place.major}." for each in found]
        return _VERDICT.not_verified(
            f"{len(found)} of {len(before)} objects cannot be compared with PostgreSQL "
            f"{manifest.source.major}: {named[0]}",
            *named[1:_MOST],
        )
    return _VERDICT.holds(f"{len(before)} objects are as in the snapshot, owners and grants included.")


_WORDS = {"added": "new", "removed": "missing", "changed": "changed"}


def _told(difference: Difference) -> str:
    told = f"{difference.subject} is {_WORDS[difference.change]}"
    if difference.change != "changed":
        return f"{told}."
    before, after = (text.split("\n")[0][:_LONGEST] for text in (difference.before, difference.after))
    return f"{told}: it had {before!r}, and has {after!r}."


def _is_alike(difference: Difference) -> bool:
    """Whether only that differs which a parsed tree does not keep."""
    if difference.change != "changed":
        return False
    return _loosely(difference.before) == _loosely(difference.after)


def _loosely(text: str) -> str:
    """Leave out what is printed in one way or another; grants and owners stay as they are."""
    return "\n".join(
        line if line.startswith(("owner: ", "privileges: ")) else _tokens(line) for line in text.split("\n")
    ).replace("\n", "")


def _tokens(line: str) -> str:
    return re.sub(r"[()\s]", "", _QUALIFIER.sub("", _CAST.sub("", line)))


def _is_print(difference: Difference) -> bool:
    """Whether only a definition differs, which every version of the server prints in its own way."""
    if difference.change != "changed" or difference.kind.split()[-1] not in _PRINTED:
        return False
    return not any(map(_FACT.search, (difference.before, difference.after)))


def _alike(entries: Iterable[Entry], *, other: bool, owners: bool) -> Iterator[Entry]:
    for each in entries:
        if other and each.kind == "constraint" and "definition: NOT NULL" in each.text:
            continue
        text = _LINE.sub(lambda line: _kept(line, owners), each.text)
        if other and each.kind == "extension":
            text = re.sub(r"(?m)^version: .*$", "", text)
        if other:
            text = _MAINTAIN.sub("", text)
        yield Entry(kind=each.kind, name=each.name, text=text)


def _kept(line: "re.Match[str]", owners: bool) -> str:
    return "" if line["aspect"] == "tablespace" or not owners else line[0]
