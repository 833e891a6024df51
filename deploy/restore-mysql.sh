#!/usr/bin/env bash
# Reads back what save-mysql.sh has saved, into a server that has none of its schemas; no process of the mall runs:
# deploy/restore-mysql.sh <file.sql> [options of the client, such as --host=… --user=…]
set -euo pipefail

file=${1:?"usage: $0 <file.sql> [options of the client]"}
shift
client=${MYSQL:-$(command -v mysql || command -v mariadb || echo mysql)}

fail() {
  echo "$1" >&2
  exit 1
}

[ -f "$file" ] || fail "There is no file $file."
tail -n 1 "$file" | grep -q '^-- gomall: whole' || fail "$file is no whole save: its last line is missing. Use another."
mapfile -t schemas < <(grep -o '^USE `[^`]*`;' "$file" | cut -d '`' -f 2 | sort -u)
there=$("$client" "$@" -N -B -e 'show databases')
for schema in "${schemas[@]}"; do
  if grep -qx "$schema" <<< "$there"; then fail "The server has a schema $schema already: drop or rename it first (nothing was changed)."; fi
done
"$client" "$@" < "$file" || fail "Reading $file back was broken off: drop ${schemas[*]}, and begin again. Start no mall on what is there."
echo "Restored ${schemas[*]}. Give the mall a Kafka and a Redis that are empty, then start it."
