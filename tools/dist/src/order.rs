//! The order of the functions in the wasm. `wasm-opt` leaves them as they are
//! called; a compressor looks for what it has seen before, and finds most where
//! functions stand together that have much of their code in common.

use std::collections::BTreeSet;
use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

use crate::wasm::rewritten;

/// The wasm with its functions in that order.
///
/// # Errors
/// If it cannot be read.
pub fn ordered(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut order = Order::of(wasm)?;
    rewritten(wasm, &mut order)
}

struct Order {
    /// How many functions are imported: those come first, as they are.
    imported: u32,
    /// The old place of each function, in the new order, and the new place of
    /// each, in the old one.
    old: Vec<usize>,
    new: Vec<u32>,
}

impl Order {
    fn of(wasm: &[u8]) -> Result<Self> {
        let (mut imported, mut types, mut bodies) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let mut waiting: Vec<usize> = (0..bodies.len()).collect();
        waiting.sort_by_key(|&place| {
            let length: usize = bodies[place].len();
            (length.checked_ilog2(), types.get(place), length)
        });
        let old = chained(waiting, &bodies);
        let mut new = vec![0; old.len()];
        for (place, &was) in (0..).zip(&old) {
            new[was] = place;
        }
        Ok(Self { imported, old, new })
    }

    /// What a section has, in the new order.
    fn sorted<T: Clone>(&self, items: &[T]) -> Vec<T> {
        let items = self.old.iter().filter_map(|&was| items.get(was));
        items.cloned().collect()
    }
}

/// The first of the functions, and after each the one that has most in common
/// with it, of the ones that are left; of equals the first.
fn chained(mut waiting: Vec<usize>, bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<BTreeSet<&[u8]>> = bodies.iter().map(|body| pieces(body)).collect();
    let mut chain: Vec<usize> = waiting.drain(..waiting.len().min(1)).collect();
    while let Some(&last) = chain.last() {
        let likeness = waiting
            .iter()
            .map(|&one| likeness(&pieces[last], &pieces[one]));
        let best = likeness
            .enumerate()
            .rev()
            .max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((place, _)) => chain.push(waiting.remove(place)),
            None => break,
        }
    }
    chain
}

/// All that a function has of the length from which on a compressor sees it again.
fn pieces(body: &[u8]) -> BTreeSet<&[u8]> {
    body.windows(4).collect()
}

/// How much of what two functions have, they both have.
fn likeness(one: &BTreeSet<&[u8]>, other: &BTreeSet<&[u8]>) -> f64 {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    common as f64 / all.max(1) as f64
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let defined = function.checked_sub(self.imported);
        let place = defined.and_then(|defined| self.new.get(defined as usize));
        Ok(place.map_or(function, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for ty in self.sorted(&types) {
            functions.function(self.type_index(ty)?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for body in self.sorted(&bodies) {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot make its own wasm has failed"
    )]

    use super::*;
    use wasm_encoder::Module;
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, Function, ImportSection, TypeSection, ValType,
    };

    /// An imported function, and three that return numbers or call each other.
    fn wasm() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("glue", "a", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("long", ExportKind::Func, 1);
        exports.export("short", ExportKind::Func, 2);
        let mut code = CodeSection::new();
        let mut long = Function::new([]);
        for _ in 0..40 {
            long.instructions().call(3).drop();
        }
        long.instructions().call(2).end();
        let mut short = Function::new([]);
        short.instructions().call(0).end();
        let mut middle = Function::new([]);
        middle
            .instructions()
            .call(2)
            .drop()
            .call(0)
            .drop()
            .call(2)
            .end();
        code.function(&long).function(&short).function(&middle);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&exports).section(&code);
        module.finish()
    }

    /// Which functions are exported, and which each one calls.
    fn told(wasm: &[u8]) -> (Vec<(String, u32)>, Vec<Vec<u32>>) {
        let (mut exports, mut calls) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export.unwrap();
                        exports.push((export.name.to_owned(), export.index));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let mut called = Vec::new();
                    for operator in body.get_operators_reader().unwrap() {
                        if let wasmparser::Operator::Call { function_index } = operator.unwrap() {
                            called.push(function_index);
                        }
                    }
                    calls.push(called);
                }
                _ => {}
            }
        }
        (exports, calls)
    }

    #[test]
    fn functions_stand_by_length_and_everything_finds_them() {
        let (exports, calls) = told(&ordered(&wasm()).unwrap());
        assert_eq!(exports, [("long".into(), 3), ("short".into(), 1)]);
        let mut long = vec![2; 40];
        long.push(1);
        assert_eq!(calls, [vec![0], vec![1, 0, 1], long]);
    }

    #[test]
    fn what_is_in_order_stays_as_it_is() {
        let once = ordered(&wasm()).unwrap();
        assert_eq!(ordered(&once).unwrap(), once);
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(ordered(b"<!doctype html>").is_err());
    }
}
