-- The products of an opportunity. Its amount is the sum of its lines from here on.

create table crm.opportunity_products (
    tenant_id uuid not null,
    opportunity_id uuid not null,
    product_id uuid not null,
    quantity integer not null default 1,
    unit_price numeric(12, 2) not null,
    discount crm.percentage not null default 0,
    line_total numeric(14, 2) not null
        generated always as (round(quantity * unit_price * (100 - discount) / 100, 2)) stored,
    primary key (opportunity_id, product_id),
    -- Redundant for the rows, not for their order of leaving: without it, deleting a tenant reaches its
    -- products before the lines that refer to them.
    constraint opportunity_products_tenant_fk foreign key (tenant_id)
        references crm.tenants (id) on delete cascade,
    constraint opportunity_products_opportunity_fk foreign key (tenant_id, opportunity_id)
        references crm.opportunities (tenant_id, id) on delete cascade,
    constraint opportunity_products_product_fk foreign key (tenant_id, product_id)
        references crm.products (tenant_id, id),
    constraint opportunity_products_quantity_range check (quantity between 1 and 1000000),
    constraint opportunity_products_unit_price_range check (unit_price >= 0)
);

create index opportunity_products_product_idx on crm.opportunity_products (tenant_id, product_id);

create function private.price_line() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
declare
    product crm.products;
begin
    select * into product from crm.products where tenant_id = new.tenant_id and id = new.product_id;
    if not product.is_active then
        raise exception '% is no longer sold', product.sku using errcode = 'CRM30';
    end if;
    if product.currency <> (select currency from crm.opportunities where id = new.opportunity_id) then
        raise exception '% is priced in %', product.sku, product.currency using errcode = 'CRM31';
    end if;
    if new.unit_price is null then
        new.unit_price := product.unit_price;
    end if;
    return new;
end
$$;

create function private.sum_lines() returns trigger
    language plpgsql security definer
    set search_path = ''
as $$
begin
    update crm.opportunities as o
    set amount = coalesce(
        (select sum(line_total) from crm.opportunity_products as l where l.opportunity_id = o.id),
        0
    )
    where o.id = any (array[new.opportunity_id, old.opportunity_id]);
    return null;
end
$$;

create trigger opportunity_products_price before insert on crm.opportunity_products
    for each row execute function private.price_line();
create trigger opportunity_products_sum after insert or update or delete on crm.opportunity_products
    for each row execute function private.sum_lines();

revoke execute on function private.price_line() from public;
revoke execute on function private.sum_lines() from public;

alter table crm.opportunity_products enable row level security;

grant select, insert, update, delete on crm.opportunity_products to authenticated, service_role;

create policy opportunity_products_select_visible on crm.opportunity_products for select to authenticated
    using (exists (select from crm.opportunities as o where o.id = opportunity_id));
create policy opportunity_products_write_owner on crm.opportunity_products for all to authenticated
    using (
        exists (
            select
            from crm.opportunities as o
            where o.id = opportunity_id
                and o.owner_id = (select auth.uid())
        )
    );
create policy opportunity_products_write_manager on crm.opportunity_products for all to authenticated
    using (tenant_id = any (array(select private.tenants_as('manager'))));
