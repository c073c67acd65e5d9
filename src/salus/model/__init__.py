"""The declared model: read, checked, with its curves, conditions and fingerprint."""
