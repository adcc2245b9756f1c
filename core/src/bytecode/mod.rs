//! Bytecode: the instruction set, the immutable module blob that holds it, its assembler and its verifier.
//!
//! Invariants: a [`Module`] never changes after it was made and carries no state of a VM; every module that
//! reaches the interpreter has passed [`verify`]. Nothing here touches a heap.
#![forbid(unsafe_code)]

pub mod asm;
pub mod disasm;
pub mod file;
pub mod instr;
pub mod module;
pub mod op;
pub mod packed;
pub mod verify;

pub use instr::Instr;
pub use module::{ConstRef, ExcEntry, Func, FuncFlags, Module, ModuleError, Pos, Site};
pub use op::{CALL_GAP, Op, Operand};
