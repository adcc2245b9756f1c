//! Python source to bytecode.
//!
//! The stages, each of which knows only what it is given: the pre-scan bounds what the parser will be asked to do,
//! ruff's parser makes a tree, the scope pass decides who owns each name, code generation emits register code, and
//! `taipan-core` assembles and verifies it.
//!
//! Invariants: no source overflows the stack or takes more memory than `reserve` granted; the tree is freed before
//! [`compile`] returns.
#![forbid(unsafe_code)]

mod codegen;
mod consts;
mod decode;
mod errors;
mod lexcheck;
mod lines;
mod names;
mod parse_errors;
mod prescan;
mod scope;
mod text;

pub use errors::{CompileError, Kind as ErrorKind, SyntaxErrorInfo};

use codegen::Compiler;
use errors::{Fail, SyntaxError};
use lines::Lines;
use names::Names;
use ruff_python_parser::{Mode as ParserMode, ParseOptions};
use scope::SymbolTable;
use taipan_core::bytecode::asm::{FuncDef, assemble};
use taipan_core::bytecode::{FuncFlags, Module};

/// What a source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// A module or script.
    #[default]
    Exec,
    /// One expression: running the module returns its value.
    Eval,
    /// Part of the runtime, written in Python.
    Frozen,
}

/// How to compile.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The name tracebacks show.
    pub file_name: &'a str,
    /// Longer sources are refused.
    pub max_source: usize,
    /// What the source is.
    pub mode: Mode,
    /// Keep the source in the module, for tracebacks.
    pub keep_source: bool,
    /// Keep each instruction's place in the source, for tracebacks; without, they tell a function's first line.
    pub keep_positions: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            file_name: "<string>",
            max_source: 1 << 20,
            mode: Mode::Exec,
            keep_source: true,
            keep_positions: true,
        }
    }
}

/// Bytes that tree and output take at most, per byte of source within the pre-scan's caps (measured by
/// `tests/memory.rs`), and for any source.
const MEMORY_FACTOR: usize = 512;
const MEMORY_BASE: usize = 256 << 10;
/// Stack that the parser's tree and our walks over it may need at the pre-scan's caps. Where less is left, the
/// work moves to a stack of this size.
const STACK: usize = 6 << 20;

/// Compiles a source. `reserve` is asked, before parsing, for the bytes that tree and output may take at most; they
/// are free again when this returns (but for the module itself).
pub fn compile(
    source: &[u8],
    opts: &Options<'_>,
    reserve: &mut dyn FnMut(usize) -> bool,
) -> Result<Module, CompileError> {
    if source.len() > opts.max_source.min(u32::MAX as usize / 2) {
        return Err(CompileError::TooLong);
    }
    let bytes = source.len().saturating_mul(MEMORY_FACTOR).saturating_add(MEMORY_BASE);
    if !reserve(bytes) {
        return Err(CompileError::Memory);
    }
    let decoded = decode::decode(source)?;
    let text: &str = &decoded;
    let lines = Lines::new(text);
    let syntax = |e: SyntaxError| CompileError::Syntax(Box::new(SyntaxErrorInfo::new(e, &lines)));
    if let Err(refusal) = prescan::prescan(text.as_bytes()) {
        return Err(errors::of_refusal(refusal).map_or(CompileError::Memory, syntax));
    }
    let funcs = stacker::maybe_grow(STACK, STACK, || generate(text, opts, &lines));
    let mut funcs = funcs.map_err(|f| match f {
        Fail::Memory => CompileError::Memory,
        Fail::Syntax(e) => syntax(e),
    })?;
    if !opts.keep_positions {
        funcs.iter_mut().for_each(|f| f.positions.clear());
    }
    let kept = if opts.keep_source { text } else { "" };
    assemble(opts.file_name, kept, &funcs).map_err(|e| {
        debug_assert!(false, "the compiler made a module that the verifier refuses: {e}");
        CompileError::Memory
    })
}

fn generate(text: &str, opts: &Options<'_>, lines: &Lines<'_>) -> Result<Vec<FuncDef>, Fail> {
    let flags = if opts.mode == Mode::Frozen { FuncFlags::FROZEN } else { 0 };
    let budget = text.len().saturating_mul(4).saturating_add(1024);
    let mut names = Names::new(text.len());
    let mode = if opts.mode == Mode::Eval { ParserMode::Expression } else { ParserMode::Module };
    let options = ParseOptions::from(mode).with_target_version(ruff_python_ast::PythonVersion::PY314);
    let parsed = ruff_python_parser::parse_unchecked(text, options);
    if let Some(e) = parsed.errors().first() {
        return Err(parse_errors::translate(e, text, lines, parsed.tokens()).into());
    }
    match parsed.syntax() {
        ruff_python_ast::Mod::Module(m) => {
            let table = SymbolTable::build(&m.body, &mut names, text)?;
            admit(&names)?;
            Compiler::new(&table, &mut names, text, lines, flags, budget).module(&m.body)
        }
        ruff_python_ast::Mod::Expression(m) => {
            let table = SymbolTable::build_expr(&m.body, &mut names, text)?;
            admit(&names)?;
            Compiler::new(&table, &mut names, text, lines, flags, budget).expression(&m.body)
        }
    }
}

fn admit(names: &Names) -> Result<(), Fail> {
    if names.overflowed { Err(Fail::Memory) } else { Ok(()) }
}
