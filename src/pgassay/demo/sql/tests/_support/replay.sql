-- Forward again from the state in which migration :number is the last one, oldest first.

select 1 > :number as later \gset
\if :later
\ir ../../../migrations/0001_foundations.up.sql
\endif
select 2 > :number as later \gset
\if :later
\ir ../../../migrations/0002_tenants.up.sql
\endif
select 3 > :number as later \gset
\if :later
\ir ../../../migrations/0003_teams.up.sql
\endif
select 4 > :number as later \gset
\if :later
\ir ../../../migrations/0004_organizations.up.sql
\endif
select 5 > :number as later \gset
\if :later
\ir ../../../migrations/0005_contacts.up.sql
\endif
select 6 > :number as later \gset
\if :later
\ir ../../../migrations/0006_products.up.sql
\endif
select 7 > :number as later \gset
\if :later
\ir ../../../migrations/0007_opportunities.up.sql
\endif
select 8 > :number as later \gset
\if :later
\ir ../../../migrations/0008_line_items.up.sql
\endif
select 9 > :number as later \gset
\if :later
\ir ../../../migrations/0009_interactions.up.sql
\endif
select 10 > :number as later \gset
\if :later
\ir ../../../migrations/0010_tags.up.sql
\endif
select 11 > :number as later \gset
\if :later
\ir ../../../migrations/0011_search.up.sql
\endif
select 12 > :number as later \gset
\if :later
\ir ../../../migrations/0012_audit.up.sql
\endif
select 13 > :number as later \gset
\if :later
\ir ../../../migrations/0013_life_cycle.up.sql
\endif
select 14 > :number as later \gset
\if :later
\ir ../../../migrations/0014_reporting.up.sql
\endif
