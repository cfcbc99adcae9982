SELECT plan(1);
SELECT is(current_setting('parity.view', true), NULL, 'no other file has set it');
