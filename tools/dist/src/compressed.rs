//! How large a file is on its way to a visitor. Python's parts take most of a minute
//! to compress, and are the same in every build: what was found of large files is
//! kept beside this tool, by their hashes. `python` and `sizes` ask.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::files::short_hash;

/// From here on it is quicker to look up than to compress again. In bytes.
const LARGE: usize = 512 * 1024;

/// The bytes after each compression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Packed {
    /// After `gzip -9`.
    pub gzip: usize,
    /// After brotli at its best, quality 11.
    pub brotli: usize,
}

/// What each of these is, compressed.
///
/// # Errors
/// If one cannot be.
pub fn all<'a>(contents: impl Iterator<Item = &'a [u8]>) -> Result<Vec<Packed>> {
    thread::scope(|scope| {
        let threads: Vec<_> = contents
            .map(|content| scope.spawn(|| size(content)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .map_err(|_| anyhow!("compressing ended early"))?
            })
            .collect()
    })
}

/// What this is, compressed.
///
/// # Errors
/// If it cannot be.
pub fn size(content: &[u8]) -> Result<Packed> {
    if content.len() < LARGE {
        return packed(content);
    }
    let known = shelf().map(|folder| folder.join(short_hash(content)));
    if let Some(packed) = known
        .as_ref()
        .and_then(|path| parse(&fs::read_to_string(path).ok()?))
    {
        return Ok(packed);
    }
    let packed = packed(content)?;
    if let Some(path) = known {
        keep(
            &path,
            format!("{} {}\n", packed.gzip, packed.brotli).as_bytes(),
        );
    }
    Ok(packed)
}

/// Puts something on the shelf. If it cannot be kept, the next build does without.
pub fn keep(path: &Path, content: &[u8]) {
    let _ = fs::create_dir_all(path.with_file_name("")).and_then(|()| fs::write(path, content));
}

/// Where what was found is kept: in `target`, which is what `make clean` removes.
pub fn shelf() -> Option<PathBuf> {
    let tool = std::env::current_exe().ok()?;
    Some(tool.parent()?.join("dist-kept"))
}

fn parse(kept: &str) -> Option<Packed> {
    let (gzip, brotli) = kept.trim_end().split_once(' ')?;
    Some(Packed {
        gzip: gzip.parse().ok()?,
        brotli: brotli.parse().ok()?,
    })
}

fn packed(content: &[u8]) -> Result<Packed> {
    Ok(Packed {
        gzip: gzip(content)?,
        brotli: brotli(content)?,
    })
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli(content: &[u8]) -> Result<usize> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &params)?;
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn both_compressions_are_measured_of_each() {
        let (blank, short) = (vec![b' '; 1000], vec![b'x']);
        let packed = all([&*blank, &*short].into_iter()).unwrap();
        assert!(packed[0].gzip < 100 && packed[0].brotli < 100, "{packed:?}");
        assert_eq!(packed[1], size(&short).unwrap());
    }

    #[test]
    fn what_was_found_of_a_large_file_is_kept() {
        let large = vec![7; LARGE];
        let first = size(&large).unwrap();
        let kept = shelf().unwrap().join(short_hash(&large));
        assert_eq!(parse(&fs::read_to_string(&kept).unwrap()), Some(first));
        // It is this that is asked, and not the file.
        fs::write(&kept, "1 2\n").unwrap();
        assert_eq!(size(&large).unwrap(), Packed { gzip: 1, brotli: 2 });
        fs::write(&kept, "no numbers").unwrap();
        assert_eq!(size(&large).unwrap(), first);
        fs::remove_file(kept).unwrap();
    }
}
