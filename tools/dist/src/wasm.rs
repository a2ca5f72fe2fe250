//! The one way in which wasm is written anew.

use std::fmt::Display;

use anyhow::{Result, anyhow};
use wasm_encoder::Module;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::Parser;

/// The wasm as it is with what the rewriter makes of its parts.
///
/// # Errors
/// If it cannot be read.
pub fn rewritten<R: Reencode>(wasm: &[u8], rewriter: &mut R) -> Result<Vec<u8>>
where
    Error<R::Error>: Display,
{
    let mut module = Module::new();
    rewriter
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("cannot read the wasm: {error}"))?;
    Ok(module.finish())
}
