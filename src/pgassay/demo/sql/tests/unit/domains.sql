-- The domains at their borders: for each the longest, shortest or oddest value that passes, and the
-- nearest that does not.

begin;
select plan(54);

select lives_ok(format('select %L::crm.%s', value, domain), format('%s takes %s', domain, left(value, 40)))
from (
    values
        ('email_address', 'a@b.de'),
        ('email_address', 'anna.kaya+news@mail.example.org'),
        ('email_address', repeat('a', 242) || '@example.org'),
        ('phone_number', '+1234567'),
        ('phone_number', '+123456789012345'),
        ('web_domain', 'a.b'),
        ('web_domain', 'shop.example-works.co.uk'),
        ('currency_code', 'EUR'),
        ('percentage', '0'),
        ('percentage', '100'),
        ('percentage', '33.33'),
        ('slug', 'abc'),
        ('slug', 'north-2-x'),
        ('slug', repeat('a', 40)),
        ('sku', 'AB-123'),
        ('sku', 'ABCDEF-123456'),
        ('hex_color', '#00ff9a')
) as good (domain, value);

select throws_ok(
    format('select %L::crm.%s', value, domain),
    '23514',
    null,
    format('%s refuses %s', domain, left(value, 40))
)
from (
    values
        ('email_address', 'a@b'),
        ('email_address', 'a.de'),
        ('email_address', 'a b@c.de'),
        ('email_address', '@c.de'),
        ('email_address', 'a@b@c.de'),
        ('email_address', 'a@.de'),
        ('email_address', 'a@c.'),
        ('email_address', repeat('a', 243) || '@example.org'),
        ('phone_number', '1234567'),
        ('phone_number', '+123456'),
        ('phone_number', '+1234567890123456'),
        ('phone_number', '+0234567'),
        ('phone_number', '+12 34567'),
        ('web_domain', 'localhost'),
        ('web_domain', 'Example.org'),
        ('web_domain', 'a..b'),
        ('web_domain', 'a.b/c'),
        ('currency_code', 'eur'),
        ('currency_code', 'EU'),
        ('currency_code', 'EURO'),
        ('percentage', '-0.01'),
        ('percentage', '100.01'),
        ('slug', 'ab'),
        ('slug', repeat('a', 41)),
        ('slug', 'north--two'),
        ('slug', '-north'),
        ('slug', 'north-'),
        ('slug', 'North'),
        ('sku', 'A-123'),
        ('sku', 'ABCDEFG-123'),
        ('sku', 'AB-12'),
        ('sku', 'AB-1234567'),
        ('sku', 'ab-123'),
        ('hex_color', '#00FF9A'),
        ('hex_color', '#00ff9'),
        ('hex_color', '#00ff9ab'),
        ('hex_color', '00ff9a')
) as bad (domain, value);

select * from finish();
rollback;
