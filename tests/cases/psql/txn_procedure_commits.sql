CREATE PROCEDURE fill(rows integer) LANGUAGE plpgsql AS $$
BEGIN
    CREATE TABLE filled (id integer);
    FOR i IN 1..rows LOOP
        INSERT INTO filled VALUES (i);
        COMMIT;
    END LOOP;
END
$$;
SELECT plan(1);
CALL fill(3);
SELECT is((SELECT count(*) FROM filled), 3::bigint, 'a procedure may commit outside a transaction');
SELECT * FROM finish();
DROP TABLE filled;
DROP PROCEDURE fill;
