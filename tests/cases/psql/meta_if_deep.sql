\if true
    \if true
        \if false
            \if true
            SELECT fail('never');
            \endif
        \elif true
SELECT plan(1);
        \endif
    \endif
\endif
SELECT pass('a');
