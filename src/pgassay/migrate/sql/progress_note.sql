-- So many parts are committed.
insert into pgassay_migrations.progress (version, operation, sha256, parts)
values (:'version', :'operation', :'sha256', :'parts'::integer)
on conflict (version) do update
set operation = excluded.operation, sha256 = excluded.sha256, parts = excluded.parts, noted_at = excluded.noted_at
