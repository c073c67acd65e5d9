"""What pages may load: only what is in them, so that they open anywhere and run no script."""

from __future__ import annotations

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
