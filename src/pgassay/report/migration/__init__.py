"""What is said of migrations: plans, rehearsals, applications, and where everything stands."""
