BEGIN
\g
SELECT plan(2) \g
SELECT pass('a')
\g
SELECT pass('b') \g
SELECT * FROM finish() \g
ROLLBACK \g
