//! The whole file: parts, styles, script, and what the script needs.
