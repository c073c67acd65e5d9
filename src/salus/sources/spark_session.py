"""A Spark session: one a process, since starting it takes seconds; quiet, in UTC, in ANSI mode."""

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
from salus.sanitize import redact_address
from salus.sources.spark_fixed import FIXED

QUIET = Path(__file__).parent / "spark_quiet.properties"
LOG = f"-Dlog4j2.configurationFile={QUIET.as_uri()}"
#: For one machine: code is compiled once, quickly, and memory is tidied by one thread. A date of
#: 100,000 accounts took 62 CPU seconds on two busy cores, and 96 to 111 without. A long query of
#: your own may be better off without them.
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
    """The master that an address names.

    >>> master_of("spark:local[2]"), master_of("spark://spark.example.com:7077")
    ('local[2]', 'spark://spark.example.com:7077')
    """
    master = url if url.startswith("spark://") else url.removeprefix("spark:")
    if not _MASTER.fullmatch(master):
        raise DataError(
            f"`{redact_address(url)}` isn't a Spark master",
            "write spark:local[2] or spark://host:7077",
        )
    return master


def start_session(master: str, conf: Mapping[str, str]) -> Any:
    """A session of our own, with settings of its own, on the process's one connection to
    `master`.
    """
    _check_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging.getLogger("SQLQueryContextLogger").setLevel(
        logging.CRITICAL + 1
    )  # would print each refused query
    with ignore_warnings():
        session = _shared(master, conf).newSession()
    for name, value in {**_shuffling(master), **conf, **FIXED}.items():
        if name.startswith("spark.sql.") and (session.conf.isModifiable(name) or name in FIXED):
            session.conf.set(name, value)
    return session


@contextmanager
def ignore_warnings() -> Iterator[None]:
    """Without pyspark's warning about the version of pandas, of which it needs next to nothing
    here.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _shared(master: str, conf: Mapping[str, str]) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DataError(
            "Spark needs an extra that isn't installed", "pip install 'salus[spark]'"
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
    except Exception as error:  # Java's own tree of errors
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
    """Few partitions on one machine; a cluster keeps its own number, of which Spark joins small
    ones.
    """
    return (
        {"spark.sql.shuffle.partitions": str(2 * cores(master))}
        if master.startswith("local")
        else {}
    )


def cores(master: str) -> int:
    """Threads that a local master runs.

    >>> cores("local[2]"), cores("local")
    (2, 1)
    """
    told = re.match(r"local\[(\d+)", master)
    return int(told[1]) if told else (os.cpu_count() or 1) if "*" in master else 1


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
    """What Spark says, without its stack."""
    return next(
        (line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__
    )
