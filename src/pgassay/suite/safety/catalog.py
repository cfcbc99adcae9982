"""Reads from the catalogs what a file's statements are judged against: once a run, before the first file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pgassay.model.errors import Unavailable
from pgassay.parse.sql.attached import Attached, Attachment, AttachmentKind
from pgassay.parse.sql.finding import Verdict
from pgassay.parse.sql.policy import Override
from pgassay.parse.sql.policy import Policy as Overrides
from pgassay.parse.sql.surroundings import Parameter, Relation, RelationKind, Routine, Shared, Surroundings
from pgassay.parse.sql.touch import Occasion
from pgassay.pg.connection import Connection, connect, reason
from pgassay.pg.query import load, major_version, rows_of_each
from pgassay.pg.target import Target
from pgassay.suite.safety.settings import SafetySettings

_PACKAGE = "pgassay.suite.safety"
_KINDS = {
    "r": RelationKind.TABLE,
    "p": RelationKind.TABLE,
    "m": RelationKind.TABLE,
    "v": RelationKind.VIEW,
    "f": RelationKind.FOREIGN,
    "S": RelationKind.SEQUENCE,
    "i": RelationKind.INDEX,
    "I": RelationKind.INDEX,
}
_PGTAP = "pgtap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What there was before the first file, and the policy; :meth:`surroundings` makes one file's of it.

    ``shared`` keeps what was read of it for one file, for the others.
    """

    routines: Mapping[str, tuple[Routine, ...]]
    relations: Mapping[str, tuple[Relation, ...]]
    schemas: frozenset[str]
    types: frozenset[str]
    extensions: frozenset[str]
    lesser_roles: frozenset[str]
    path: tuple[str, ...]
    settings: SafetySettings
    overrides: Overrides
    attached: Attached = Attached()
    shared: Shared = field(default_factory=Shared)

    def surroundings(self) -> Surroundings:
        """Give what one file is judged against; it remembers what the file makes."""
        return Surroundings(
            routines=lambda name: self.routines.get(name, ()),
            routines_in=self._routines_in,
            relations=lambda name: self.relations.get(name, ()),
            schemas=self.schemas,
            types=self.types,
            extensions=self.extensions,
            restricted_role=self.settings.role or "",
            lesser_roles=self.lesser_roles,
            patience=self.settings.patience_ms / 1000,
            policy=self.overrides,
            attached=self.attached,
            shared=self.shared,
        )

    def _routines_in(self, schema: str) -> tuple[Routine, ...]:
        wanted = {schema} if schema else set(self.path)
        return tuple(each for group in self.routines.values() for each in group if each.schema in wanted)


def read_catalog(target: Target, settings: SafetySettings) -> Catalog:
    """Read what there is.

    Raises:
        Unavailable: the target cannot be reached, or its catalogs cannot be read.
        UsageError: the policy relaxes a rule that there is not, or that cannot be relaxed.
    """
    overrides = overrides_of(settings)
    with connect(target, application="pgassay prepare") as connection:
        try:
            return _read(connection, settings, overrides)
        except Connection.Error as error:
            raise Unavailable(f"The catalogs cannot be read: {reason(str(error))}") from error


def overrides_of(settings: SafetySettings) -> Overrides:
    """Give the policy as the rules understand it. Raises UsageError."""
    from pgassay.parse.sql.catalogue import rule_names  # with it comes the server's parser

    found = Overrides(
        overrides=tuple(
            Override(rule=rule, verdict=Verdict.ALLOWED, reason=why) for rule, why in settings.allow
        )
    )
    found.check(rule_names())
    return found


def _read(connection: Connection, settings: SafetySettings, overrides: Overrides) -> Catalog:
    role = settings.role or connection.info.user
    major = major_version(connection)
    # What comes behind empty_path is printed by the server with qualified names.
    asked = ("names", "pgtap_schemas", "routines", "aggregates", "relations", "empty_path", "attachments")
    queries = [(load(_PACKAGE, name, major=major), {"role": role}) for name in asked]
    found = dict(zip(asked, rows_of_each(connection, queries), strict=True))
    ((schemas, types, extensions, lesser, path),) = found["names"]
    ours = frozenset(str(name) for (name,) in found["pgtap_schemas"])
    routines = (*map(_routine, found["routines"]), *map(_aggregate, found["aggregates"]))
    return Catalog(
        routines=_routines(routines, ours),
        relations=_relations(found["relations"]),
        schemas=frozenset(schemas),
        types=frozenset(types),
        extensions=frozenset(extensions),
        lesser_roles=frozenset(lesser),
        path=tuple(path),
        settings=settings,
        overrides=overrides,
        attached=Attached(map(_attachment, found["attachments"])),
    )


def _routines(found: Iterable[Routine], ours: frozenset[str]) -> Mapping[str, tuple[Routine, ...]]:
    """Group routines by name; in the schemas of ``ours`` pgassay put pgTAP, and nobody anything else."""
    groups: defaultdict[str, list[Routine]] = defaultdict(list)
    for each in found:
        groups[each.name].append(replace(each, extension=_PGTAP) if each.schema in ours else each)
    return {name: tuple(group) for name, group in groups.items()}


def _routine(row: tuple[Any, ...]) -> Routine:
    schema, name, language, body, standard, extension, names, types, volatility, settings = row
    given = [*names, *[""] * (len(types) - len(names))]
    return Routine(
        schema=schema,
        name=name,
        language=language,
        body=body,
        standard=standard,
        extension=extension,
        volatility=volatility,
        settings=tuple(settings),
        parameters=tuple(
            Parameter(name=each, type=type_name) for each, type_name in zip(given, types, strict=False)
        ),
    )


def _aggregate(row: tuple[Any, ...]) -> Routine:
    schema, name, types, calls, extension = row
    return Routine(
        schema=schema,
        name=name,
        language="aggregate",
        body="",
        extension=extension,
        parameters=tuple(Parameter(type=each) for each in types),
        calls=calls or "select",
    )


def _attachment(row: tuple[Any, ...]) -> Attachment:
    kind, schema, target, name, code, occasions, columns, tags = row
    return Attachment(
        kind=AttachmentKind(kind),
        schema=schema,
        target=target,
        name=name,
        code=code or "select",
        on=frozenset(map(Occasion, occasions)),
        columns=frozenset(columns),
        tags=frozenset(tags),
    )


def _relations(rows: list[tuple[Any, ...]]) -> Mapping[str, tuple[Relation, ...]]:
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for schema, name, kind, sequences in rows:
        found[name].append(Relation(schema=schema, name=name, kind=_KINDS[kind], sequences=tuple(sequences)))
    return {name: tuple(group) for name, group in found.items()}
