//! JSON, written: the public contract's result and exported files. Of what comes
//! it is only [checked](check) that it is some.
//!
//! A serialiser from a library, with its float printer, weighs more than what
//! it would write; this one needs no more than [`crate::decimal`].

pub mod check;

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::decimal;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Nothing.
    Null,
    /// A number, written to the hundredth.
    Number(f64),
    /// Text.
    Text(Cow<'static, str>),
    /// Values in order.
    List(Vec<Json>),
    /// Values with names, in order.
    Object(Vec<(&'static str, Json)>),
}

impl From<f64> for Json {
    fn from(number: f64) -> Self {
        Json::Number(number)
    }
}

impl From<&'static str> for Json {
    fn from(text: &'static str) -> Self {
        Json::Text(text.into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::Text(text.into())
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Json::Null, Into::into)
    }
}

/// Without white space.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Number(number) => f.write_str(&decimal::short(*number)),
            Json::Text(text) => quote(text, f),
            Json::List(values) => {
                f.write_char('[')?;
                for (index, value) in values.iter().enumerate() {
                    separate(index, f)?;
                    value.fmt(f)?;
                }
                f.write_char(']')
            }
            Json::Object(fields) => {
                f.write_char('{')?;
                for (index, (name, value)) in fields.iter().enumerate() {
                    separate(index, f)?;
                    quote(name, f)?;
                    f.write_char(':')?;
                    value.fmt(f)?;
                }
                f.write_char('}')
            }
        }
    }
}

fn separate(index: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if index > 0 { f.write_char(',') } else { Ok(()) }
}

fn quote(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                f.write_char('\\')?;
                f.write_char(c)?;
            }
            c if c < ' ' => {
                f.write_str(if c < '\u{10}' { "\\u000" } else { "\\u001" })?;
                f.write_char(char::from_digit(u32::from(c) % 16, 16).unwrap_or('0'))?;
            }
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
