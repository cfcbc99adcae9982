-- Harm: an invoice number is missing for ever.
-- Rule: sequences

select shop.next_invoice();
