# Puts the tools that tools/setup.sh installs on PATH, and finds browsers for
# the tests. To be sourced from the repository's root: `. tools/env.sh`.
# shellcheck shell=sh

. tools/versions.env

tools_dir=${EXPERT_CHEF_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/expert-chef/tools}
# Ahead of PATH: another version of a tool may be installed there.
for tool in "trunk-$TRUNK_VERSION" "wasm-bindgen-$WASM_BINDGEN_VERSION" "binaryen-$BINARYEN_VERSION" \
    "mdbook-$MDBOOK_VERSION" "geckodriver-$GECKODRIVER_VERSION" "cargo-mutants-$CARGO_MUTANTS_VERSION"; do
    if [ -d "$tools_dir/$tool/bin" ]; then
        PATH=$tools_dir/$tool/bin:$PATH
    fi
done
if [ -d "$tools_dir/esbuild-$ESBUILD_VERSION" ]; then
    PATH=$tools_dir/esbuild-$ESBUILD_VERSION/node_modules/.bin:$PATH
fi
export PATH
# The interpreter that goes into the page, but for who wants none.
PYODIDE=$tools_dir/pyodide-$PYODIDE_VERSION/package
if [ "${PYTHON:-}" = 0 ] || [ ! -d "$PYODIDE" ]; then
    PYODIDE=
fi
export PYODIDE

# What the code editor is bundled from. A build that finds none is without.
CODE_EDITOR=$tools_dir/code-editor-$CODE_EDITOR_LOCK/node_modules
export CODE_EDITOR

if [ -z "${CHROME:-}" ]; then
    for name in google-chrome google-chrome-stable chromium chromium-browser \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if CHROME=$(command -v "$name"); then
            break
        fi
    done
fi
if [ -z "${CHROMEDRIVER:-}" ]; then
    CHROMEDRIVER=$(command -v chromedriver || true)
fi
if [ -z "${FIREFOX:-}" ]; then
    for name in firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"; do
        if FIREFOX=$(command -v "$name"); then
            break
        fi
    done
fi
export CHROME CHROMEDRIVER FIREFOX

# No path of the machine that builds goes into the page, so that any two
# machines build the same one.
WASM_RUSTFLAGS=
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    WASM_RUSTFLAGS="$WASM_RUSTFLAGS --remap-path-prefix=$registry=/"
done
WASM_RUSTFLAGS="$WASM_RUSTFLAGS --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=/rustc"
# Pointers that run along in loops, loads that are made ahead, results that are
# kept in more locals, and code that is moved out of branches and loops are for
# speed, or one place for what brotli makes one place anyway: 1.7 KB, compressed.
for pass in -disable-lsr -enable-load-pre=false -disable-machine-cse -disable-machine-licm \
    -simplifycfg-sink-common=false -replexitval=never; do
    WASM_RUSTFLAGS="$WASM_RUSTFLAGS -Cllvm-args=$pass"
done
# A quarter of the usual stack is plenty (its end is guarded): what lies behind it
# has shorter addresses then, which is 0.2 KB.
WASM_RUSTFLAGS="$WASM_RUSTFLAGS -Clink-arg=-zstack-size=262144"
export WASM_RUSTFLAGS
# A standard library of its own, built for size, in which a panic says nothing and
# ends the program: 5.3 KB, compressed. Cargo has that for those who ask for what
# is not stable yet. What the DOM refused is told all the same, and a build without
# `--release` tells every panic.
WASM_STD="RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size"
WASM_STD="$WASM_STD CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT=true CARGO_PROFILE_RELEASE_PANIC=immediate-abort"
export WASM_STD
