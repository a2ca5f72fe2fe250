//! Brotli as static hosts have it: compressed once, at the highest level.

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;

/// The bytes as `brotli -11` has them.
///
/// # Errors
/// None that could happen in memory.
pub fn compressed(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..BrotliEncoderParams::default()
    };
    let mut written = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut written, &parameters)?;
    Ok(written)
}
