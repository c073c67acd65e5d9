"""The parts of a report, from scored cells: bands, entries, dimensions, sources, the months before."""
