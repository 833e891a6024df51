#!/bin/sh
# Writes the secrets that docker-compose.yml asks for into .env (or the file that is named), readable by its owner only.
# What is there already stays, so it may be run again at any time: after an update it adds what is new.
set -eu
file=${1:-.env}
umask 077
touch "$file"
if [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ]; then echo >>"$file"; fi

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# A variable without a value counts as missing, as it does for the mall.
add() {
  grep -Eq "^$1=." "$file" || printf '%s=%s\n' "$1" "$2" >>"$file"
}

# A mall that has run here without a container has made one: what it sealed with that must stay readable.
if [ -s .data/session-secret ]; then add SESSION_SECRET "$(cat .data/session-secret)"; else add SESSION_SECRET "$(random)"; fi
add MYSQL_ROOT_PASSWORD "$(random)"
add REDIS_PASSWORD "$(random)"
for room in USERS PRODUCTS INVENTORY CART ORDERS PAYMENTS RECOMMENDATIONS NOTIFICATIONS; do add "MYSQL_PASSWORD_$room" "$(random)"; done
echo "$file has what docker compose needs"
