#!/usr/bin/env bash
# Saves all schemas of a mall on one MySQL or MariaDB server as they are at one instant, while it sells, into one file that a
# client reads back: deploy/save-mysql.sh <file.sql> [options of the client, such as --host=… --user=…]
# What is read back sends again what was sent to Kafka shortly before that instant (app/backup/README.md says why).
# PREFIX is what the names of the schemas begin with (gomall_orders …). MYSQL and MYSQLDUMP name the client's programs.
set -euo pipefail

file=${1:?"usage: $0 <file.sql> [options of the client]"}
shift
prefix=${PREFIX:-gomall}
client=${MYSQL:-$(command -v mysql || command -v mariadb || echo mysql)}
dump=${MYSQLDUMP:-$(command -v mysqldump || command -v mariadb-dump || echo mysqldump)}

fail() {
  echo "$1" >&2
  exit 1
}

[ ! -e "$file" ] || fail "There is something at $file already: name another file."
mapfile -t schemas < <("$client" "$@" -N -B -e "select schema_name from information_schema.schemata where left(schema_name, char_length('${prefix}_')) = '${prefix}_' order by schema_name")
[ "${#schemas[@]}" -gt 0 ] || fail "No schema begins with ${prefix}_: is PREFIX what MYSQL_DSN names?"

umask 077
part=$file.part
trap 'rm -f "$part"' EXIT
# One connection, one transaction, one read view over all schemas: nothing of one room is older or younger than of another.
"$dump" "$@" --single-transaction --quick --hex-blob --no-tablespaces --default-character-set=utf8mb4 --databases "${schemas[@]}" > "$part"
tail -n 1 "$part" | grep -q '^-- Dump completed' || fail "The dump of ${schemas[*]} was broken off."
for schema in "${schemas[@]}"; do
  # Messages on their way are not in Kafka any more; who had heard one already knows it by its id. Places of what waits were offsets of topics that begin anew.
  echo "update \`$schema\`.platform_outbox set sent_at_ms = null where sent_at_ms is not null;"
  echo "update \`$schema\`.platform_delivery set place = place - 1000000000000;"
done >> "$part"
echo '-- gomall: whole' >> "$part"
sync "$part"
mv "$part" "$file"
echo "Saved ${schemas[*]} in $file ($(wc -c < "$file") bytes). It holds accounts and addresses: keep it where only you can read it; and keep SESSION_SECRET, elsewhere."
