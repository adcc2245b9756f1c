//! Sources: any bytes, and tokens in an order that often is a program. They are refused with a clean error, or run within
//! small limits.

use arbitrary::Unstructured;
use std::time::Duration;
use taipan::{Error, ErrorKind, Vm};

/// Tokens, each with the space it needs.
const TOKENS: &[&str] = &[
    "\n",
    "\n",
    "\n    ",
    "\n    ",
    "\n        ",
    "\n\t",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ":\n    ",
    ",",
    ";",
    ".",
    "=",
    "==",
    "+=",
    "->",
    ":=",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "@",
    "&",
    "|",
    "^",
    "~",
    "<<",
    ">>",
    "<",
    ">",
    "<=",
    "!=",
    "!",
    " if ",
    " else ",
    "elif ",
    "for ",
    " in ",
    "while ",
    "def f",
    "class C",
    "return ",
    "yield ",
    "yield from ",
    "lambda ",
    "try:\n    ",
    "except ",
    "except* ",
    "finally:\n    ",
    "with ",
    " as ",
    "raise ",
    " from ",
    "import ",
    "global ",
    "nonlocal ",
    "del ",
    "pass\n",
    "break\n",
    "continue\n",
    " and ",
    " or ",
    "not ",
    " is ",
    "assert ",
    "async ",
    "await ",
    "match ",
    "case ",
    "type ",
    "print",
    "x",
    "y",
    "f",
    "C",
    "self",
    "range(9)",
    "len",
    "math",
    "True",
    "None",
    "...",
    "_",
    "__init__",
    "é",
    "\u{3b1}",
    "0",
    "1",
    "2.5",
    "1e400",
    "0x_f",
    "0b1",
    "1_0",
    "09",
    "1j",
    "9999999999999999999999",
    "'a'",
    "\"b\"",
    "'''c\n'''",
    "b'\\x00'",
    "r'\\d'",
    "f'{x}'",
    "f'{x!r:>{y}}'",
    "f'{",
    "}'",
    "'",
    "\"",
    "'''",
    "\\\n",
    "\\",
    "'\\N{DIGIT ONE}'",
    "'\\ud800'",
    "# c\n",
    "#",
    "# -*- coding: latin-1 -*-\n",
    "\u{feff}",
    "\0",
    "\r",
    "\r\n",
    "\u{c}",
    "$",
    "?",
    "`",
    "def f(a, b=1, *c, d, **e):\n    return a\n",
    "class C(C):\n    x = 1\n",
    "@f\n",
    "for x in range(9):\n    ",
    "x = [y for y in range(3)]\n",
    "f(*x, **y)",
    "x[1:2, ::3]",
    "if x:\n    pass\n",
    "a, *b = x\n",
    "(x for x in y)",
    "{x: y}",
    "{*x}",
    "x: int = 1\n",
];

/// A source of tokens, with bytes of any kind now and then.
fn tokens(u: &mut Unstructured<'_>) -> Vec<u8> {
    let mut source = Vec::new();
    while !u.is_empty() {
        let n: u8 = u.arbitrary().unwrap_or(0);
        match TOKENS.get(n as usize) {
            Some(token) => source.extend_from_slice(token.as_bytes()),
            // The same once more, many times: nesting and chains.
            None if n > 250 => {
                let last = source.len().saturating_sub(u.int_in_range(1..=12).unwrap_or(1));
                let piece = source.get(last..).unwrap_or(&[]).to_vec();
                for _ in 0..u.int_in_range(1..=200).unwrap_or(1) {
                    source.extend_from_slice(&piece);
                }
            }
            None => source.push(u.arbitrary().unwrap_or(b' ')),
        }
    }
    source
}

/// Does what the module says with `bytes`.
///
/// # Panics
/// If something is wrong.
pub fn run(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    let source = if u.ratio(1, 6).unwrap_or(true) { u.take_rest().to_vec() } else { tokens(&mut u) };
    let mut vm = Vm::builder()
        .hash_seed(1)
        .fuel(20_000)
        .max_memory(32 << 20)
        .max_recursion(100)
        .max_output(10_000)
        .max_source(1 << 18)
        .timeout(Duration::from_secs(10))
        .jit_threshold(2)
        .output(|_, _| {})
        .build()
        .expect("enough memory");
    if let Err(e) = vm.run_source("s.py", &source) {
        clean(&e, &source);
    }
    let _ = vm.disassemble_adaptive();
}

/// An error says what it is, and syntax errors where they are.
fn clean(e: &Error, source: &[u8]) {
    let text = String::from_utf8_lossy(source);
    assert!(!e.message.is_empty(), "an error without a message: {text:?}");
    match e.kind {
        ErrorKind::Syntax => {
            assert!(e.traceback.contains("Error"), "{}: {text:?}", e.traceback);
        }
        ErrorKind::Exception
        | ErrorKind::Exit(_)
        | ErrorKind::OutOfFuel
        | ErrorKind::OutputLimit
        | ErrorKind::Memory
        | ErrorKind::KeyboardInterrupt => {}
        kind => panic!("{kind:?}: {text:?}"),
    }
}
