"""The model in `salus.yaml`: its parts, its conditions, its reader and its fingerprint."""
