"""As-of dates, windows and working days, all as whole days since 1970-01-01."""
