"""Starts Spark: once per process, because it takes seconds; without log output, in UTC, in ANSI
mode.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from salus.errors import DataError
from salus.pandas_import import ask_for_pandas
from salus.sanitize import redact_address
from salus.sources.spark_settings import FIXED

QUIET = Path(__file__).parent / "spark_quiet.properties"
LOG = f"-Dlog4j2.configurationFile={QUIET.as_uri()}"
#: For one machine: compile code quickly instead of well, and collect garbage with one thread. One
#: date of 100,000 accounts took 62 CPU seconds on two busy cores, and 96 to 111 without these
#: options. A long query may be faster without them.
_SMALL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_DEFAULTS = {
    "spark.app.name": "salus",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.driver.maxResultSize": "0",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.driver.extraJavaOptions": LOG,
}
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": f"{LOG} {_SMALL}",
}
_MASTER = re.compile(r"local(-cluster)?(\[[0-9*, ]+\])?|spark://\S+|yarn|k8s://\S+")


def master_of(url: str) -> str:
    """The Spark master in an address. Raises DataError if it isn't one.

    >>> master_of("spark:local[2]"), master_of("spark://spark.example.com:7077")
    ('local[2]', 'spark://spark.example.com:7077')
    """
    master = url if url.startswith("spark://") else url.removeprefix("spark:")
    if not _MASTER.fullmatch(master):
        raise DataError(
            f"`{redact_address(url)}` isn't a valid Spark master",
            "write spark:local[2] or spark://host:7077",
        )
    return master


def start_session(master: str, conf: Mapping[str, str]) -> Any:
    """A new session with its own settings. All sessions of a process share the connection to
    `master`.
    """
    _check_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # this logger would print each query that Spark refuses
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    with ignore_warnings():
        session = _shared(master, conf).newSession()
    for name, value in {**_shuffling(master), **conf, **FIXED}.items():
        if name.startswith("spark.sql.") and (session.conf.isModifiable(name) or name in FIXED):
            session.conf.set(name, value)
    return session


@contextmanager
def ignore_warnings() -> Iterator[None]:
    """Hide pyspark's warning about the version of pandas, which Salus hardly uses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _shared(master: str, conf: Mapping[str, str]) -> Any:
    ask_for_pandas()  # pyspark converts with it
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DataError(
            "Spark needs a package that isn't installed", "pip install 'salus[spark]'"
        ) from error
    builder = SparkSession.builder.master(master)
    for name, value in {
        **_DEFAULTS,
        **(_LOCAL if master.startswith("local") else {}),
        **conf,
    }.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java's errors have no base class here
        raise DataError(
            f"Spark can't be started on {master}: {first_line(error)}",
            "check the address and [spark.conf] in salus.toml",
        ) from error
    running = session.sparkContext.master
    if running != master:
        raise DataError(
            f"this process already uses Spark on {running} and can't use {master} as well",
            "use one master per process",
        )
    return session


def _shuffling(master: str) -> dict[str, str]:
    """The number of shuffle partitions on one machine. A cluster keeps its own setting; Spark joins
    small partitions there.
    """
    return (
        {"spark.sql.shuffle.partitions": str(2 * cores(master))}
        if master.startswith("local")
        else {}
    )


def cores(master: str) -> int:
    """The number of threads of a local master.

    >>> cores("local[2]"), cores("local")
    (2, 1)
    """
    match = re.match(r"local\[(\d+)", master)
    return int(match[1]) if match else (os.cpu_count() or 1) if "*" in master else 1


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if (Path(home) / "bin" / "java").exists() if home else shutil.which("java"):
        return
    raise DataError(
        (
            f"Spark needs Java, and there is no {home}/bin/java"
            if home
            else "Spark needs Java, and none was found"
        ),
        "install a Java runtime of version 17 or 21 (Debian: openjdk-17-jre-headless), or set"
        " JAVA_HOME to one",
    )


def first_line(error: Exception) -> str:
    """The first line of Spark's message, without the stack trace."""
    return next(
        (line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__
    )
