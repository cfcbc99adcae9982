-- Back to the state in which migration :number is the last one: the later ones are undone, newest first.
-- psql has no loops; this is the list.

select 14 > :number as later \gset
\if :later
\ir ../../../migrations/0014_reporting.down.sql
\endif
select 13 > :number as later \gset
\if :later
\ir ../../../migrations/0013_life_cycle.down.sql
\endif
select 12 > :number as later \gset
\if :later
\ir ../../../migrations/0012_audit.down.sql
\endif
select 11 > :number as later \gset
\if :later
\ir ../../../migrations/0011_search.down.sql
\endif
select 10 > :number as later \gset
\if :later
\ir ../../../migrations/0010_tags.down.sql
\endif
select 9 > :number as later \gset
\if :later
\ir ../../../migrations/0009_interactions.down.sql
\endif
select 8 > :number as later \gset
\if :later
\ir ../../../migrations/0008_line_items.down.sql
\endif
select 7 > :number as later \gset
\if :later
\ir ../../../migrations/0007_opportunities.down.sql
\endif
select 6 > :number as later \gset
\if :later
\ir ../../../migrations/0006_products.down.sql
\endif
select 5 > :number as later \gset
\if :later
\ir ../../../migrations/0005_contacts.down.sql
\endif
select 4 > :number as later \gset
\if :later
\ir ../../../migrations/0004_organizations.down.sql
\endif
select 3 > :number as later \gset
\if :later
\ir ../../../migrations/0003_teams.down.sql
\endif
select 2 > :number as later \gset
\if :later
\ir ../../../migrations/0002_tenants.down.sql
\endif
select 1 > :number as later \gset
\if :later
\ir ../../../migrations/0001_foundations.down.sql
\endif
