//! Constants: literals, folding, and the keys by which equal constants are found again.
//!
//! Invariants: folding never raises and never makes a value much larger than its source; a key distinguishes
//! what a program can tell apart (`1`, `1.0` and `True`; `0.0` and `-0.0`).

use ruff_python_ast::{self as ast, Expr, Number, Operator, UnaryOp};
use taipan_core::bytecode::asm::Const;

/// A constant value with its items in place.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    None,
    Bool(bool),
    Ellipsis,
    Int(i64),
    Big(bool, Vec<u64>),
    Float(f64),
    Imaginary(f64),
    Str(Vec<u8>),
    Bytes(Vec<u8>),
    Tuple(Vec<Value>),
    FrozenSet(Vec<Value>),
}

/// How deep folding looks into operators and tuples.
const FOLD_DEPTH: u32 = 6;
/// Folded text stays below this, as in CPython.
const MAX_FOLDED_TEXT: usize = 4096;

/// A byte string that is equal exactly for constants that may share a slot.
pub fn key(c: &Const) -> Vec<u8> {
    let mut k = Vec::new();
    let list = |k: &mut Vec<u8>, items: &[u32]| items.iter().for_each(|i| k.extend(i.to_le_bytes()));
    match c {
        Const::None => k.push(0),
        Const::Bool(b) => k.extend([1, *b as u8]),
        Const::Ellipsis => k.push(2),
        Const::Int(i) => {
            k.push(3);
            k.extend(i.to_le_bytes());
        }
        Const::BigInt(neg, limbs) => {
            k.extend([4, *neg as u8]);
            limbs.iter().for_each(|l| k.extend(l.to_le_bytes()));
        }
        Const::Float(b) => {
            k.push(5);
            k.extend(b.to_le_bytes());
        }
        Const::Imaginary(b) => {
            k.push(6);
            k.extend(b.to_le_bytes());
        }
        Const::Str(s) => {
            k.push(7);
            k.extend(s);
        }
        Const::Bytes(s) => {
            k.push(8);
            k.extend(s);
        }
        Const::Tuple(items) => {
            k.push(9);
            list(&mut k, items);
        }
        Const::FrozenSet(items) => {
            k.push(10);
            list(&mut k, items);
        }
    }
    k
}

impl Value {
    /// The value's truth.
    pub fn truth(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(b) => *b,
            Value::Ellipsis | Value::Big(..) => true,
            Value::Int(i) => *i != 0,
            Value::Float(f) | Value::Imaginary(f) => *f != 0.0,
            Value::Str(s) | Value::Bytes(s) => !s.is_empty(),
            Value::Tuple(t) | Value::FrozenSet(t) => !t.is_empty(),
        }
    }

    fn small(&self) -> Option<i64> {
        match self {
            Value::Int(i) => Some(*i),
            Value::Bool(b) => Some(*b as i64),
            _ => None,
        }
    }

    fn float(&self) -> Option<f64> {
        match self {
            Value::Float(f) => Some(*f),
            _ => self.small().filter(|i| i.unsigned_abs() < 1 << 53).map(|i| i as f64),
        }
    }
}

impl Value {
    /// The same for all numbers that are equal, whatever their types; for other values that of their own.
    pub fn equality_key(&self) -> Vec<u8> {
        let whole = |f: f64| f.fract() == 0.0 && f.abs() < (1u64 << 53) as f64;
        key(&match self {
            Value::Bool(b) => Const::Int(*b as i64),
            Value::Int(i) => Const::Int(*i),
            Value::Float(f) if whole(*f) => Const::Int(*f as i64),
            Value::Float(f) => Const::Float(f.to_bits()),
            Value::Big(neg, limbs) => Const::BigInt(*neg, limbs.clone()),
            Value::Str(s) => Const::Str(s.clone()),
            Value::Bytes(s) => Const::Bytes(s.clone()),
            _ => Const::None,
        })
    }
}

/// The text of a literal in an error message, as `repr` gives it.
pub fn repr(v: &Value) -> String {
    match v {
        Value::Bool(b) => if *b { "True" } else { "False" }.into(),
        Value::Int(i) => i.to_string(),
        Value::Big(neg, limbs) => format!("{}{}", if *neg { "-" } else { "" }, digits(limbs)),
        Value::Float(f) => {
            let text = format!("{f:?}");
            match text.split_once('e') {
                Some((m, e)) => {
                    let (sign, e) = e.strip_prefix('-').map_or(('+', e), |e| ('-', e));
                    format!("{m}e{sign}{e:0>2}")
                }
                None => text,
            }
        }
        Value::Str(s) => quoted(&String::from_utf8_lossy(s), false),
        Value::Bytes(s) => format!("b{}", quoted(&s.iter().map(|&b| b as char).collect::<String>(), true)),
        _ => "None".into(),
    }
}

/// A large int in decimal; in hexadecimal where that would take long.
fn digits(limbs: &[u64]) -> String {
    const STEP: u128 = 10u128.pow(19);
    if limbs.len() > 256 {
        let all: String = limbs.iter().rev().map(|l| format!("{l:016x}")).collect();
        return format!("0x{}", all.trim_start_matches('0'));
    }
    let (mut left, mut out) = (limbs.to_vec(), String::new());
    while left.iter().any(|l| *l != 0) {
        let mut rest = 0;
        for l in left.iter_mut().rev() {
            let wide = rest << 64 | *l as u128;
            (*l, rest) = ((wide / STEP) as u64, wide % STEP);
        }
        out = format!("{rest:019}{out}");
    }
    out.trim_start_matches('0').into()
}

fn quoted(s: &str, ascii: bool) -> String {
    let quote = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in s.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() || (ascii && !c.is_ascii()) => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// The constant an expression is, if it is one.
pub fn fold(e: &Expr, source: &str) -> Option<Value> {
    fold_at(e, source, 0)
}

fn fold_at(e: &Expr, source: &str, depth: u32) -> Option<Value> {
    match e {
        Expr::NoneLiteral(_) => Some(Value::None),
        Expr::BooleanLiteral(b) => Some(Value::Bool(b.value)),
        Expr::EllipsisLiteral(_) => Some(Value::Ellipsis),
        Expr::NumberLiteral(n) => Some(number(&n.value)),
        Expr::StringLiteral(s) => Some(Value::Str(string(s, source))),
        Expr::BytesLiteral(b) => Some(Value::Bytes(b.value.bytes().collect())),
        Expr::Name(n) if n.id.as_str() == "__debug__" => Some(Value::Bool(true)),
        _ if depth >= FOLD_DEPTH => None,
        Expr::UnaryOp(u) => unary(u.op, fold_at(&u.operand, source, depth + 1)?),
        Expr::BinOp(b) => {
            let right = fold_at(&b.right, source, depth + 1)?;
            binary(b.op, fold_at(&b.left, source, depth + 1)?, right)
        }
        Expr::Tuple(t) => {
            let items = t.elts.iter().map(|e| fold_at(e, source, depth + 1));
            items.collect::<Option<Vec<_>>>().map(Value::Tuple)
        }
        _ => None,
    }
}

/// Whether the expression is a literal (or a folded sign before one): nothing that evaluating could change.
pub fn is_literal(e: &Expr) -> bool {
    matches!(
        e,
        Expr::NoneLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
    )
}

fn number(n: &Number) -> Value {
    match n {
        Number::Float(f) => Value::Float(*f),
        Number::Complex { imag, .. } => Value::Imaginary(*imag),
        Number::Int(i) => match i.as_u64() {
            Some(u) => i64::try_from(u).map_or_else(|_| Value::Big(false, vec![u]), Value::Int),
            None => big(&i.to_string()),
        },
    }
}

/// A large int from its literal (underscores already gone); at most 4,300 decimal digits or any power-of-two base.
fn big(text: &str) -> Value {
    let (digits, radix) = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        Some("0b") => (&text[2..], 2),
        _ => (text, 10),
    };
    let digits = digits.chars().filter_map(|c| c.to_digit(radix));
    let limbs = if radix == 10 { decimal(digits) } else { binary_digits(digits.collect(), radix) };
    match limbs[..] {
        [] => Value::Int(0),
        [low] if low <= i64::MAX as u64 => Value::Int(low as i64),
        _ => Value::Big(false, limbs),
    }
}

fn decimal(digits: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut limbs: Vec<u64> = Vec::new();
    for d in digits {
        let mut carry = d as u64;
        for l in &mut limbs {
            let wide = *l as u128 * 10 + carry as u128;
            *l = wide as u64;
            carry = (wide >> 64) as u64;
        }
        if carry != 0 {
            limbs.push(carry);
        }
    }
    limbs
}

fn binary_digits(digits: Vec<u32>, radix: u32) -> Vec<u64> {
    let width = radix.trailing_zeros();
    let mut limbs = vec![0u64; (digits.len() * width as usize).div_ceil(64)];
    for (i, &d) in digits.iter().rev().enumerate() {
        let bit = i * width as usize;
        limbs[bit / 64] |= (d as u64) << (bit % 64);
        let spill = 64 - bit % 64;
        if spill < width as usize && d >> spill != 0 {
            limbs[bit / 64 + 1] |= (d >> spill) as u64;
        }
    }
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
    limbs
}

fn unary(op: UnaryOp, v: Value) -> Option<Value> {
    Some(match (op, v) {
        (UnaryOp::Not, v) => Value::Bool(!v.truth()),
        (UnaryOp::USub, Value::Float(f)) => Value::Float(-f),
        (UnaryOp::UAdd, v @ (Value::Float(_) | Value::Int(_) | Value::Big(..))) => v,
        (UnaryOp::USub, Value::Big(neg, limbs)) if !neg && limbs == [1 << 63] => Value::Int(i64::MIN),
        (UnaryOp::USub, Value::Big(neg, limbs)) => Value::Big(!neg, limbs),
        (UnaryOp::USub, v) => Value::Int(v.small()?.checked_neg()?),
        (UnaryOp::UAdd, v) => Value::Int(v.small()?),
        (UnaryOp::Invert, Value::Bool(_)) => return None,
        (UnaryOp::Invert, v) => Value::Int(!v.small()?),
    })
}

fn binary(op: Operator, l: Value, r: Value) -> Option<Value> {
    match (op, &l, &r) {
        (Operator::Add, Value::Str(a), Value::Str(b)) if a.len() + b.len() < MAX_FOLDED_TEXT => {
            return Some(Value::Str(crate::text::join(a, b)));
        }
        (Operator::Add, Value::Bytes(a), Value::Bytes(b)) if a.len() + b.len() < MAX_FOLDED_TEXT => {
            return Some(Value::Bytes([&a[..], b].concat()));
        }
        _ => {}
    }
    if let (Value::Bool(a), Value::Bool(b)) = (&l, &r) {
        match op {
            Operator::BitAnd => return Some(Value::Bool(a & b)),
            Operator::BitOr => return Some(Value::Bool(a | b)),
            Operator::BitXor => return Some(Value::Bool(a ^ b)),
            _ => {}
        }
    }
    match (l.small(), r.small()) {
        (Some(a), Some(b)) => ints(op, a, b),
        _ => floats(op, l.float()?, r.float()?),
    }
}

fn ints(op: Operator, a: i64, b: i64) -> Option<Value> {
    let v = match op {
        Operator::Add => a.checked_add(b)?,
        Operator::Sub => a.checked_sub(b)?,
        Operator::Mult => a.checked_mul(b)?,
        Operator::FloorDiv if b > 0 => a.div_euclid(b),
        Operator::Mod if b > 0 => a.rem_euclid(b),
        Operator::Pow => a.checked_pow(u32::try_from(b).ok()?)?,
        Operator::LShift if (0..62).contains(&b) => a.checked_mul(1i64 << b)?,
        Operator::RShift if (0..63).contains(&b) => a >> b,
        Operator::BitAnd => a & b,
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::Div if b != 0 && a.unsigned_abs() < 1 << 53 && b.unsigned_abs() < 1 << 53 => {
            return Some(Value::Float(a as f64 / b as f64));
        }
        _ => return None,
    };
    Some(Value::Int(v))
}

fn floats(op: Operator, a: f64, b: f64) -> Option<Value> {
    Some(Value::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        _ => return None,
    }))
}

/// The value of a string literal, surrogates included.
fn string(s: &ast::ExprStringLiteral, source: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for part in &s.value {
        crate::text::append(&mut out, &crate::text::literal(part, source));
    }
    out
}
