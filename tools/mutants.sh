#!/usr/bin/env bash
# Changes the core in small ways, one at a time (a `<` into a `<=`, a function's
# result into a constant), and says how many of these changes its tests notice.
# Run by `make mutants`; .cargo/mutants.toml says what is changed.
#
# All changes would take hours, so SIZE of them are drawn, by SEED: those whose
# hashes with it are lowest. So a sample stays the same, but for what was itself
# edited, while the code around it grows. Fails if fewer than 85 % are noticed.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh

seed=${SEED:-9}
size=${SIZE:-150}
least=85
out=$PWD/target/mutants
mkdir -p "$out"

# Tests with tables of their own are over at once. What these let pass goes to
# the tests of properties too. The others of the core (pictures, files, the
# editor) are left out: they could only notice more.
quick=(edges limits playing)
thorough=(config form network playback run theory timeline)

# As quick as can be, and the same each time.
export CARGO_TARGET_DIR=$out/build CARGO_PROFILE_DEV_DEBUG=0
export PROPTEST_CASES=32 PROPTEST_RNG_SEED=$seed

# A loop that never ends may collect without end.
ulimit -v 6000000 2>/dev/null || true

mutants() { cargo mutants --package expert-chef-core --colors never "$@"; }

# Makes the changes that standard input names.
try() { # folder for what comes of it, tests...
    local into=$out/$1 code=0 chosen=() name test
    shift
    while IFS= read -r name; do
        chosen+=(--re "$name")
    done < <(sed 's/[][\\.+*?(){}|^$]/\\&/g; s/.*/^&$/')
    mkdir -p "$into"
    rm -rf "$into"/mutants.out*
    for test in "$@"; do
        chosen+=(--cargo-arg="--test=$test")
    done
    mutants --output "$into" "${chosen[@]}" </dev/null || code=$?
    # 2 and 3 say that not every one was noticed, or only by never ending.
    case $code in
        0 | 2 | 3) ;;
        *) exit "$code" ;;
    esac
}

count() { cat "${@/#/$out/}" 2>/dev/null | wc -l | tr -d ' '; }

mutants --list > "$out/all.txt"
python3 -c '
import hashlib, sys
seed, size = sys.argv[1], int(sys.argv[2])
names = sys.stdin.read().splitlines()
names.sort(key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
print("\n".join(sorted(names[:size])))
' "$seed" "$size" < "$out/all.txt" > "$out/sample.txt"
printf 'mutants: %d of %d, drawn with seed %s\n' "$(count sample.txt)" "$(count all.txt)" "$seed"

rm -rf "$out/thorough"
try quick "${quick[@]}" < "$out/sample.txt"
if [ "$(count quick/mutants.out/missed.txt)" -gt 0 ]; then
    try thorough "${thorough[@]}" < "$out/quick/mutants.out/missed.txt"
fi
endless=$(count {quick,thorough}/mutants.out/timeout.txt)
unviable=$(count quick/mutants.out/unviable.txt)
noticed=$((endless + $(count {quick,thorough}/mutants.out/caught.txt)))
total=$(($(count sample.txt) - unviable))
printf 'mutants: %d of %d noticed, %d of these by never ending: %d.%d %%; %d do not compile and do not count\n' \
    "$noticed" "$total" "$endless" $((noticed * 100 / total)) $((noticed * 1000 / total % 10)) \
    "$unviable"
if [ $((noticed * 100)) -lt $((least * total)) ]; then
    printf 'mutants: fewer than %d %%\n' "$least" >&2
    exit 1
fi
