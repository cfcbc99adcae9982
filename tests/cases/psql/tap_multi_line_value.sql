SELECT E'1..2\nok 1 - in one value\nok 2 - of one row';
