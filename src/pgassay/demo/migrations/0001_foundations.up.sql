-- The words that every later migration speaks in: two schemas, the enums, the domains, and the
-- trigger function that stamps a changed row.
--
-- crm      what the API exposes
-- private  what policies and triggers call; never exposed, but policies run as the caller, so the
--          request roles need USAGE

create schema crm;
create schema private;

grant usage on schema crm, private to anon, authenticated, service_role;

create type crm.tenant_plan as enum ('free', 'team', 'enterprise');
create type crm.member_role as enum ('viewer', 'rep', 'manager', 'admin');
create type crm.contact_status as enum ('lead', 'qualified', 'customer', 'churned');
create type crm.opportunity_stage as enum (
    'prospecting',
    'qualified',
    'proposal',
    'negotiation',
    'won',
    'lost'
);
create type crm.interaction_kind as enum ('call', 'email', 'meeting', 'note');

create domain crm.email_address as text
    constraint email_address_shape check (value ~ '^[^@[:space:]]+@[^@[:space:].]+(\.[^@[:space:].]+)+$')
    constraint email_address_length check (length(value) <= 254);

create domain crm.phone_number as text
    constraint phone_number_shape check (value ~ '^\+[1-9][0-9]{6,14}$');

create domain crm.web_domain as text
    constraint web_domain_shape check (value ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$');

create domain crm.currency_code as text
    constraint currency_code_shape check (value ~ '^[A-Z]{3}$');

create domain crm.percentage as numeric(5, 2)
    constraint percentage_range check (value between 0 and 100);

create domain crm.slug as text
    constraint slug_shape check (value ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
    constraint slug_length check (length(value) between 3 and 40);

create domain crm.sku as text
    constraint sku_shape check (value ~ '^[A-Z]{2,6}-[0-9]{3,6}$');

create domain crm.hex_color as text
    constraint hex_color_shape check (value ~ '^#[0-9a-f]{6}$');

create function private.touch_updated_at() returns trigger
    language plpgsql
    set search_path = ''
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

revoke execute on function private.touch_updated_at() from public;
