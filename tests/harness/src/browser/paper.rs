//! The page on paper.

use std::io::Read as _;

use anyhow::Result;
use flate2::read::ZlibDecoder;
use thirtyfour::common::print::{PrintPage, PrintParameters};

use super::Browser;

/// In centimetres.
const A4: PrintPage = PrintPage {
    width: 21.0,
    height: 29.7,
};

impl Browser {
    /// How many sheets of A4 the page takes when it is printed.
    ///
    /// # Errors
    /// If the browser does not print it.
    pub async fn sheets(&self) -> Result<usize> {
        let parameters = PrintParameters {
            page: A4,
            shrink_to_fit: false,
            ..PrintParameters::default()
        };
        Ok(sheets_of(&self.tab.print_page(parameters).await?))
    }
}

/// The pages of a PDF: objects of that type, which some programs write plainly and
/// others within compressed streams.
fn sheets_of(pdf: &[u8]) -> usize {
    let mut text = String::from_utf8_lossy(pdf).into_owned();
    for stream in parts(pdf, b"stream").skip(1) {
        let packed = stream.trim_ascii_start();
        let mut unpacked = Vec::new();
        // Not all of them are compressed, nor all of what is between two words.
        let _ = ZlibDecoder::new(packed).read_to_end(&mut unpacked);
        text += &String::from_utf8_lossy(&unpacked);
    }
    let text: String = text.split_whitespace().collect();
    let pages = text.split("/Type/Page").skip(1);
    pages.filter(|after| !after.starts_with('s')).count()
}

fn parts<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let all = rest?;
        let at = all.windows(word.len()).position(|seen| seen == word);
        rest = at.map(|at| &all[at + word.len()..]);
        Some(&all[..at.unwrap_or(all.len())])
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    #[test]
    fn sheets_are_counted_written_plainly_or_packed() -> Result<()> {
        let plain = b"1 0 obj << /Type /Pages /Kids [2 0 R] >> 2 0 obj << /Type /Page\n>>";
        assert_eq!(sheets_of(plain), 1);
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"<</Type/Pages>> <</Type/Page>> <</Type /Page /Parent 1 0 R>>")?;
        let mut pdf = b"1 0 obj << /Type /ObjStm >> stream\n".to_vec();
        pdf.extend(packed.finish()?);
        pdf.extend(b"\nendstream");
        assert_eq!(sheets_of(&pdf), 2);
        Ok(())
    }
}
