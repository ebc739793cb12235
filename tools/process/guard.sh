#!/bin/sh
# Runs "$@" in this process group, beside a watcher that reads descriptor 3, whose other end only the parent holds.
# When the parent dies, in whatever way, the read ends and the watcher ends the group: nothing outlives a kill -9.
"$@" 3<&- & child=$!
trap '' TERM
{
  read -r _ <&3
  kill -TERM 0
  tenths=0
  while kill -0 "$child" && [ "$tenths" -lt "$GUARD_GRACE_TENTHS" ]; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  kill -KILL 0
} >/dev/null 2>&1 & watcher=$!
wait "$child"
code=$?
kill -KILL "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
