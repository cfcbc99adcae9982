SELECT plan(2)\; SELECT pass('a')\; SELECT pass('b');
