"""Reads from the catalogs what a file's statements are judged against: once a run, before the first file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pgassay.model.errors import Unavailable
from pgassay.parse.sql.finding import Verdict
from pgassay.parse.sql.policy import Override
from pgassay.parse.sql.policy import Policy as Overrides
from pgassay.parse.sql.surroundings import Parameter, Relation, RelationKind, Routine, Surroundings
from pgassay.pg.connection import Connection, connect, reason
from pgassay.pg.query import load, major_version, rows
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
    """What there was before the first file, and the policy; :meth:`surroundings` makes one file's of it."""

    routines: Mapping[str, tuple[Routine, ...]]
    relations: Mapping[str, tuple[Relation, ...]]
    schemas: frozenset[str]
    types: frozenset[str]
    extensions: frozenset[str]
    lesser_roles: frozenset[str]
    path: tuple[str, ...]
    settings: SafetySettings
    overrides: Overrides

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
    ((schemas, types, extensions, lesser, path),) = _rows(connection, "names", role=role)
    return Catalog(
        routines=_routines(connection),
        relations=_relations(connection),
        schemas=frozenset(schemas),
        types=frozenset(types),
        extensions=frozenset(extensions),
        lesser_roles=frozenset(lesser),
        path=tuple(path),
        settings=settings,
        overrides=overrides,
    )


def _routines(connection: Connection) -> Mapping[str, tuple[Routine, ...]]:
    found: defaultdict[str, list[Routine]] = defaultdict(list)
    ours = _pgtap_schemas(connection)
    for row in _rows(connection, "routines"):
        each = _routine(row)
        found[each.name].append(replace(each, extension=_PGTAP) if each.schema in ours else each)
    return {name: tuple(group) for name, group in found.items()}


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


def _pgtap_schemas(connection: Connection) -> frozenset[str]:
    """Give the schemas into which pgassay put pgTAP as plain objects, and nobody anything else."""
    return frozenset(str(name) for (name,) in _rows(connection, "pgtap_schemas"))


def _relations(connection: Connection) -> Mapping[str, tuple[Relation, ...]]:
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for schema, name, kind, sequences in _rows(connection, "relations"):
        found[name].append(Relation(schema=schema, name=name, kind=_KINDS[kind], sequences=tuple(sequences)))
    return {name: tuple(group) for name, group in found.items()}


def _rows(connection: Connection, name: str, **values: object) -> list[tuple[Any, ...]]:
    return rows(connection, load(_PACKAGE, name, major=major_version(connection)), **values)
