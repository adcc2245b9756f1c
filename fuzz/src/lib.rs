//! What `cargo fuzz` tries, as functions of bytes: a target in `fuzz_targets` is one line.
//!
//! Invariant: each of these panics if, and only if, something is wrong with what it tries.

pub mod bytecode;
pub mod emitter;
pub mod loops;
pub mod optimizer;
pub mod program;
pub mod source;
pub mod tiers;

#[cfg(test)]
mod tests {
    use super::*;

    /// Each target for a few seeds; a fuzzer does the rest.
    #[test]
    fn a_few_of_each() {
        for seed in 0..40 {
            let bytes = program::bytes_of_seed(seed);
            emitter::run(&bytes);
            source::run(&bytes[..400]);
            bytecode::run(&bytes);
        }
        for seed in 0..4 {
            tiers::run(&program::bytes_of_seed(seed));
        }
    }

    #[test]
    fn loops_at_thresholds() {
        (0..100).for_each(|seed| loops::run(&program::bytes_of_seed(seed)));
    }

    #[test]
    fn optimized_loops() {
        let compared = (0..2000).filter(|seed| optimizer::run(&program::bytes_of_seed(*seed))).count();
        assert!(compared > 500, "{compared} of 2000");
    }
}
