//! Where a panic came from: file and line say it, and the column, which no two
//! places share, is 0.2 KB, compressed, that only a compiler's author would miss.

use anyhow::Result;
use wasmparser::{DataKind, Operator, Parser, Payload};

/// What a place in the source is to the program: the address and the length of its
/// file's name, its line and its column, four bytes each.
const PLACE: usize = 16;

/// The wasm with a nought for each column.
///
/// # Errors
/// If it cannot be read.
pub fn without(wasm: &[u8]) -> Result<Vec<u8>> {
    let segments = segments(wasm)?;
    let mut written = wasm.to_vec();
    for segment in &segments {
        for at in (0..segment.data.len()).step_by(4) {
            // Where the linker aligns what is read four bytes at a time.
            let at = at + (4 - segment.address % 4) % 4;
            let place = segment.data.get(at..at + PLACE);
            if place.is_some_and(|place| is_place(place, &segments)) {
                written[segment.start + at + PLACE - 4..][..4].fill(0);
            }
        }
    }
    Ok(written)
}

/// A piece of the memory that the program begins with.
struct Segment<'a> {
    address: usize,
    data: &'a [u8],
    /// Where it is in the file.
    start: usize,
}

fn segments(wasm: &[u8]) -> Result<Vec<Segment<'_>>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::DataSection(section) = payload? else {
            continue;
        };
        for segment in section {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = segment.kind else {
                continue;
            };
            if let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? {
                segments.push(Segment {
                    address: usize::try_from(value)?,
                    data: segment.data,
                    start: segment.data.as_ptr().addr() - wasm.as_ptr().addr(),
                });
            }
        }
    }
    Ok(segments)
}

/// Whether this is a place in the source: its file's name is where it says.
fn is_place(bytes: &[u8], segments: &[Segment<'_>]) -> bool {
    let number = |index: usize| {
        let bytes = bytes.get(4 * index..4 * index + 4)?;
        let number = u32::from_le_bytes(bytes.try_into().ok()?);
        usize::try_from(number).ok()
    };
    let (Some(address), Some(length), Some(line)) = (number(0), number(1), number(2)) else {
        return false;
    };
    let name = segments.iter().find_map(|segment| {
        let from = address.checked_sub(segment.address)?;
        segment.data.get(from..from.checked_add(length)?)
    });
    line > 0 && name.is_some_and(|name| name.ends_with(b".rs"))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot make its own wasm has failed"
    )]

    use super::*;
    use wasm_encoder::{ConstExpr, DataSection, Module};

    fn wasm(data: &[u8]) -> Vec<u8> {
        let mut section = DataSection::new();
        section.active(0, &ConstExpr::i32_const(1026), data.iter().copied());
        let mut module = Module::new();
        module.section(&section);
        module.finish()
    }

    fn data(name: &[u8; 6], numbers: [u32; 4]) -> Vec<u8> {
        let numbers = numbers.into_iter().flat_map(u32::to_le_bytes);
        name.iter().copied().chain(numbers).collect()
    }

    #[test]
    fn a_place_in_the_source_loses_its_column_and_no_more() {
        let before = wasm(&data(b"src.rs", [1026, 6, 239, 17]));
        assert_eq!(
            without(&before).unwrap(),
            wasm(&data(b"src.rs", [1026, 6, 239, 0]))
        );
    }

    #[test]
    fn what_is_no_place_stays() {
        for other in [
            data(b"source", [1026, 6, 239, 17]),
            data(b"src.rs", [1026, 5, 239, 17]),
            data(b"src.rs", [1026, 6, 0, 17]),
            data(b"src.rs", [9, u32::MAX, 239, 17]),
        ] {
            let other = wasm(&other);
            assert_eq!(without(&other).unwrap(), other);
        }
    }
}
