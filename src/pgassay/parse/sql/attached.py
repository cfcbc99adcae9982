"""What a database has attached to its relations, types, operators and commands: code that runs unasked.

These are values; ``touching`` says which statement touches what, ``reach`` judges what that sets off.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from pgassay.parse.sql import holes
from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.touch import Occasion, Touch, TouchKind

_Key = TypeVar("_Key")


class AttachmentKind(Enum):
    """What it is; the value completes "through the …"."""

    VIEW = "view"
    RULE = "rule"
    TRIGGER = "trigger"
    EVENT_TRIGGER = "event trigger"
    POLICY = "policy"
    DEFAULT = "default"
    GENERATED = "generated column"
    CHECK = "check constraint"
    DOMAIN = "domain"
    INDEX = "index"
    PARTITION_KEY = "partition key"
    FOREIGN_KEY = "foreign key"
    OPERATOR = "operator"
    OPERATOR_CLASS = "operator class"
    CAST = "cast"
    RANGE = "range type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Code that runs when something is touched.

    ``code`` is the CREATE statement of a rule or a trigger, and a query for the others: that of a view, or
    one whose columns are the expressions, or the calls. ``name`` says which one it is. ``schema`` and
    ``target`` name what it is attached to; of an event trigger, ``tags`` are the commands that it waits
    for, all where there are none. ``columns`` are those whose UPDATE sets it off, all where there are none.
    """

    kind: AttachmentKind
    name: str
    target: str
    schema: str = ""
    code: str | Node = ""
    on: frozenset[Occasion] = frozenset({Occasion.READ})
    columns: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Give what tells it from every other one."""
        code = self.code if isinstance(self.code, str) else ""
        return f"{self.kind.value} {self.name} {self.schema}.{self.target} {code}"

    @property
    def label(self) -> str:
        """Give its name for a person."""
        name = f"the {self.kind.value} {self.name}"
        if self.kind in _BY_THEMSELVES:
            return name
        return f"{name} of {self.schema}.{self.target}"

    def is_set_off_by(self, touch: Touch) -> bool:
        """Tell whether a touch of its relation sets it off."""
        if touch.schema not in ("", self.schema) and not holes.has_holes(touch.schema):
            return False
        if touch.occasion not in self.on:
            return False
        narrow = self.columns and touch.columns is not None and touch.occasion is Occasion.UPDATE
        return not narrow or bool(self.columns & (touch.columns or frozenset()))


_BY_THEMSELVES = frozenset({
    AttachmentKind.VIEW, AttachmentKind.EVENT_TRIGGER, AttachmentKind.DOMAIN, AttachmentKind.OPERATOR,
    AttachmentKind.OPERATOR_CLASS, AttachmentKind.CAST, AttachmentKind.RANGE,
})  # fmt: skip
_ANY_STATEMENT = frozenset({AttachmentKind.OPERATOR_CLASS, AttachmentKind.RANGE})
_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})


class Attached:
    """All attachments of a database, found by what is touched.

    A cast counts for whoever names its target; one that needs no naming (``on`` has INSERT), an operator
    that compares, and what sorts and indexes values count for every statement: its text does not tell
    which types its values have.
    """

    def __init__(self, attachments: Iterable[Attachment] = ()) -> None:
        found = tuple(attachments)
        self._types = _grouped(found, _type_name)
        self._operators = _grouped(
            found, lambda each: each.target if each.kind is AttachmentKind.OPERATOR else None
        )
        self._relations = _grouped(found, _relation_name)
        self._events = tuple(each for each in found if each.kind is AttachmentKind.EVENT_TRIGGER)
        self._unasked = tuple(each for each in found if _is_unasked(each))
        self._all = tuple(each for each in found if _relation_name(each) is not None)

    def matters(self, kind: TouchKind, name: str) -> bool:
        """Tell whether anything is attached to what has that name."""
        match kind:
            case TouchKind.RELATION:
                return name in self._relations or (holes.has_holes(name) and bool(self._all))
            case TouchKind.TYPE:
                return name in self._types
            case TouchKind.OPERATOR:
                return name in self._operators
            case TouchKind.COMMAND:
                return bool(self._events)
            case TouchKind.ANYTHING:
                return bool(self._unasked)

    def of(self, touch: Touch) -> tuple[Attachment, ...]:
        """Give what a touch sets off."""
        match touch.kind:
            case TouchKind.RELATION:
                named = self._all if holes.has_holes(touch.name) else self._relations.get(touch.name, ())
                return tuple(each for each in named if each.is_set_off_by(touch))
            case TouchKind.TYPE:
                return self._types.get(touch.name, ())
            case TouchKind.OPERATOR:
                return self._operators.get(touch.name, ())
            case TouchKind.COMMAND:
                return tuple(each for each in self._events if _waits_for(each, touch.name))
            case TouchKind.ANYTHING:
                return self._unasked


def _waits_for(trigger: Attachment, tag: str) -> bool:
    return not tag or not trigger.tags or tag in trigger.tags


def _is_unasked(each: Attachment) -> bool:
    if each.kind is AttachmentKind.CAST:
        return Occasion.INSERT in each.on
    if each.kind is AttachmentKind.OPERATOR:
        return each.target in _COMPARISONS
    return each.kind in _ANY_STATEMENT


_OF_TYPES = frozenset({AttachmentKind.DOMAIN, AttachmentKind.CAST})
_OF_NO_RELATION = _BY_THEMSELVES - {AttachmentKind.VIEW, AttachmentKind.DOMAIN}


def _type_name(each: Attachment) -> str | None:
    """Give the type that it is attached to; a domain's check may also be attached to a relation."""
    return each.target if each.kind in _OF_TYPES and Occasion.READ in each.on else None


def _relation_name(each: Attachment) -> str | None:
    if each.kind in _OF_NO_RELATION or (each.kind is AttachmentKind.DOMAIN and Occasion.READ in each.on):
        return None
    return each.target


def _grouped(
    attachments: Iterable[Attachment], key: Callable[[Attachment], _Key | None]
) -> Mapping[_Key, tuple[Attachment, ...]]:
    found: defaultdict[_Key, list[Attachment]] = defaultdict(list)
    for each in attachments:
        name = key(each)
        if name is not None:
            found[name].append(each)
    return {name: tuple(group) for name, group in found.items()}
