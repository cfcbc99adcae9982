-- Nothing is under way any more.
delete from pgassay_migrations.progress
where version = :'version'
