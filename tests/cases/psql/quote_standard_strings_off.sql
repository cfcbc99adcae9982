BEGIN;
SELECT plan(2);
SET LOCAL standard_conforming_strings = off;
SET LOCAL escape_string_warning = off;
SELECT is('a\'b;c', 'a' || chr(39) || 'b;c', 'a backslash escapes the quote');
SET LOCAL standard_conforming_strings = on;
SELECT is('a\', 'a' || chr(92), 'and then does not');
SELECT * FROM finish();
ROLLBACK;
