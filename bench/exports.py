"""How long `salus init` and `salus check` take on 60 MB of exports, in wall time, and how much memory.

The exports are those of six invented companies in one: each copy of a row has ids, names and domains
of its own, so that every table still leads to its customers. They are made with the generator in the
shared data folder beside the checkout.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.measured import Taken, middle, taken

COPIES, ROUNDS = 6, 3
FINE = (0, 3)  # 3: problems found
PROGRAM = [sys.executable, "-m", "bench.plain"]
GENERATOR = Path(__file__).parents[2] / "shared" / "data" / "exports_crm" / "generate.py"
INIT_LIMIT, CHECK_LIMIT, MEMORY_LIMIT = 15, 5, 1  # seconds, seconds, GB


def _named(value: str, copy: int) -> str:
    return f"K{copy} {value}"


def _ended(value: str, copy: int) -> str:
    return f"{value}{copy}"


def _counted(value: str, copy: int) -> str:
    return str(int(value) + copy * 10 ** (len(value) + 1))


#: How the ids and names of a copy differ, by file and column.
CHANGES: Mapping[str, Mapping[str, Callable[[str, int], str]]] = {
    "Account": {"Name": _named},
    "Case": {"CaseNumber": _ended},
    "subscriptions": {
        "id": _ended,
        "customer_id": _ended,
        "customer_company": _named,
        "cf_debitor": _counted,
    },
    "invoices": {
        "Invoice Number": _ended,
        "Reference Invoice": _ended,
        "Customer Id": _ended,
        "Subscription Id": _ended,
        "Company": _named,
    },
    "tickets": {"Ticket ID": _counted, "Contact ID": _counted, "Company Name": _named},
    "satisfaction_ratings": {"Survey response ID": _counted, "Ticket ID": _counted},
    "events": {"$insert_id": _ended},
    "amplitude_mobile_events": {"amplitude_id": _counted, "user_id": _ended},
    "users": {"company_name": _named},
    "responses": {"Response ID": _counted, "Person ID": _counted},
}
ONCE = ("exchange_rates", "OPOS_Debitoren_20261031")  # left as they are


def write(folder: Path) -> None:
    """Write the exports, whole or not at all."""
    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    raw = draft / "raw"
    subprocess.run(
        [sys.executable, str(GENERATOR), str(raw)], check=True, stdout=subprocess.DEVNULL
    )
    for path in sorted(raw.glob("*.csv")):
        if path.stem not in ONCE:
            _multiply(path)
    raw.rename(folder)
    shutil.rmtree(draft)


def _multiply(path: Path) -> None:
    """Add the copies of all rows, ordered as the first rows are."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    changes = [CHANGES.get(path.stem, {}).get(name) for name in header]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            for copy in range(1, COPIES):
                writer.writerow(
                    [
                        _place(change(value, copy) if change and value else value, copy)
                        for change, value in zip(changes, row, strict=True)
                    ]
                )


def _place(value: str, copy: int) -> str:
    """Domains and record ids of a copy. Digits for digits keep the last letters of an id valid."""
    return value.replace(".example", f"-{copy}.example").replace("7Q0000", f"7Q000{copy}")


def measure(folder: Path) -> str:
    """The report, as Markdown."""
    if not GENERATOR.is_file():
        return "The shared data folder isn't beside this checkout, so nothing was measured.\n"
    exports, project = folder / "exports", folder / "exports-project"
    if not exports.is_dir():
        write(exports)
    size = sum(path.stat().st_size for path in exports.iterdir()) / 1e6
    options = subprocess.run(
        [*PROGRAM, "init", "--help"], capture_output=True, text=True, check=True
    )
    yes = ["--yes"] if "--yes" in options.stdout else []

    def start() -> Taken:
        shutil.rmtree(project, ignore_errors=True)
        line = [*PROGRAM, "init", str(project), "--from", str(exports), *yes]
        return taken(line, fine=FINE)

    runs = {
        "`salus init`": (middle([start() for _ in range(ROUNDS)]), INIT_LIMIT),
        "`salus check`": (
            middle(
                [taken([*PROGRAM, "-C", str(project), "check"], fine=FINE) for _ in range(ROUNDS)]
            ),
            CHECK_LIMIT,
        ),
    }
    lines = [
        f"{size:.0f} MB of exports in {len(list(exports.iterdir()))} files, {COPIES * 240:,} customers;"
        " the median of three runs.",
        "",
        "| command | wall s | CPU s | memory GB | limit | |",
        "|---|---|---|---|---|---|",
    ]
    for name, (result, limit) in runs.items():
        good = result.wall < limit and result.memory < MEMORY_LIMIT
        mark = "met" if good else "**not met**"
        lines.append(
            f"| {name} | {result.wall:.1f} | {result.cpu:.1f} | {result.memory:.2f}"
            f" | {limit} s, {MEMORY_LIMIT} GB | {mark} |"
        )
    return "\n".join(lines) + "\n"
