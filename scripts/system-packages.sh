#!/bin/sh
# The browser and the spreadsheet program that a few tests drive, and Java for Spark, from Debian's packages.
# Only root on a Debian machine installs them; elsewhere those tests say why they are skipped.
set -eu
missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium fonts-dejavu-core"
[ -x /usr/bin/soffice ] || missing="$missing libreoffice-calc-nogui"
[ -n "${JAVA_HOME:-}" ] || command -v java >/dev/null || missing="$missing openjdk-17-jre-headless"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed, so their tests are skipped:$missing"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -qq -y --no-install-recommends $missing >/dev/null
