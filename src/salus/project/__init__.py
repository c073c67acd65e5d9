"""Every verb of the product, a few lines each, over one folder."""

from salus.project.project import Project, open_project

__all__ = ["Project", "open_project"]
