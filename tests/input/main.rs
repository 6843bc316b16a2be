//! Promise: input as people have it is read as they mean it, or refused with what to type.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod labels;
mod lists;
mod readme;
mod slips;
mod tables;
