-- A migration was applied by other means.
insert into pgassay_migrations.history (version, name, sha256, statements, adopted)
values (:'version', :'name', :'sha256', :'statements'::text[], :'verified')
