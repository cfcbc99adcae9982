SELECT plan(1);
SELECT is(current_setting('parity.login', true), NULL, 'no other file has set it');
