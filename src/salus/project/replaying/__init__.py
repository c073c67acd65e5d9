"""The model at many dates: which dates, what is there already, and the work in portions that fit into memory."""
