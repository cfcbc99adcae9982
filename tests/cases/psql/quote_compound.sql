BEGIN\; SELECT plan(3);
SELECT pass('a')\; SELECT pass('b')\; SELECT pass('c');
SELECT * FROM finish()\; ROLLBACK;
