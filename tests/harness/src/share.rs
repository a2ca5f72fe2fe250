//! The share panel, as a driver: its lines, its buttons, and the files that it
//! saves.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::browser::Browser;
use crate::wait::{PATIENCE, until};

/// The panel of the first stage.
pub const PANEL: &str = "[data-part=\"share\"]";

impl Browser {
    /// Opens the panel.
    ///
    /// # Errors
    /// If there is none.
    pub async fn open_share_panel(&self) -> Result<()> {
        self.open_drawer("share").await
    }

    /// Saves a file by its button, named by the end of its name, and gives its
    /// whole name and content. [`Self::save_into`] that folder first.
    ///
    /// # Errors
    /// If none comes.
    pub async fn save_file(&self, file: &str, folder: &Path) -> Result<(String, Vec<u8>)> {
        self.click(&format!("[data-action=\"export\"][data-value=\"{file}\"]"))
            .await?;
        let look = async || {
            let mut whole = None;
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                // Until it is whole its name is kept by an empty file.
                if name.ends_with(".crdownload") || name.ends_with(".part") {
                    return Ok(None);
                }
                if name.ends_with(file) && entry.metadata().is_ok_and(|data| data.len() > 0) {
                    whole = Some(name);
                }
            }
            Ok(whole)
        };
        let name = until(file, PATIENCE, look, Option::is_some).await?;
        let name = name.unwrap_or_default();
        let path = folder.join(&name);
        let content = std::fs::read(&path)?;
        std::fs::remove_file(&path)?;
        Ok((name, content))
    }

    /// What the panel says of the last thing that was asked for.
    ///
    /// # Errors
    /// If there is no panel.
    pub async fn said_in_share_panel(&self) -> Result<String> {
        self.js_with(
            "return document.querySelector(arguments[0] + ' .share__said').textContent;",
            vec![json!(PANEL)],
        )
        .await
    }
}
