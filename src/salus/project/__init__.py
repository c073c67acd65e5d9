"""The Python API: one project folder, with one method per verb."""

from salus.project.project import Project, open_project

__all__ = ["Project", "open_project"]
