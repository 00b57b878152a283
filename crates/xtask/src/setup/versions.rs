//! The one place that names the versions of everything the project needs beside its crates. Data only.
//!
//! `cargo xtask tidy` holds `Cargo.toml`, `Cargo.lock` and `Trunk.toml` to the same versions.

/// A program that is kept in the user's tool cache.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// Its folder in the cache and, where it can be compiled, its crate.
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// What it installs; the first one is asked for its version.
    pub(crate) binaries: &'static [&'static str],
    /// The makers' archives for each architecture, where they publish any; `{version}` stands for the version.
    pub(crate) prebuilt: Option<Prebuilt>,
    pub(crate) otherwise: Otherwise,
}

/// Addresses of archives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prebuilt {
    pub(crate) x86_64: &'static str,
    pub(crate) aarch64: &'static str,
}

/// Where a tool comes from when its makers' archive cannot be had.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Otherwise {
    /// `cargo install` of the crate of the same name; `locked` with the makers' own lock file.
    Compile { locked: bool },
    /// A package of the npm registry, run by node.
    Npm { package: &'static str },
    /// One file of a package of the npm registry, whose archive has this SHA-512; nothing of it is run here.
    NpmFile { package: &'static str, sha512: &'static str },
    /// Packages of the Python registry, one a line with its version; the program is a module of them.
    Python { module: &'static str, requirements: &'static str },
}

/// Builds the widget.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk",
    version: "0.21.14",
    binaries: &["trunk"],
    prebuilt: Some(Prebuilt {
        x86_64: "https://github.com/trunk-rs/trunk/releases/download/v{version}/trunk-x86_64-unknown-linux-gnu.tar.gz",
        aarch64: "https://github.com/trunk-rs/trunk/releases/download/v{version}/trunk-aarch64-unknown-linux-gnu.tar.gz",
    }),
    otherwise: Otherwise::Compile { locked: true },
};

/// Writes the glue between wasm and page, and runs the browser tests; equal to the crate `wasm-bindgen`.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli",
    version: "0.2.130",
    binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    prebuilt: Some(Prebuilt {
        x86_64: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-x86_64-unknown-linux-musl.tar.gz",
        aarch64: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-aarch64-unknown-linux-gnu.tar.gz",
    }),
    // With the lock file of its makers this version does not compile.
    otherwise: Otherwise::Compile { locked: false },
};

/// Makes the wasm smaller.
pub(crate) const WASM_OPT: Tool = Tool {
    name: "binaryen",
    version: "version_132",
    binaries: &["wasm-opt"],
    prebuilt: Some(Prebuilt {
        x86_64: "https://github.com/WebAssembly/binaryen/releases/download/{version}/binaryen-{version}-x86_64-linux.tar.gz",
        aarch64: "https://github.com/WebAssembly/binaryen/releases/download/{version}/binaryen-{version}-aarch64-linux.tar.gz",
    }),
    otherwise: Otherwise::Npm { package: "binaryen@132.0.0" },
};

/// Makes the scripts smaller; the minifier in Trunk does not know the syntax that the glue is written in.
pub(crate) const ESBUILD: Tool = Tool {
    name: "esbuild",
    version: "0.28.2",
    binaries: &["esbuild"],
    prebuilt: None,
    otherwise: Otherwise::Npm { package: "esbuild@0.28.2" },
};

/// Runs the tests of the host.
pub(crate) const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    version: "0.9.143",
    binaries: &["cargo-nextest"],
    prebuilt: Some(Prebuilt {
        x86_64: "https://github.com/nextest-rs/nextest/releases/download/cargo-nextest-{version}/cargo-nextest-{version}-x86_64-unknown-linux-gnu.tar.gz",
        aarch64: "https://github.com/nextest-rs/nextest/releases/download/cargo-nextest-{version}/cargo-nextest-{version}-aarch64-unknown-linux-gnu.tar.gz",
    }),
    otherwise: Otherwise::Compile { locked: true },
};

/// Makes requests out of the description that the sandbox imitates, and judges its answers.
pub(crate) const SCHEMATHESIS: Tool = Tool {
    name: "schemathesis",
    version: "4.32.5",
    binaries: &["schemathesis"],
    prebuilt: None,
    otherwise: Otherwise::Python {
        module: "schemathesis.cli",
        requirements: include_str!("../../../sandbox/tests/schemathesis/requirements.txt"),
    },
};

/// Finds what keeps people with disabilities out of a page; a script that the end-to-end tests run in it.
pub(crate) const AXE_CORE: Tool = Tool {
    name: "axe-core",
    version: "4.14.1",
    binaries: &["axe.min.js"],
    prebuilt: None,
    otherwise: Otherwise::NpmFile {
        package: "axe-core@4.14.1",
        sha512: "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5",
    },
};

/// Drives Firefox.
pub(crate) const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    version: "0.37.1",
    binaries: &["geckodriver"],
    prebuilt: None,
    otherwise: Otherwise::Compile { locked: true },
};

/// Feeds programs with broken inputs.
pub(crate) const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.2",
    binaries: &["cargo-fuzz"],
    prebuilt: None,
    otherwise: Otherwise::Compile { locked: true },
};

/// The toolchain that can instrument a program for the fuzzer. Not a version: it compiles nothing that is delivered.
pub(crate) const FUZZ_TOOLCHAIN: &str = "nightly";

/// The compilation target of the widget.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A component of the Rust toolchain, with a file of the toolchain that proves it is there.
pub(crate) struct Component {
    pub(crate) name: &'static str,
    pub(crate) proof: &'static str,
}

/// The standard library's source: the release widget rebuilds it for size.
pub(crate) const RUST_SRC: Component =
    Component { name: "rust-src", proof: "lib/rustlib/src/rust/library/Cargo.lock" };

/// What the test needs of the toolchain in addition.
pub(crate) const TEST_COMPONENTS: [Component; 2] = [
    Component { name: "rustfmt", proof: "bin/cargo-fmt" },
    Component { name: "clippy", proof: "bin/cargo-clippy" },
];

/// A package of Debian or Ubuntu.
pub(crate) struct DebianPackage {
    pub(crate) name: &'static str,
    /// Programs any one of which makes the package unnecessary; none for fonts.
    pub(crate) programs: &'static [&'static str],
}

/// What the browser tests need: a browser, its driver, an independent decoder of the payment code's symbols, and fonts
/// for the screenshots; the PostgreSQL that the proxy's tests start for themselves; and what builds and tests `packages`.
pub(crate) const TEST_PACKAGES: [DebianPackage; 8] = [
    DebianPackage { name: "chromium", programs: &["chromium", "chromium-browser", "google-chrome"] },
    DebianPackage { name: "chromium-driver", programs: &["chromedriver"] },
    DebianPackage { name: "zbar-tools", programs: &["zbarimg"] },
    DebianPackage { name: "fonts-noto-core", programs: &[] },
    DebianPackage { name: "fonts-noto-color-emoji", programs: &[] },
    DebianPackage { name: "postgresql", programs: &[] },
    DebianPackage { name: "nodejs", programs: &["node"] },
    DebianPackage { name: "npm", programs: &["npm"] },
];

/// What the end-to-end tests need in addition to run in Firefox and in WebKit, which has no mode without a screen and takes
/// its colour scheme from the desktop's settings.
pub(crate) const BROWSER_PACKAGES: [DebianPackage; 5] = [
    DebianPackage { name: "firefox-esr", programs: &["firefox"] },
    DebianPackage { name: "webkit2gtk-driver", programs: &["WebKitWebDriver"] },
    DebianPackage { name: "xvfb", programs: &["Xvfb"] },
    DebianPackage { name: "xsettingsd", programs: &["xsettingsd"] },
    DebianPackage { name: "xdotool", programs: &["xdotool"] },
];

/// What the proxy is measured beside and with.
pub(crate) const BENCH_PACKAGES: [DebianPackage; 2] = [
    DebianPackage { name: "nginx-light", programs: &["nginx"] },
    DebianPackage { name: "wrk", programs: &["wrk"] },
];

/// What a Python of Debian needs to make an environment.
pub(crate) const PYTHON_PACKAGES: [DebianPackage; 2] = [
    DebianPackage { name: "python3", programs: &["python3"] },
    DebianPackage { name: "python3-venv", programs: &[] },
];
