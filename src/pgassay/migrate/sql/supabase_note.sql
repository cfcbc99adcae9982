-- A migration was applied. Supabase keeps no hash.
insert into supabase_migrations.schema_migrations (version, name, statements)
select :'version', :'name', :'statements'::text[]
where :'sha256'::text is not null
