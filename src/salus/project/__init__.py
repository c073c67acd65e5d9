"""The Python API: one project folder, with one method per verb."""

from salus.project.project import Project, open_project
from salus.project.start import init

__all__ = ["Project", "init", "open_project"]
