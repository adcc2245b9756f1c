//! How often back-edges were taken and functions called: what recordings begin at.
//!
//! Counters are found by a hash of the instruction's address, so places share them. Each place that counts has to come to
//! be the one that finds its counter at zero, or others that cannot be recorded (the functions that a loop calls, say)
//! would keep a loop from it forever. So that no rhythm of theirs matches the counter's, it begins with a little more
//! each time (the idea of the random bits in LuaJIT's penalties).

use crate::bytecode::Instr;

/// What is counted at a place before a recording is tried again, at least.
const AGAIN: u16 = 67;
/// How many counters there are.
const COUNTERS: usize = 256;

/// See the module.
pub(crate) struct Heat {
    /// What is left, by a hash of the instruction's address.
    left: [u16; COUNTERS],
    /// What counters begin with.
    first: u16,
    /// Pseudo-random.
    seed: u16,
}

impl Heat {
    pub fn new(first: u16) -> Heat {
        let first = first.max(1);
        Heat { left: [first; COUNTERS], first, seed: 1 }
    }

    /// Counts a back-edge or call to an instruction. Answers whether it is hot; its counter begins again then.
    #[inline(always)]
    pub fn count(&mut self, pc: *const Instr) -> bool {
        let Some(left) = self.left.get_mut((pc as usize >> 3) % COUNTERS) else { return false };
        *left = left.wrapping_sub(1);
        *left == 0
    }

    /// An instruction was hot: its counter begins again.
    pub fn again(&mut self, pc: *const Instr) {
        let base = self.first.min(AGAIN);
        // A linear congruential generator, of which the upper bits are the better ones.
        self.seed = self.seed.wrapping_mul(25173).wrapping_add(13849);
        if let Some(left) = self.left.get_mut((pc as usize >> 3) % COUNTERS) {
            *left = base + (self.seed >> 8) % (base / 4 + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// Whatever number of places share a counter, in whatever order, each is hot before long.
    #[test]
    fn each_of_some_places_is_hot() {
        let at = core::ptr::dangling::<Instr>();
        for first in [10, 67, 1009] {
            for places in 1..200 {
                let mut heat = Heat::new(first);
                let mut hot = vec![0u32; places];
                for n in 0..first as usize + places * 2000 {
                    if heat.count(at) {
                        heat.again(at);
                        hot[n % places] += 1;
                    }
                }
                assert!(!hot.contains(&0), "{first} {places}: {hot:?}");
            }
        }
    }
}
