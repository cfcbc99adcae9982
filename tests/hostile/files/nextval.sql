-- Harm: an invoice number is missing for ever.
-- Rule: sequences

select nextval('shop.invoice_numbers');
