-- A rollback may replace schemas inside of the database, where the database itself is not to be renamed.

alter table prod_test_schema.rollback_events
    add column way text not null default 'database' check (way in ('database', 'schemas')),
    add column schemas text[] not null default '{}';

comment on column prod_test_schema.rollback_events.way is
    'What was swapped: the names of two databases, or of schemas inside of the one in use';
comment on column prod_test_schema.rollback_events.schemas is 'The schemas that were replaced, where that was the way';
comment on column prod_test_schema.rollback_events.outage_s is
    'Seconds in which nobody could get into the database; of schemas: in which others may have waited for locks';
