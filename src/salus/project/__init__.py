"""The facade: one method per verb over one project folder."""

from salus.project.project import Project, open_project

__all__ = ["Project", "open_project"]
