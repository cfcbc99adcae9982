"""What reaches beyond the transaction: other sessions, other servers, the server itself."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.nodes import dotted
from pgassay.parse.sql.rule import Rule
from pgassay.parse.sql.surroundings import RelationKind

_NAME = "outside_effects"
_SERVER = "acts on the server for everybody"
_SESSIONS = "ends or interrupts another session"
_REMOTE = "works on another server, which does not roll back with this one"
_REPLICATION = "changes what replication keeps or sends"
_COUNTERS = "throws away statistics that the whole server shares"
_WRITES = "writes pages that a rollback does not restore"
_FUNCTIONS = {
    "pg_terminate_backend": _SESSIONS,
    "pg_cancel_backend": _SESSIONS,
    "pg_log_backend_memory_contexts": "makes another session write to the log",
    "pg_reload_conf": _SERVER,
    "pg_rotate_logfile*": _SERVER,
    "pg_logfile_rotate": _SERVER,
    "pg_promote": _SERVER,
    "pg_switch_wal": _SERVER,
    "pg_switch_xlog": _SERVER,
    "pg_create_restore_point": _SERVER,
    "pg_backup_*": _SERVER,
    "pg_start_backup": _SERVER,
    "pg_stop_backup": _SERVER,
    "pg_wal_replay_*": _SERVER,
    "pg_import_system_collations": _SERVER,
    "pg_prewarm": _SERVER,
    "autoprewarm_*": _SERVER,
    "pg_buffercache_evict*": _SERVER,
    "binary_upgrade_*": _SERVER,
    "pg_create_physical_replication_slot": _REPLICATION,
    "pg_create_logical_replication_slot": _REPLICATION,
    "pg_copy_physical_replication_slot": _REPLICATION,
    "pg_copy_logical_replication_slot": _REPLICATION,
    "pg_drop_replication_slot": _REPLICATION,
    "pg_replication_slot_advance": _REPLICATION,
    "pg_sync_replication_slots": _REPLICATION,
    "pg_logical_slot_get_*": _REPLICATION,
    "pg_logical_emit_message": _REPLICATION,
    "pg_replication_origin_*": _REPLICATION,
    "pg_stat_reset*": _COUNTERS,
    "pg_stat_statements_reset": _COUNTERS,
    "pg_clear_relation_stats": _COUNTERS,
    "pg_clear_attribute_stats": _COUNTERS,
    "pg_restore_relation_stats": _COUNTERS,
    "pg_restore_attribute_stats": _COUNTERS,
    "gin_clean_pending_list": _WRITES,
    "brin_summarize_*": _WRITES,
    "brin_desummarize_range": _WRITES,
    "pg_truncate_visibility_map": _WRITES,
    "heap_force_*": _WRITES,
    "pg_notify": "queues a notification, which everybody gets who listens if anything commits",
    "dblink": _REMOTE,
    "dblink_*": _REMOTE,
    "postgres_fdw_*": _REMOTE,
    "http": _REMOTE,
    "http_*": _REMOTE,
    "pg_background_*": "runs statements in a transaction of their own",
    "run_command_on_*": _REMOTE,
    "master_run_on_worker": _REMOTE,
}
_STATEMENTS = {
    "NotifyStmt": "NOTIFY queues a notification, which everybody gets who listens if anything commits",
    "ListenStmt": "LISTEN makes the server keep its queue of notifications for this session",
    "UnlistenStmt": "UNLISTEN changes what the session listens to",
    "CreateForeignServerStmt": "CREATE SERVER opens a way to another server",
    "AlterForeignServerStmt": "ALTER SERVER turns a way to another server elsewhere",
    "CreateUserMappingStmt": "CREATE USER MAPPING opens a way to another server",
    "AlterUserMappingStmt": "ALTER USER MAPPING opens a way to another server",
    "CreateFdwStmt": "CREATE FOREIGN DATA WRAPPER opens a way to the outside",
    "CreateForeignTableStmt": "CREATE FOREIGN TABLE makes a table whose rows are elsewhere",
    "ImportForeignSchemaStmt": "IMPORT FOREIGN SCHEMA connects to another server",
    "CreatePublicationStmt": "CREATE PUBLICATION changes what replication sends",
    "AlterPublicationStmt": "ALTER PUBLICATION changes what replication sends",
}


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    name = kind(node)
    if name == "FuncCall":
        yield from _call(node, case)
    elif name == "RangeVar":
        yield from _foreign(node, case)
    else:
        yield case.refused(
            _NAME,
            f"{_STATEMENTS[name]}.",
            "Leave it out, or run the file against a clone.",
            ordinary=name == "NotifyStmt",
        )


def _call(node: Node, case: Case) -> Iterator[Finding]:
    schema, name = dotted(node.funcname)
    what = _FUNCTIONS.get(name) or next(
        (why for key, why in _FUNCTIONS.items() if key.endswith("*") and name.startswith(key[:-1])),
        _REMOTE,
    )
    if name.startswith("pg_logical_emit_message") and _is_transactional(node):
        return
    yield case.refused(
        _NAME,
        f"{name}() {what}.",
        "Test what leads up to the call, for example that the right arguments would be given.",
        object=f"{schema}.{name}" if schema else name,
        ordinary=name == "pg_notify",
    )


def _is_transactional(node: Node) -> bool:
    first = node.args[0].a_const if node.args else None
    return bool(first is not None and first.HasField("boolval") and first.boolval.boolval)


def _foreign(node: Node, case: Case) -> Iterator[Finding]:
    if any(each.kind is RelationKind.FOREIGN for each in case.relations_before(node)):
        yield case.refused(
            _NAME,
            f"{case.relation(node)} is a foreign table: reading or writing it {_REMOTE}.",
            "Make a temporary table of the same columns, and test against that.",
            object=case.relation(node),
        )


RULE = Rule(
    name=_NAME,
    title="has effects outside of its transaction",
    judge=_judge,
    kinds=(*_STATEMENTS, "RangeVar"),
    functions=tuple(_FUNCTIONS),
)
