//! One spelling for code that does the same, so that a compressor sees it: what
//! a program may write in several ways, it writes in one.

use std::cmp::Reverse;
use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, Instruction, MemArg, ValType};
use wasmparser::{FunctionBody, Operator, Parser, Payload};

use crate::wasm::rewritten;

/// The wasm, which does what it did.
///
/// # Errors
/// If it cannot be read.
pub fn spelt(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut speller = Speller::of(wasm)?;
    rewritten(wasm, &mut speller)
}

#[derive(Default)]
struct Speller {
    /// How many parameters each function has that is still to come, the last
    /// one first.
    parameters: Vec<u32>,
    /// The new number of each local variable of the function that is written.
    locals: Vec<u32>,
}

/// A local variable, and what its new number depends on.
struct Local {
    old: u32,
    ty: ValType,
    uses: usize,
    last: usize,
}

impl Speller {
    fn of(wasm: &[u8]) -> Result<Self> {
        let (mut types, mut parameters) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        types.push(u32::try_from(ty?.params().len())?);
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        let known = types.get(ty? as usize).copied();
                        parameters.push(known.unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        parameters.reverse();
        let locals = Vec::new();
        Ok(Self { parameters, locals })
    }

    /// The local variables of a function in their new order: type by type, those
    /// first that it uses most, and of those the ones that it uses longest.
    fn sorted(
        &mut self,
        body: &FunctionBody<'_>,
        parameters: u32,
    ) -> Result<Vec<Local>, Error<Infallible>> {
        let mut locals = Vec::new();
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            let ty = self.val_type(ty)?;
            for old in (parameters..).skip(locals.len()).take(count as usize) {
                let (uses, last) = (0, 0);
                locals.push(Local {
                    old,
                    ty,
                    uses,
                    last,
                });
            }
        }
        for (place, operator) in body.get_operators_reader()?.into_iter().enumerate() {
            let (Operator::LocalGet { local_index }
            | Operator::LocalSet { local_index }
            | Operator::LocalTee { local_index }) = operator?
            else {
                continue;
            };
            let local = local_index.checked_sub(parameters);
            if let Some(local) = local.and_then(|local| locals.get_mut(local as usize)) {
                local.uses += 1;
                local.last = place;
            }
        }
        locals.sort_by_key(|local| (rank(local.ty), Reverse((local.uses, local.last))));
        Ok(locals)
    }

    fn local(&self, old: u32) -> u32 {
        self.locals.get(old as usize).copied().unwrap_or(old)
    }
}

/// Which types come first.
fn rank(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        _ => 4,
    }
}

impl Reencode for Speller {
    type Error = Infallible;

    /// How an address is aligned is no more than a hint, which no engine needs;
    /// but for atomic instructions, of which a program with one thread has none.
    fn mem_arg(&mut self, arg: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        let arg = utils::mem_arg(self, arg)?;
        Ok(MemArg { align: 0, ..arg })
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let parameters = self.parameters.pop().unwrap_or_default();
        let locals = self.sorted(&body, parameters)?;
        self.locals = (0..parameters).collect();
        self.locals.extend(locals.iter().map(|local| local.old));
        for (new, local) in (parameters..).zip(&locals) {
            self.locals[local.old as usize] = new;
        }
        let mut function = Function::new_with_locals_types(locals.iter().map(|local| local.ty));
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, Error<Infallible>> {
        Ok(match operator {
            Operator::LocalGet { local_index } => Instruction::LocalGet(self.local(local_index)),
            Operator::LocalSet { local_index } => Instruction::LocalSet(self.local(local_index)),
            Operator::LocalTee { local_index } => Instruction::LocalTee(self.local(local_index)),
            other => utils::instruction(self, other)?,
        })
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
    use wasm_encoder::{FunctionSection, MemArgTarget, MemorySection, MemoryType, TypeSection};

    /// A function with that parameter, those local variables and that code.
    fn wasm(locals: &[(u32, ValType)], code: &[Instruction<'_>]) -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([ValType::I32], []);
        functions.function(0);
        let (mut memories, mut bodies) = (MemorySection::new(), CodeSection::new());
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut function = Function::new(locals.iter().copied());
        for instruction in code.iter().chain([&Instruction::End]) {
            function.instruction(instruction);
        }
        bodies.function(&function);
        let mut module = Module::new();
        module.section(&types).section(&functions);
        module.section(&memories).section(&bodies);
        module.finish()
    }

    #[test]
    fn the_most_used_variables_come_first_and_parameters_stay() {
        use Instruction::{Drop, LocalGet, LocalTee};
        let before = wasm(
            &[(1, ValType::F64), (2, ValType::I32)],
            &[LocalGet(2), LocalTee(0), LocalTee(3), LocalTee(3), Drop],
        );
        let after = wasm(
            &[(2, ValType::I32), (1, ValType::F64)],
            &[LocalGet(2), LocalTee(0), LocalTee(1), LocalTee(1), Drop],
        );
        assert_eq!(spelt(&before).unwrap(), after);
        assert_eq!(spelt(&after).unwrap(), after);
    }

    #[test]
    fn addresses_have_no_alignment() {
        let load = |align| {
            let arg = MemArg {
                offset: 8,
                align,
                target: MemArgTarget::Memory(0),
                ordering: None,
            };
            let load = Instruction::I32Load(arg);
            wasm(&[], &[Instruction::LocalGet(0), load, Instruction::Drop])
        };
        assert_eq!(spelt(&load(2)).unwrap(), load(0));
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(spelt(b"<!doctype html>").is_err());
    }
}
