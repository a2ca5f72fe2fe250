//! Which browser the tests run in.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

/// The variable that names it; without one it is Chromium.
pub const VARIABLE: &str = "TEST_BROWSER";

/// A browser's make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver and the protocol of its own
    /// developer tools.
    Chromium,
    /// Firefox, by geckodriver and WebDriver BiDi.
    Firefox,
}

impl Engine {
    /// The one that was asked for.
    ///
    /// # Errors
    /// If it is none of those that there are.
    pub fn asked_for() -> Result<Self> {
        match std::env::var(VARIABLE).as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok(other) => bail!("{VARIABLE} is {other}: it can be chromium or firefox"),
        }
    }

    pub(super) fn driver_name(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
        }
    }

    /// The command that starts its driver, which `CHROMEDRIVER` or `GECKODRIVER`
    /// names, on a free port.
    pub(super) fn driver(self, folder: &Path) -> Command {
        let name = self.driver_name();
        let program = named(&name.to_uppercase()).unwrap_or_else(|| name.into());
        let mut command = Command::new(program);
        command.arg("--port=0");
        if self == Self::Firefox {
            // Two at a time may not want the same port; and what its profiles
            // leave behind goes with the folder.
            command.arg("--websocket-port=0");
            command.arg("--profile-root").arg(folder);
        }
        command
    }

    /// The browser's program, if `CHROME` or `FIREFOX` names one.
    pub(super) fn program(self) -> Option<String> {
        let variable = match self {
            Self::Chromium => "CHROME",
            Self::Firefox => "FIREFOX",
        };
        named(variable).map(|program| program.to_string_lossy().into_owned())
    }
}

/// What a variable names; one that is there and empty names nothing.
fn named(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|program| !program.is_empty())
}
