-- Harm: invoice numbers begin anew.
-- Rule: sequences

select setval('"shop"."invoice_numbers"'::regclass, 1);
