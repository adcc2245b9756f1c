//! Taipan for programs with `std`: make a VM, run Python in it, exchange values and functions with it.
//!
//! ```
//! let mut vm = taipan::Vm::builder().max_memory(64 << 20).build()?;
//! vm.run_source("greet.py", "def greet(name): return f'hello, {name}'")?;
//! let text = vm.call("greet", &["world".into()])?;
//! assert_eq!(text, taipan::Value::from("hello, world"));
//! # Ok::<(), taipan::Error>(())
//! ```
//!
//! Invariants: a [`Vm`] shares nothing mutable with another one; whatever the guest does comes back as an [`Error`];
//! a panic in a host callback ends the run and poisons its VM, and no other.
#![deny(unsafe_code)]

mod builder;
#[expect(unsafe_code, reason = "mapping and protecting memory is unsafe")]
mod code_memory;
mod convert;
mod error;
mod hooks;
#[expect(unsafe_code, reason = "running code is unsafe")]
#[cfg_attr(not(feature = "speed"), expect(dead_code, reason = "there is no JIT"))]
mod instrument;
mod jit;
mod timer;
mod vm;

pub use builder::Builder;
pub use code_memory::OsMemory;
pub use convert::Value;
pub use error::{Error, ErrorKind};
pub use jit::{ABORTS, JitMode};
pub use taipan_core::bytecode::disasm::module as disassemble;
pub use taipan_core::bytecode::file::{Aligned, EXTENSION as COMPILED_EXTENSION};
pub use taipan_core::emit::{Chunk, CodeMemory, EmitError};
pub use taipan_core::vm::{BlockSizes, Sizes};
pub use vm::{Interrupter, Keep, Progress, Stats, Vm};
