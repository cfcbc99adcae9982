-- Harm: sends a request to the outside, later on.
-- Rule: outside_effects

select net.http_post(url := 'https://shop.invalid/pay', body := '{}');
