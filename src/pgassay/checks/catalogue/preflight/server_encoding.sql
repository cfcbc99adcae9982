-- title: Encoding of the database
-- level: warning
-- parameter: enough = UTF8 (names) encodings that hold every text
-- help: Make a database with encoding 'UTF8', and move the data by pg_dump and pg_restore.
--
-- Test files and names are UTF-8. A database in another encoding refuses what it has no letters for; SQL_ASCII takes
-- everything and checks nothing.

select
    format('%I', current_database()) as object,
    format('is encoded as %s', current_setting('server_encoding')) as detail,
    case when current_setting('server_encoding') = any (:'enough'::pg_catalog.text[]) then 'passed' end as level;

-- breaks: an encoding that is not among those that are enough
-- with: enough = OTHER

-- holds: any encoding, where each is enough
-- with: enough = UTF8, SQL_ASCII, LATIN1
