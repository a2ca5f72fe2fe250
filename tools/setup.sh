#!/usr/bin/env bash
# Installs what a build, the tests, the lints, the benchmark, mutation testing or
# CPython's own tests need and is not there yet: tools/setup.sh
# [build|test|lint|bench|mutants|cpython]. Run by make; run again, it has nothing to
# do and says nothing.
#
# Everything but system packages and Rust's own parts goes into one folder for
# each tool and version below $EXPERT_CHEF_TOOLS (default: the user's cache);
# removing that folder undoes it.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh

purpose=${1:-build}
case $purpose in
    build | test | lint | bench | mutants | cpython) ;;
    *) echo "usage: tools/setup.sh [build|test|lint|bench|mutants|cpython]" >&2; exit 2 ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Temporary folders stand beside their destination, so that moving one there is
# a single step and a broken-off run leaves nothing that looks finished.
scratch=
trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT
new_scratch() {
    if ! { mkdir -p "$tools_dir" && scratch=$(mktemp -d "$tools_dir/.new-XXXXXX"); } 2>/dev/null; then
        fail "cannot write to $tools_dir: set EXPERT_CHEF_TOOLS to a folder that can be written"
    fi
}

# --- system packages ---------------------------------------------------------

apt_install() {
    have apt-get || return 1
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        have sudo || return 1
        as_root=(sudo)
    fi
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get install -y -qq --no-install-recommends "$@")
    # The package list of a new machine may be empty or old.
    "${install[@]}" >/dev/null 2>&1 ||
        { "${as_root[@]}" apt-get update -qq >/dev/null 2>&1 && "${install[@]}" >/dev/null; }
}

system_package() { # what, about how long, packages...
    local what=$1 about=$2 start=$SECONDS
    shift 2
    say "installing $what from the system's packages ($about)..."
    apt_install "$@" || return 1
    say "installed $what in $((SECONDS - start)) s"
}

need_compiler() {
    have cc || system_package "a C compiler" "about half a minute" build-essential || fail \
        "no C compiler found: install one (Debian and Ubuntu: sudo apt-get install build-essential; macOS: xcode-select --install)"
}

need_browser() {
    if [ -n "$CHROME" ] && [ -n "$CHROMEDRIVER" ]; then
        return
    fi
    local hint="install Chrome or Chromium and the chromedriver of the same version, on PATH or named by CHROME and CHROMEDRIVER"
    # Only Debian's own packages: Ubuntu's are snaps, which cannot see the
    # files of a test in a temporary folder.
    if [ -r /etc/os-release ] && ! grep -qx 'ID=debian' /etc/os-release; then
        fail "no browser to test in: $hint"
    fi
    system_package "Chromium and chromedriver" "about a minute" chromium chromium-driver ||
        fail "no browser to test in: $hint"
}

need_firefox() {
    if [ -n "$FIREFOX" ]; then
        return
    fi
    local hint="install Firefox, on PATH or named by FIREFOX"
    # Ubuntu's own is a snap as well.
    if [ -r /etc/os-release ] && ! grep -qx 'ID=debian' /etc/os-release; then
        fail "no Firefox to test in: $hint"
    fi
    system_package "Firefox" "about a minute" firefox-esr || fail "no Firefox to test in: $hint"
}

# --- Rust --------------------------------------------------------------------

need_rust() {
    if ! have rustup || ! have cargo; then
        fail "Rust is missing: install rustup (https://rustup.rs) and open a new terminal"
    fi
    local root
    root=$(rustc --print sysroot) ||
        fail "rustup has no toolchain: run \"rustup default stable\""
    if [ ! -d "$root/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
        say "adding Rust's wasm32-unknown-unknown target (about 20 s)..."
        rustup -q target add wasm32-unknown-unknown ||
            fail "could not add the target: run \"rustup target add wasm32-unknown-unknown\" and see why"
    fi
    if [ ! -d "$root/lib/rustlib/src/rust/library" ]; then
        say "adding the source of Rust's standard library (a few seconds)..."
        rustup -q component add rust-src ||
            fail "could not add it: run \"rustup component add rust-src\" and see why"
    fi
    if [ "$purpose" = lint ]; then
        local component
        for component in rustfmt clippy; do
            if [ ! -x "$root/bin/cargo-${component/rust/}" ]; then
                say "adding Rust's $component (about 10 s)..."
                rustup -q component add "$component" ||
                    fail "could not add $component: run \"rustup component add $component\" and see why"
            fi
        done
    fi
}

# --- tools of a pinned version -----------------------------------------------

# What `--version` says, as a bare version: "trunk 0.21.14", "wasm-opt version 132 (...)".
version_of() {
    { "$1" --version 2>/dev/null || true; } | sed -n '1s/^[^0-9]*\([0-9][0-9.]*\).*/\1/p'
}

# Moves the finished $scratch into place. Two runs at once may both finish.
put_in_place() { # folder name
    if [ ! -d "$tools_dir/$1" ]; then
        mv "$scratch" "$tools_dir/$1" 2>/dev/null || true
    fi
    rm -rf "$scratch"
    scratch=
}

machine() { printf '%s-%s' "$(uname -m | sed 's/arm64/aarch64/')" "$(uname -s)"; }

# A release's archive, unpacked into $scratch/unpacked. Where the network does
# not lead there, the connect timeout sees to it that the next way is tried soon.
unpack_release() { # URL
    have curl && have tar || return 1
    mkdir -p "$scratch/unpacked" &&
        curl --proto '=https' --fail --silent --location --connect-timeout 5 --max-time 300 \
            --output "$scratch/archive.tar.gz" "$1" 2>/dev/null &&
        tar -xzf "$scratch/archive.tar.gz" -C "$scratch/unpacked" 2>/dev/null
}

keep_binary() { # name: from wherever it was unpacked, into $scratch/bin
    local found
    found=$(find "$scratch/unpacked" -type f -name "$1" -perm -u+x | head -n 1)
    [ -n "$found" ] && mkdir -p "$scratch/bin" && mv "$found" "$scratch/bin/$1"
}

binary_release() { # crate, version, URL, binaries...
    local version=$2 url=$3
    shift 3
    [ -n "$url" ] && unpack_release "$url" || return 1
    local binary
    for binary in "$@"; do
        keep_binary "$binary" || return 1
    done
    [ "$(version_of "$scratch/bin/$1")" = "$version" ] || return 1
    rm -rf "$scratch/unpacked" "$scratch/archive.tar.gz"
}

binstall() { # crate, version
    have cargo-binstall || return 1
    cargo binstall --no-confirm --disable-telemetry --disable-strategies compile \
        --root "$scratch" "$1@$2" >/dev/null 2>&1
}

# From source, for a build that takes some minutes and not half an hour: these tools run
# for seconds, so an unoptimised one costs less than optimising it.
compile() { # crate, version, features...
    local crate=$1 version=$2
    shift 2
    need_compiler
    local cheap=(env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET
        CARGO_TARGET_DIR="$scratch/target" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=symbols)
    local install=(cargo install --quiet --root "$scratch" --version "=$version" "$crate" "$@")
    # The versions its makers tested, or, if one of those has been withdrawn,
    # the newest that fit.
    "${cheap[@]}" "${install[@]}" --locked >/dev/null 2>"$scratch/log" ||
        "${cheap[@]}" "${install[@]}" >/dev/null 2>"$scratch/log" || {
        tail -n 20 "$scratch/log" >&2
        return 1
    }
    rm -rf "$scratch/target" "$scratch/log" "$scratch"/.crates*
}

need_cargo_tool() { # crate, version, URL of its release, "binaries", features for compiling...
    local crate=$1 version=$2 url=$3 start=$SECONDS
    local binaries
    read -ra binaries <<<"$4"
    shift 4
    local folder=${crate%-cli}-$version
    if [ -x "$tools_dir/$folder/bin/${binaries[0]}" ]; then
        return
    fi
    local binary right=yes
    for binary in "${binaries[@]}"; do
        [ "$(version_of "$binary")" = "$version" ] || right=no
    done
    if [ $right = yes ]; then
        return
    fi
    say "installing ${crate%-cli} $version (seconds; some minutes if it must be compiled)..."
    new_scratch
    binstall "$crate" "$version" ||
        binary_release "$crate" "$version" "$url" "${binaries[@]}" ||
        { rm -rf "${scratch:?}"/* && compile "$crate" "$version" "$@"; } ||
        fail "could not install $crate $version: run \"cargo install $crate --version $version\" and see why"
    put_in_place "$folder"
    say "installed ${crate%-cli} $version in $((SECONDS - start)) s"
}

need_trunk() {
    local target=
    case $(machine) in
        x86_64-Linux) target=x86_64-unknown-linux-gnu ;;
        aarch64-Linux) target=aarch64-unknown-linux-gnu ;;
        x86_64-Darwin) target=x86_64-apple-darwin ;;
        aarch64-Darwin) target=aarch64-apple-darwin ;;
    esac
    local url=${target:+https://github.com/trunk-rs/trunk/releases/download/v$TRUNK_VERSION/trunk-$target.tar.gz}
    need_cargo_tool trunk "$TRUNK_VERSION" "$url" trunk --no-default-features --features rustls
}

need_wasm_bindgen() {
    local locked
    locked=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
    [ "$locked" = "$WASM_BINDGEN_VERSION" ] || fail \
        "Cargo.lock has wasm-bindgen $locked and tools/versions.env $WASM_BINDGEN_VERSION: make them the same"
    local target=
    case $(machine) in
        x86_64-Linux) target=x86_64-unknown-linux-musl ;;
        aarch64-Linux) target=aarch64-unknown-linux-musl ;;
        x86_64-Darwin) target=x86_64-apple-darwin ;;
        aarch64-Darwin) target=aarch64-apple-darwin ;;
    esac
    local release=$WASM_BINDGEN_VERSION/wasm-bindgen-$WASM_BINDGEN_VERSION-$target.tar.gz
    local url=${target:+https://github.com/wasm-bindgen/wasm-bindgen/releases/download/$release}
    need_cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "$url" "wasm-bindgen wasm-bindgen-test-runner"
}

need_mdbook() {
    local target=
    case $(machine) in
        x86_64-Linux) target=x86_64-unknown-linux-gnu ;;
        aarch64-Linux) target=aarch64-unknown-linux-musl ;;
        x86_64-Darwin) target=x86_64-apple-darwin ;;
        aarch64-Darwin) target=aarch64-apple-darwin ;;
    esac
    local release=v$MDBOOK_VERSION/mdbook-v$MDBOOK_VERSION-$target.tar.gz
    local url=${target:+https://github.com/rust-lang/mdBook/releases/download/$release}
    need_cargo_tool mdbook "$MDBOOK_VERSION" "$url" mdbook --no-default-features
}

need_cargo_mutants() {
    local target=
    case $(machine) in
        x86_64-Linux) target=x86_64-unknown-linux-gnu ;;
        aarch64-Darwin) target=aarch64-apple-darwin ;;
    esac
    local release=v$CARGO_MUTANTS_VERSION/cargo-mutants-$target.tar.gz
    local url=${target:+https://github.com/sourcefrog/cargo-mutants/releases/download/$release}
    need_cargo_tool cargo-mutants "$CARGO_MUTANTS_VERSION" "$url" cargo-mutants
}

need_geckodriver() {
    if [ -n "${GECKODRIVER:-}" ]; then
        return
    fi
    local platform=
    case $(machine) in
        x86_64-Linux) platform=linux64 ;;
        aarch64-Linux) platform=linux-aarch64 ;;
        x86_64-Darwin) platform=macos ;;
        aarch64-Darwin) platform=macos-aarch64 ;;
    esac
    local release=v$GECKODRIVER_VERSION/geckodriver-v$GECKODRIVER_VERSION-$platform.tar.gz
    local url=${platform:+https://github.com/mozilla/geckodriver/releases/download/$release}
    need_cargo_tool geckodriver "$GECKODRIVER_VERSION" "$url" geckodriver
}

# --- wasm-opt ----------------------------------------------------------------

binaryen_release() {
    local platform
    case $(machine) in
        x86_64-Linux) platform=x86_64-linux ;;
        aarch64-Linux) platform=aarch64-linux ;;
        x86_64-Darwin) platform=x86_64-macos ;;
        aarch64-Darwin) platform=arm64-macos ;;
        *) return 1 ;;
    esac
    local version=version_$BINARYEN_VERSION
    unpack_release "https://github.com/WebAssembly/binaryen/releases/download/$version/binaryen-$version-$platform.tar.gz" ||
        return 1
    # On macOS the program needs the library that lies beside it.
    mv "$scratch/unpacked/binaryen-$version"/* "$scratch" || return 1
    rm -rf "$scratch/unpacked" "$scratch/archive.tar.gz"
    [ "$(version_of "$scratch/bin/wasm-opt")" = "$BINARYEN_VERSION" ]
}

binaryen_npm() {
    have node && have npm || return 1
    npm install --prefix "$scratch" --silent --no-audit --no-fund --ignore-scripts \
        "binaryen@$BINARYEN_VERSION.0.0" >/dev/null 2>&1 || return 1
    mkdir -p "$scratch/bin" && ln -s ../node_modules/.bin/wasm-opt "$scratch/bin/wasm-opt" || return 1
    [ "$(version_of "$scratch/bin/wasm-opt")" = "$BINARYEN_VERSION" ]
}

# A distribution's own is of another version: the page works as well, and may
# weigh a little more or less.
binaryen_apt() {
    apt_install binaryen || return 1
    mkdir -p "$scratch/bin" && ln -s "$(command -v wasm-opt)" "$scratch/bin/wasm-opt" || return 1
    say "note: took the system's wasm-opt $(version_of wasm-opt) for want of $BINARYEN_VERSION; the build's size may differ"
}

need_wasm_opt() {
    local folder=binaryen-$BINARYEN_VERSION start=$SECONDS
    if [ -x "$tools_dir/$folder/bin/wasm-opt" ] || [ "$(version_of wasm-opt)" = "$BINARYEN_VERSION" ]; then
        return
    fi
    say "installing wasm-opt $BINARYEN_VERSION (about 10 s)..."
    new_scratch
    binaryen_release ||
        { rm -rf "${scratch:?}"/* && binaryen_npm; } ||
        { rm -rf "${scratch:?}"/* && binaryen_apt; } ||
        fail "could not install wasm-opt: install Node.js with npm, or Binaryen $BINARYEN_VERSION, and run me again"
    put_in_place "$folder"
    say "installed wasm-opt in $((SECONDS - start)) s"
}

# --- tools from npm ----------------------------------------------------------

need_node() {
    if have node && have npm; then
        return
    fi
    system_package "Node.js and npm" "about a minute" nodejs npm || fail \
        "Node.js is missing: install it with npm (https://nodejs.org) and open a new terminal"
}

need_npm_tool() { # package, version
    local package=$1 version=$2 start=$SECONDS
    need_node
    if [ -d "$tools_dir/$package-$version" ]; then
        return
    fi
    say "installing $package $version (about 10 s)..."
    new_scratch
    npm install --prefix "$scratch" --silent --no-audit --no-fund --ignore-scripts \
        "$package@$version" >/dev/null 2>&1 ||
        fail "could not install $package: run \"npm install $package@$version\" in an empty folder and see why"
    put_in_place "$package-$version"
    say "installed $package in $((SECONDS - start)) s"
}

# Not a tool but part of the page: nobody's archive but the one that was looked at.
need_pyodide() {
    local folder=pyodide-$PYODIDE_VERSION start=$SECONDS
    need_node
    if [ -d "$tools_dir/$folder" ]; then
        return
    fi
    say "fetching Pyodide $PYODIDE_VERSION, Python for the browser (6 MB; PYTHON=0 does without)..."
    new_scratch
    local archive=$scratch/$folder.tgz found
    (cd "$scratch" && npm pack --silent "pyodide@$PYODIDE_VERSION") >/dev/null 2>&1 || fail \
        "could not fetch Pyodide: run \"npm pack pyodide@$PYODIDE_VERSION\" in an empty folder and see why, or build with PYTHON=0"
    found=$(node -p 'require("crypto").createHash("sha512").update(require("fs").readFileSync(process.argv[1])).digest("base64")' "$archive")
    [ "sha512-$found" = "$PYODIDE_INTEGRITY" ] ||
        fail "Pyodide $PYODIDE_VERSION came as another archive than tools/versions.env has the hash of: sha512-$found"
    tar -xzf "$archive" -C "$scratch" || fail "could not unpack Pyodide $PYODIDE_VERSION"
    rm "$archive"
    put_in_place "$folder"
    say "fetched Pyodide in $((SECONDS - start)) s"
}

# Each module by the hash of its content, whichever registry it comes from.
need_code_editor() {
    local folder=code-editor-$CODE_EDITOR_LOCK start=$SECONDS locked
    locked=$(cksum <tools/code-editor/package-lock.json)
    locked=${locked%% *}
    [ "$locked" = "$CODE_EDITOR_LOCK" ] || fail \
        "tools/code-editor/package-lock.json has the checksum $locked and tools/versions.env $CODE_EDITOR_LOCK: make them the same"
    need_node
    if [ -d "$tools_dir/$folder" ]; then
        return
    fi
    say "installing the code editor's modules (about 10 s)..."
    new_scratch
    cp tools/code-editor/package.json tools/code-editor/package-lock.json "$scratch"
    npm ci --prefix "$scratch" --silent --no-audit --no-fund --ignore-scripts >/dev/null 2>&1 ||
        fail "could not install the code editor's modules: run \"npm ci\" in a copy of tools/code-editor and see why"
    put_in_place "$folder"
    say "installed the code editor's modules in $((SECONDS - start)) s"
}

# --- tools from PyPI ---------------------------------------------------------

# A virtual environment that is built elsewhere and moved into place works by
# its interpreter, not by its scripts, which know where they were made.
need_mkdocs() {
    local folder=mkdocs-$MKDOCS_VERSION start=$SECONDS
    if [ -d "$tools_dir/$folder" ]; then
        return
    fi
    # Debian's Python comes without the part that makes such an environment.
    if ! python3 -c "import venv, ensurepip" >/dev/null 2>&1; then
        system_package "Python's venv" "about 20 s" python3-venv || fail \
            "Python's venv is missing: install Python 3 with it (Debian and Ubuntu: sudo apt-get install python3-venv)"
    fi
    say "installing MkDocs $MKDOCS_VERSION (about 10 s)..."
    new_scratch
    { python3 -m venv "$scratch" &&
        "$scratch/bin/python" -m pip install --quiet --disable-pip-version-check "mkdocs==$MKDOCS_VERSION"; } >/dev/null 2>&1 ||
        fail "could not install MkDocs: run \"pip install mkdocs==$MKDOCS_VERSION\" in a virtual environment and see why"
    put_in_place "$folder"
    say "installed MkDocs in $((SECONDS - start)) s"
}

# --- CPython's own tests -----------------------------------------------------

# Neither of a build nor of a tool: two packages of Debian's, taken apart.
need_cpython_tests() {
    local folder=$CPYTHON_TESTS start=$SECONDS package
    if [ -d "$tools_dir/$folder" ]; then
        return
    fi
    if ! have apt-get || ! have dpkg-deb; then
        fail "CPython's own tests come from Debian's packages: run me on Debian 12"
    fi
    say "fetching CPython's own tests from the system's packages (5 MB)..."
    new_scratch
    for package in testsuite stdlib; do
        package=libpython$CPYTHON_TESTS_VERSION-$package
        (cd "$scratch" && apt-get download "$package") >/dev/null 2>&1 || fail \
            "could not fetch $package: run \"apt-get update\" and \"apt-get download $package\" and see why"
        dpkg-deb --extract "$scratch/$package"_*.deb "$scratch/unpacked"
    done
    mv "$scratch/unpacked/usr/lib/python$CPYTHON_TESTS_VERSION/test" "$scratch"
    rm -rf "$scratch/unpacked" "$scratch"/*.deb
    put_in_place "$folder"
    say "fetched CPython's own tests in $((SECONDS - start)) s"
}

# --- what for ----------------------------------------------------------------

need_rust
need_compiler
if [ "$purpose" = mutants ]; then
    have python3 || fail "Python 3 is missing: install it"
    need_cargo_mutants
    exit
fi
if [ "$purpose" != lint ]; then
    need_trunk
    need_wasm_bindgen
    need_wasm_opt
    need_npm_tool esbuild "$ESBUILD_VERSION"
    need_code_editor
    if [ "${PYTHON:-}" != 0 ]; then
        need_pyodide
    fi
fi
if [ "$purpose" = test ] || [ "$purpose" = bench ] || [ "$purpose" = cpython ]; then
    need_browser
fi
if [ "$purpose" = test ]; then
    need_npm_tool axe-core "$AXE_CORE_VERSION"
    need_npm_tool speedscope "$SPEEDSCOPE_VERSION"
    need_mkdocs
    need_mdbook
    need_firefox
    need_geckodriver
fi
if [ "$purpose" = cpython ]; then
    have python3 || fail "Python 3 is missing: install it"
    need_firefox
    need_geckodriver
    need_cpython_tests
fi
if [ "$purpose" = bench ]; then
    need_npm_tool lighthouse "$LIGHTHOUSE_VERSION"
fi
