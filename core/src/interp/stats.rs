//! Counters of the interpreter, for `--stats` and tests.

/// Counters. Specialization counts are per operation number.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// Instructions that were given a specialized form.
    pub specialized: u64,
    /// Runs of a specialized form whose guard failed.
    pub misses: u64,
    /// Specialized instructions that went back to the generic form.
    pub deoptimized: u64,
}
