-- What no two servers share, unless one is a copy of the other.
select system_identifier::text from pg_catalog.pg_control_system()
