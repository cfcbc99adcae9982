BEGIN;
SELECT plan(2);
SELECT is(length('naïve 漢字 🙂'), 10, 'Länge in Zeichen: naïve 漢字 🙂');
SELECT is('Ärger', 'Ruhe'::text, 'Grüße; ein Fehler');
SELECT * FROM finish();
ROLLBACK;
