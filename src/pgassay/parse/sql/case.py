"""A statement under judgement: where it stands, what is known, and how to speak about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pgassay.model.place import Place
from pgassay.parse.sql import holes
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.grammar import Node, Unreadable
from pgassay.parse.sql.memory import Name, ObjectKind
from pgassay.parse.sql.scope import Scope
from pgassay.parse.sql.summary import Template
from pgassay.parse.sql.surroundings import Relation, Surroundings
from pgassay.parse.sql.touch import Touch, Touches

Read = Callable[[Node | str, "Case"], Iterator[Finding]]
"""Judges a text of SQL, or a tree, within a case."""

DEEPEST = 24
"""The most blocks, functions and strings that may stand in one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What rules are told beside the node.

    ``through`` is the way from the file's statement to this one, empty for the statement itself.
    ``alone`` says that nothing else is sent in the same message. ``provoked`` says that an error is what
    is asked for. ``templates`` collects what a routine executes of its parameters, where one is read;
    ``touches`` what the statement, or the routine, touches.
    """

    place: Place
    known: Surroundings
    read: Read
    scope: Scope = Scope()
    through: tuple[str, ...] = ()
    alone: bool = True
    provoked: bool = False
    templates: list[Template] | None = None
    touches: Touches = field(default_factory=dict)

    def inside(self, label: str, *, scope: Scope | None = None, provoked: bool = False) -> "Case":
        """Give the case of something within: a block, a function, a string argument.

        A scope that is not given is empty, apart from what the file made. Raises Unreadable for too many
        things in one another.
        """
        if len(self.through) >= DEEPEST:
            raise Unreadable(f"more than {DEEPEST} functions and strings stand in one another")
        through = (*self.through, label)
        within = (
            Scope(shadows=self.has_routine) if scope is None else replace(scope, shadows=self.has_routine)
        )
        return self._derived(within, through=through, alone=False, provoked=provoked)

    def at(self, statement: Node) -> "Case":
        """Give the case of a statement, whose sources its expressions may name."""
        before = self.scope
        scope = Scope(
            variables=before.variables,
            statement=statement,
            columns_first=before.columns_first,
            shadows=self.has_routine,
        )
        return self._derived(scope, through=self.through, alone=self.alone, provoked=self.provoked)

    def _derived(self, scope: Scope, *, through: tuple[str, ...], alone: bool, provoked: bool) -> "Case":
        # Written out: dataclasses.replace takes several times as long, and this is done for every statement.
        return Case(
            place=self.place,
            known=self.known,
            read=self.read,
            scope=scope,
            through=through,
            alone=alone,
            provoked=provoked,
            templates=self.templates,
            touches=self.touches,
        )

    def alone_with(self, known: Surroundings) -> "Case":
        """Give the case in which something of the database is read for itself, whoever asks for it."""
        return Case(place=self.place, known=known, read=self.read)

    def touch(self, touch: Touch) -> None:
        """Take note of something that is touched, if anything is attached to it."""
        attached = self.known.attached
        if attached is not None and attached.matters(touch.kind, touch.name):
            self.touches.setdefault(touch.behind(self.through))

    def has_routine(self, name: str) -> bool:
        """Tell whether there is a function of a name that is not the server's own."""
        return name in self.known.memory.routines or bool(self.known.routines(name))

    def refused(
        self, rule: str, what: str, instead: str, *, object: str = "", ordinary: bool = False
    ) -> Finding:
        """Make a finding that stops the file; an ``ordinary`` one only where the file itself does it."""
        return self._finding(Verdict.REFUSED, rule, (what, instead, object), ordinary=ordinary)

    def note(self, rule: str, what: str, instead: str = "", *, object: str = "") -> Finding:
        """Make a finding that is only reported."""
        return self._finding(Verdict.ALLOWED, rule, (what, instead, object))

    def rewritten(self, rule: str, what: str, instead: str) -> Finding:
        """Make a finding of something that is not sent as it is."""
        return self._finding(Verdict.REWRITTEN, rule, (what, instead, ""))

    def unreadable(self, what: str, instead: str, *, object: str = "") -> Finding:
        """Make the finding that something cannot be read, so that nothing can be said of it."""
        return self.refused("unreadable", what, instead, object=object)

    def _finding(
        self, verdict: Verdict, rule: str, words: tuple[str, str, str], *, ordinary: bool = False
    ) -> Finding:
        what, instead, subject = words
        return Finding(
            rule=rule,
            place=self.place,
            what=what,
            instead=instead,
            verdict=verdict,
            object=holes.shown(subject),
            through=self.through,
            ordinary=ordinary,
        )

    def existed(self, kind: ObjectKind, schema: str, name: str) -> bool:
        """Tell whether an object may have been there before the file; in doubt it may."""
        if schema == "pg_temp":
            return False
        has_made = self.known.memory.has_made
        if schema and not self._had_schema(schema) and has_made(Name(ObjectKind.SCHEMA, "", schema)):
            return False
        if holes.has_holes(schema + name):
            return True
        if kind is ObjectKind.RELATION and self.known.relations is not None:
            return _is_of_system(schema, name) or any(
                schema in ("", each.schema) for each in self.known.relations(name)
            )
        names = {ObjectKind.SCHEMA: self.known.schemas, ObjectKind.TYPE: self.known.types}.get(kind)
        if names is not None:
            return name in names
        return not has_made(Name(kind, schema, name))

    def _had_schema(self, schema: str) -> bool:
        return self.known.schemas is not None and schema in self.known.schemas

    def relation(self, node: Node) -> str:
        """Give the name of a relation as written."""
        return f"{node.schemaname}.{node.relname}" if node.schemaname else str(node.relname)

    def relation_existed(self, node: Node) -> bool:
        """Tell whether a relation (a RangeVar) may have been there before the file."""
        return self.existed(ObjectKind.RELATION, node.schemaname, node.relname)

    def relations_before(self, node: Node) -> tuple[Relation, ...]:
        """Give what a relation's name (a RangeVar) may mean of what was there before the file."""
        if self.known.relations is None or node.schemaname == "pg_temp":
            return ()
        found = self.known.relations(node.relname)
        return tuple(each for each in found if node.schemaname in ("", each.schema))


def _is_of_system(schema: str, name: str) -> bool:
    return schema in ("pg_catalog", "information_schema", "pg_toast") or (
        not schema and name.startswith("pg_")
    )
