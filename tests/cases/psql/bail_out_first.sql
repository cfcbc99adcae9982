\echo Bail out!
