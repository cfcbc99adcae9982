"""The engine of migrations: finds and reads them, rehearses them on a copy, applies them, takes them back.

It is handed what examines a target before and after, and what runs tests; it knows neither.
"""
