-- Harm: sends a request to the outside.
-- Rule: outside_effects

select status from http_get('https://shop.invalid/pay');
