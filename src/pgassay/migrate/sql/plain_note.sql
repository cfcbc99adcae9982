-- A migration was applied.
insert into pgassay_migrations.history (version, name, sha256, statements)
values (:'version', :'name', :'sha256', :'statements'::text[])
