BEGIN; -- ; not here ' nor "
SELECT plan(3); /* nor ; here /* nor $$ here */ nor ' here */
SELECT pass(/* inside ; the /* call */ */ 'a');
SELECT pass( -- to the end; of 'the line
    'b');
SELECT is(2 --1
    - 1, 1, 'c');
SELECT * FROM finish();
ROLLBACK;
