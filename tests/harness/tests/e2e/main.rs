//! Everything that is tested with the built page in a browser.
//!
//! One program, so that a test that waits leaves no core idle until the file's
//! others are through.

mod accessibility;
mod address;
mod answered;
mod answers;
mod article;
mod article_axe;
mod broken;
mod code;
mod code_editor;
mod consent;
mod consent_framed;
mod embed;
mod embed_cost;
mod embed_hosts;
mod embed_messages;
mod embed_view;
mod exercise;
mod export;
mod fire;
mod first_screen;
mod frames;
mod guess;
mod headers;
mod hidden;
mod hostile;
mod hosting;
mod input;
mod keys;
mod knobs;
mod layout;
mod log;
mod motion;
mod neighbours;
mod network;
mod outside;
mod parts;
mod phases;
mod plain;
mod playback;
mod practice;
mod practice_kept;
mod processor;
mod programs;
mod run;
mod sections;
mod share;
mod shelf;
mod stage;
mod strategies;
mod translation;
mod update;
mod witness;
mod workers;
