SELECT plan(2);
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT is(current_setting('transaction_isolation'), 'serializable', 'as begun');
COMMIT AND CHAIN;
SELECT is(current_setting('transaction_isolation'), 'serializable', 'as chained');
SELECT * FROM finish();
ROLLBACK;
