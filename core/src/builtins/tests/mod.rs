//! Tests of the built-ins that need no interpreter.
