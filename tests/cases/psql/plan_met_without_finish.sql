-- The end of the file ends the transaction.
BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT pass('b');
