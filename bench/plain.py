"""`python -m bench.plain ARGUMENTS`: the command `salus ARGUMENTS` as in a plain install, without
pandas.

pyarrow loads pandas if it is installed, but it is installed only with the tools for development.
"""

from __future__ import annotations

import sys


class Without:
    """A finder of modules that makes a package appear not to be installed."""

    def __init__(self, name: str) -> None:
        self.name = name

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == self.name:
            raise ModuleNotFoundError(fullname, name=fullname)


def hide_pandas() -> None:
    sys.meta_path.insert(0, Without("pandas"))  # type: ignore[arg-type]


if __name__ == "__main__":
    hide_pandas()
    from salus.cli.main import run

    run()
