"""Statistics that know nothing of customers: shares, intervals, rankings, survival, calibration."""
