"""What a table adds to a model by its role in a folder of exports, one module a role."""

from salus.draft.roles.by_role import draft_by_role

__all__ = ["draft_by_role"]
