-- A migration was rolled back.
delete from pgassay_migrations.history
where version = :'version'
