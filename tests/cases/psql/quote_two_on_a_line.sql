BEGIN; SELECT plan(2); SELECT pass('a'); SELECT pass('b'); SELECT * FROM finish(); ROLLBACK;
