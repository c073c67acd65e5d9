"""Statistics of rows and entities: shares, intervals, rankings, survival, calibration."""
