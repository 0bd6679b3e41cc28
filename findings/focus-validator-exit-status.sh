#!/usr/bin/env bash
# The FOCUS validator on the package index says "Validation failed!" and exits with 0: a build step
# that only looks at the exit status passes every bill.
#
# Seen with focus-validator 1.0.0 (the only version there for Python 3.11; it knows FOCUS 0.5, 1.0
# and 1.0-preview) on a small file of the right form that lacks nearly all required columns: 40 rules
# named as failed, the line "Validation failed!", exit status 0. Its report has to be read.
# (multimethod is pinned because the newest one lacks a name that the validator's dependency imports.)
#
# Needs python3 with venv and the package index; installs into a temporary folder. Exits with 1 if
# the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet focus-validator==1.0.0 multimethod==1.12
printf 'BilledCost,BillingCurrency\n12.5,USD\n' > "$folder/bill.csv"
status=0
"$folder/venv/bin/focus-validator" --data-file "$folder/bill.csv" --validate-version 1.0 \
  > "$folder/report.txt" 2>&1 || status=$?
failed=$(grep -c ' failed:$' "$folder/report.txt" || true)
last=$(grep -v '^$' "$folder/report.txt" | tail -1)
echo "focus-validator 1.0.0: $failed rules failed; last line: $last; exit status $status"
if [ "$status" = 0 ] && [ "$failed" -gt 20 ] && [ "$last" = "Validation failed!" ]; then
  echo "as stated"
else
  echo "CHANGED: the validator reports differently now"
  exit 1
fi
