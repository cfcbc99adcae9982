\set yes true
\set no off
BEGIN;
SELECT plan(4);
\if :yes
SELECT pass('if');
\else
SELECT fail('else');
\endif
\if :no
    SELECT fail('not this');
    \echo not ok - nor this
    \i no/such/file.psql
    \set yes false
\elif 1
    SELECT pass('elif');
    \if :{?unknown}
        SELECT fail('unknown is set');
    \else
        SELECT pass('nested else');
    \endif
\else
    SELECT fail('else');
\endif
\if :yes SELECT pass('the condition ends with the line, so this is junk')
\endif
SELECT pass('end');
SELECT * FROM finish();
ROLLBACK;
