//! The numbers of local variables. Which variable has which is all the same to a
//! program, and a fifth of what is left of it, compressed. So each gets the number
//! that variables have elsewhere which are used in the same way: a compressor has
//! seen it there.

use std::collections::HashMap;
use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Instruction};
use wasmparser::{FunctionBody, Operator, Parser, Payload, ValType};

use crate::wasm::rewritten;

/// What is looked at of the code around each use of a variable: how many
/// instructions before it, and how many after it.
const AROUND: [(usize, usize); 6] = [(0, 0), (0, 1), (1, 0), (1, 2), (2, 0), (2, 2)];

/// How often all is gone through: each function's numbers depend on the others'.
const ROUNDS: usize = 3;

/// How likely a number is that was never seen there, next to one always seen.
const LEAST: f64 = 0.003;

/// The wasm with other numbers, which does what it did.
///
/// # Errors
/// If it cannot be read.
pub fn renumbered(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut functions = functions(wasm)?;
    let mut seen = Seen::default();
    for function in &functions {
        seen.count(function, 1);
    }
    for _ in 0..ROUNDS {
        for function in &mut functions {
            seen.count(function, -1);
            function.renumber(&seen);
            seen.count(function, 1);
        }
    }
    let mut writer = Writer {
        functions: functions.into_iter(),
        numbers: Vec::new(),
    };
    rewritten(wasm, &mut writer)
}

/// A function's variables.
struct Variables {
    /// The type of each; none for parameters, which keep their numbers.
    types: Vec<Option<ValType>>,
    /// The new number of each.
    numbers: Vec<usize>,
    uses: Vec<Use>,
}

/// A use of a variable, and in which surroundings it is.
struct Use {
    variable: usize,
    around: [usize; AROUND.len()],
}

/// How often each number has been seen in which surroundings.
#[derive(Default)]
struct Seen {
    numbers: HashMap<(usize, usize), i32>,
    all: HashMap<usize, i32>,
}

impl Seen {
    fn count(&mut self, function: &Variables, times: i32) {
        for one in &function.uses {
            for around in one.around {
                let number = function.numbers[one.variable];
                *self.numbers.entry((around, number)).or_default() += times;
                *self.all.entry(around).or_default() += times;
            }
        }
    }

    /// How well a compressor would guess that number there.
    fn likelihood(&self, around: &[usize], number: usize) -> f64 {
        let share = |around: &usize| {
            let seen = self.numbers.get(&(*around, number)).copied();
            let all = self.all.get(around).copied();
            f64::from(seen.unwrap_or_default()) / f64::from(all.unwrap_or_default() + 1)
        };
        LEAST + around.iter().map(share).sum::<f64>()
    }
}

impl Variables {
    /// Has variables of one type change numbers, two and two, for as long as that
    /// makes them easier to guess.
    fn renumber(&mut self, seen: &Seen) {
        let mut groups: Vec<(ValType, Vec<usize>)> = Vec::new();
        for (variable, ty) in self.types.iter().enumerate() {
            let Some(ty) = *ty else { continue };
            match groups.iter_mut().find(|(other, _)| *other == ty) {
                Some((_, group)) => group.push(variable),
                None => groups.push((ty, vec![variable])),
            }
        }
        for (_, group) in groups {
            let mut costs = HashMap::new();
            for one in self.uses.iter().filter(|one| group.contains(&one.variable)) {
                for number in group.iter().map(|&other| self.numbers[other]) {
                    *costs.entry((one.variable, number)).or_insert(0.0) -=
                        seen.likelihood(&one.around, number).ln();
                }
            }
            let cost = |variable, number| costs.get(&(variable, number)).copied().unwrap_or(0.0);
            let mut has_changed = true;
            while has_changed {
                has_changed = false;
                for (place, &one) in group.iter().enumerate() {
                    for &other in &group[..place] {
                        let (a, b) = (self.numbers[one], self.numbers[other]);
                        let gain = cost(one, a) + cost(other, b) - cost(one, b) - cost(other, a);
                        // More than what sums of fractions are off by.
                        if gain > 1e-9 {
                            self.numbers.swap(one, other);
                            has_changed = true;
                        }
                    }
                }
            }
        }
    }
}

/// The variables of all functions.
fn functions(wasm: &[u8]) -> Result<Vec<Variables>> {
    let (mut types, mut signatures) = (Vec::new(), Vec::new());
    let mut functions = Vec::new();
    let mut known = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    types.push(ty?.params().len());
                }
            }
            Payload::FunctionSection(section) => {
                signatures = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
            }
            Payload::CodeSectionEntry(body) => {
                let signature = signatures.get(functions.len()).copied();
                let parameters = types.get(signature.unwrap_or_default() as usize);
                let parameters = parameters.copied().unwrap_or_default();
                functions.push(variables(&body, parameters, &mut known)?);
            }
            _ => {}
        }
    }
    Ok(functions)
}

/// The variables of a function. `known` has all surroundings that there are, with
/// a number for each.
fn variables(
    body: &FunctionBody<'_>,
    parameters: usize,
    known: &mut HashMap<Vec<u8>, usize>,
) -> Result<Variables> {
    let mut types = vec![None; parameters];
    for group in body.get_locals_reader()? {
        let (count, ty) = group?;
        types.extend((0..count).map(|_| Some(ty)));
    }
    let mut code: Vec<(&[u8], Option<usize>)> = Vec::new();
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        let mut bytes = operators.get_binary_reader();
        let (operator, before) = (operators.read()?, bytes.bytes_remaining());
        let length = before - operators.get_binary_reader().bytes_remaining();
        let bytes = bytes.read_bytes(length)?;
        code.push(match variable(&operator) {
            // Not with its number, which is to be found.
            Some(variable) => (&bytes[..1], Some(variable)),
            None => (bytes, None),
        });
    }
    let mut uses = Vec::new();
    for (place, &(_, variable)) in code.iter().enumerate() {
        let Some(variable) = variable else { continue };
        let around = std::array::from_fn(|kind| {
            let (before, after) = AROUND[kind];
            let end = code.len().min(place + after + 1);
            let mut key = vec![kind as u8];
            for (bytes, _) in &code[place.saturating_sub(before)..end] {
                key.extend_from_slice(bytes);
            }
            let next = known.len();
            *known.entry(key).or_insert(next)
        });
        uses.push(Use { variable, around });
    }
    Ok(Variables {
        numbers: (0..types.len()).collect(),
        types,
        uses,
    })
}

/// The variable that an instruction is about.
fn variable(operator: &Operator<'_>) -> Option<usize> {
    match operator {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(*local_index as usize),
        _ => None,
    }
}

/// Writes each function with its new numbers.
struct Writer {
    functions: std::vec::IntoIter<Variables>,
    numbers: Vec<usize>,
}

impl Reencode for Writer {
    type Error = Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let function = self.functions.next();
        self.numbers = function.map_or_else(Vec::new, |function| function.numbers);
        utils::parse_function_body(self, code, body)
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, Error<Infallible>> {
        let number = variable(&operator).and_then(|old| self.numbers.get(old));
        let Some(&number) = number else {
            return utils::instruction(self, operator);
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        Ok(match operator {
            Operator::LocalSet { .. } => Instruction::LocalSet(number),
            Operator::LocalTee { .. } => Instruction::LocalTee(number),
            _ => Instruction::LocalGet(number),
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
    use wasm_encoder::{Function, FunctionSection, TypeSection};

    /// Functions with a parameter and five local variables, three of one type and
    /// two of another, each with that code.
    fn wasm(functions: &[&[Instruction<'_>]]) -> Vec<u8> {
        let (mut types, mut section) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([wasm_encoder::ValType::I32], []);
        let mut bodies = CodeSection::new();
        for code in functions {
            section.function(0);
            let locals = [
                (3, wasm_encoder::ValType::I32),
                (2, wasm_encoder::ValType::F64),
            ];
            let mut function = Function::new(locals);
            for instruction in code.iter().chain([&Instruction::End]) {
                function.instruction(instruction);
            }
            bodies.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&section).section(&bodies);
        module.finish()
    }

    #[test]
    fn what_is_used_in_the_same_way_gets_the_same_number() {
        use Instruction::{Drop, I32Const, I32Eqz, LocalGet, LocalSet};
        let usual: &[_] = &[I32Const(7), LocalSet(1), LocalGet(2), I32Eqz, Drop];
        let other: &[_] = &[I32Const(7), LocalSet(3), LocalGet(1), I32Eqz, Drop];
        let renumbered = renumbered(&wasm(&[usual, usual, other])).unwrap();
        assert_eq!(renumbered, wasm(&[usual, usual, usual]));
    }

    #[test]
    fn parameters_and_variables_of_another_type_keep_apart() {
        use Instruction::{Drop, LocalGet};
        let usual: &[_] = &[LocalGet(0), Drop, LocalGet(1), Drop, LocalGet(1), Drop];
        let float: &[_] = &[LocalGet(4), Drop, LocalGet(0), Drop];
        let wasm = wasm(&[usual, usual, float]);
        assert_eq!(renumbered(&wasm).unwrap(), wasm);
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(renumbered(b"<!doctype html>").is_err());
    }
}
