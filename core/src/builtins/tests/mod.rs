//! Tests of built-ins by calling the natives directly.
mod numbers;
