//! Studies: many models that differ in some numbers, and what their outcomes owe to which.

mod chance;
pub mod design;
pub mod sensitivity;
