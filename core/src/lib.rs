//! The core of Expert Chef: everything between what a reader asks for and the
//! pixels. No module here can name a browser; the page, which can, is built on
//! top.
//!
//! Its folders read as the way that data goes: what is **asked** is **run**,
//! what happens is **recorded**, what was recorded is **shown**, and what is
//! shown can be **written** to a file. Each uses those before it and none after.

// What all of them speak in.
pub mod decimal;
pub mod json;
pub mod markup;
pub mod millis;
pub mod outcome;
pub mod outside;
pub mod panel;
pub mod part;
pub mod text;

pub mod asked;

pub mod run;

pub mod recorded;

pub mod shown;

pub mod written;
