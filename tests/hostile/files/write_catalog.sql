-- Harm: breaks the definition of a table.
-- Rule: catalogs

update pg_catalog.pg_class set relkind = 'v' where relname = 'customers';
