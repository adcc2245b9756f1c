//! The portable definition of each uop, by number: what machine code is compared with.

use taipan_core::uop::body::{self, M};
use taipan_core::uop::{Class, Uop};

/// How a body ended.
#[derive(Clone, Copy, Debug)]
pub enum Ended {
    Exit,
    Nothing,
    Word(u64),
    Float(f64),
}

/// What bodies return.
trait Return {
    fn ended(self) -> Ended;
}
impl Return for u64 {
    fn ended(self) -> Ended {
        Ended::Word(self)
    }
}
impl Return for f64 {
    fn ended(self) -> Ended {
        Ended::Float(self)
    }
}
impl Return for () {
    fn ended(self) -> Ended {
        Ended::Nothing
    }
}
impl Return for bool {
    fn ended(self) -> Ended {
        if self { Ended::Nothing } else { Ended::Exit }
    }
}
impl Return for Option<u64> {
    fn ended(self) -> Ended {
        self.map_or(Ended::Exit, Ended::Word)
    }
}

/// Operands, taken one by one; a double as its bits.
struct Operands<'a>(core::slice::Iter<'a, u64>);

impl Operands<'_> {
    #[allow(non_snake_case, reason = "named as the classes, for the macro below")]
    fn G(&mut self) -> u64 {
        *self.0.next().unwrap()
    }
    #[allow(non_snake_case, reason = "named as the classes, for the macro below")]
    fn F(&mut self) -> f64 {
        f64::from_bits(self.G())
    }
}

macro_rules! run {
    ($( $n:ident($($in:ident)*) $(-> $out:ident)?, $imm:ident, $eff:ident, $body:ident; )*) => {
        /// Runs the body of a uop.
        ///
        /// # Safety
        /// The body's: what the operands point to is valid.
        pub unsafe fn run(op: Uop, m: M, d: i32, k: u64, operands: &[u64]) -> Ended {
            let mut rest = Operands(operands.iter());
            match op {
                // SAFETY: the caller's promise.
                $( Uop::$n => unsafe { body::$body(m, d as isize, k $(, rest.$in())*) }.ended(), )*
                _ => panic!("{op:?} has no body"),
            }
        }
    };
}
taipan_core::for_each_uop!(run);

/// Classes of a uop's registers: operands, then the result.
pub fn slots(op: Uop) -> Vec<Class> {
    op.ins().iter().copied().chain(op.out()).collect()
}
