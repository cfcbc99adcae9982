-- title: Whether the server offers pgTAP as an extension

select default_version
from pg_catalog.pg_available_extensions
where name = 'pgtap';
