//! Hashing and equality of built-in values without an interpreter.
//!
//! Invariants: equal values have equal hashes; an answer that would need guest code is `Guest`/`None`, never a
//! guess; recursion is bounded by `MAX_DEPTH` and the items visited by `MAX_ITEMS`, beyond which the answer is `Guest`
//! (the interpreter then goes on in frozen Python, whose recursion is counted and costs no host stack, and which can
//! be interrupted: nested containers that share parts have exponentially many paths).

use super::{Bytes, Dict, List, Range, Str, Tuple, Type, float, int, kind, set};
use crate::heap::Heap;
use crate::value::Value;
use core::cmp::Ordering;

/// Answer to "are these equal?".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Eq {
    /// Yes.
    True,
    /// No.
    False,
    /// Only guest code can tell.
    Guest,
}

impl From<bool> for Eq {
    #[inline]
    fn from(b: bool) -> Eq {
        if b { Eq::True } else { Eq::False }
    }
}

const MAX_DEPTH: u32 = 40;

/// Items of containers that one comparison or hash visits at most.
const MAX_ITEMS: u32 = 4096;

/// `a == b`.
#[inline]
pub fn eq(heap: &Heap, a: Value, b: Value) -> Eq {
    if a.both_int(b) {
        return (a == b).into();
    }
    if let (Some(x), Some(y)) = (a.exact::<Str>(), b.exact::<Str>()) {
        return (a == b || (!(x.is_interned() && y.is_interned()) && x.bytes() == y.bytes())).into();
    }
    eq_at(heap, a, b, 0, &mut { MAX_ITEMS })
}

/// A number of the built-in types, for comparison.
#[derive(Clone, Copy)]
pub enum Number {
    /// Any int or bool.
    Int(int::IntRef),
    /// A float.
    Float(f64),
}

/// The number `v` is: int, bool, float, or an instance of a subclass of them.
#[inline]
pub fn number(v: Value) -> Option<Number> {
    if let Some(f) = float::get(v) {
        return Some(Number::Float(f));
    }
    int::get(v).map(Number::Int)
}

/// Compares two numbers exactly; `None` if one is nan.
pub fn compare_numbers(a: Number, b: Number) -> Option<Ordering> {
    use int::IntRef::Small;
    match (a, b) {
        (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
        (Number::Int(Small(x)), Number::Int(Small(y))) => Some(x.cmp(&y)),
        (Number::Int(x), Number::Int(y)) => Some(int::compare(x, y)),
        (Number::Int(x), Number::Float(y)) => int::compare_f64(x, y),
        (Number::Float(x), Number::Int(y)) => int::compare_f64(y, x).map(Ordering::reverse),
    }
}

/// Whether `v`'s class overrides `__eq__` (so that only guest code can compare).
#[inline]
fn overrides_eq(heap: &Heap, v: Value) -> bool {
    let shape = v.shape();
    shape != u32::MAX
        && shape >= crate::heap::Shapes::FIRST
        && heap.shapes.class(shape).get::<Type>().is_none_or(|t| t.has_flag(Type::GUEST_EQ))
}

fn eq_at(heap: &Heap, a: Value, b: Value, depth: u32, left: &mut u32) -> Eq {
    if overrides_eq(heap, a) || overrides_eq(heap, b) {
        return Eq::Guest;
    }
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return (compare_numbers(x, y) == Some(Ordering::Equal)).into();
    }
    if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
        return (x.bytes() == y.bytes()).into();
    }
    if a == b {
        return Eq::True;
    }
    if depth > MAX_DEPTH {
        return if a.is_ptr() && b.is_ptr() { Eq::Guest } else { Eq::False };
    }
    if let (Some(x), Some(y)) = (a.get::<Tuple>(), b.get::<Tuple>()) {
        return eq_items(heap, x.items(), y.items(), depth, left);
    }
    if let (Some(x), Some(y)) = (a.get::<List>(), b.get::<List>()) {
        return eq_items(heap, x.items(), y.items(), depth, left);
    }
    if let (Some(x), Some(y)) = (a.get::<Bytes>(), b.get::<Bytes>()) {
        return (x.bytes() == y.bytes()).into();
    }
    if let (Some(x), Some(y)) = (set::get(a), set::get(b)) {
        return eq_sets(heap, &x, &y, depth, left);
    }
    if let (Some(x), Some(y)) = (a.get::<Dict>(), b.get::<Dict>()) {
        return eq_dicts(heap, &x, &y, depth, left);
    }
    if let (Some(x), Some(y)) = (a.get::<Range>(), b.get::<Range>()) {
        return x.same_items(&y).into();
    }
    if let (Some(x), Some(y)) = (a.get::<super::Slice>(), b.get::<super::Slice>()) {
        return eq_items(heap, &[x.start, x.stop, x.step], &[y.start, y.stop, y.step], depth, left);
    }
    if let (Some(x), Some(y)) = (a.get::<super::BoundMethod>(), b.get::<super::BoundMethod>()) {
        return (x.func == y.func && x.self_ == y.self_).into();
    }
    if let (Some(x), Some(y)) = (a.get::<super::Builtin>(), b.get::<super::Builtin>()) {
        return (x.same(&y)).into();
    }
    match (a.header().map(|h| h.kind), b.header().map(|h| h.kind)) {
        // Views compare like sets; frozen code does that.
        (Some(kind::DictKeys | kind::DictItems), Some(_))
        | (Some(_), Some(kind::DictKeys | kind::DictItems)) => Eq::Guest,
        _ => Eq::False,
    }
}

/// Item-wise equality with the identity shortcut.
fn eq_items(heap: &Heap, a: &[Value], b: &[Value], depth: u32, left: &mut u32) -> Eq {
    if a.len() != b.len() {
        // CPython compares lengths first for `==`.
        return Eq::False;
    }
    for (&x, &y) in a.iter().zip(b) {
        if !step(left) {
            return Eq::Guest;
        }
        if x == y && x.is_ptr() {
            continue;
        }
        match eq_at(heap, x, y, depth + 1, left) {
            Eq::True => {}
            Eq::False if x == y => {}
            other => return other,
        }
    }
    Eq::True
}

/// Counts one item of the budget; `false` if it is spent.
#[inline]
fn step(left: &mut u32) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

fn eq_sets(heap: &Heap, a: &set::Set, b: &set::Set, depth: u32, left: &mut u32) -> Eq {
    if a.len() != b.len() {
        return Eq::False;
    }
    // All items at once: at which one a difference shows depends on hashes, and fuel on whether frozen code goes on.
    match u32::try_from(a.len()) {
        Ok(n) if n <= *left => *left -= n,
        _ => return Eq::Guest,
    }
    for e in a.iter() {
        match b.find_by(e.hash, e.key, |k| eq_at(heap, k, e.key, depth + 1, left)) {
            set::Probe::Found(_) => {}
            set::Probe::Missing => return Eq::False,
            set::Probe::Guest => return Eq::Guest,
        }
    }
    Eq::True
}

fn eq_dicts(heap: &Heap, a: &Dict, b: &Dict, depth: u32, left: &mut u32) -> Eq {
    if a.len() != b.len() {
        return Eq::False;
    }
    for e in a.iter() {
        if !step(left) {
            return Eq::Guest;
        }
        let i = match b.find_by(e.hash, e.key, |k| eq_at(heap, k, e.key, depth + 1, left)) {
            set::Probe::Found(i) => i,
            set::Probe::Missing => return Eq::False,
            set::Probe::Guest => return Eq::Guest,
        };
        let other = b.entry(i).map_or(Value::UNBOUND, |e| e.value);
        if other == e.value && other.is_ptr() {
            continue;
        }
        match eq_at(heap, e.value, other, depth + 1, left) {
            Eq::True => {}
            no => return no,
        }
    }
    Eq::True
}

/// Answer to "what is its hash?".
#[derive(Clone, Copy, PartialEq, core::cmp::Eq, Debug)]
pub enum Hash {
    /// The hash.
    Is(u64),
    /// The value, or the contained one given here, is unhashable.
    Unhashable(Value),
    /// Only guest code can tell.
    Guest,
    /// The identity hash of this object is wanted (`Heap::identity`).
    Identity,
}

/// `hash(v)` as CPython computes it, seen as unsigned; str and bytes use the heap's seed.
#[inline]
pub fn hash(heap: &Heap, v: Value) -> Hash {
    if v.is_int() {
        let n = v.int_unchecked();
        return Hash::Is(if n == -1 { -2i64 as u64 } else { n as u64 });
    }
    if let Some(s) = v.exact::<Str>() {
        return Hash::Is(hash_str(heap, &s));
    }
    hash_at(heap, v, 0, &mut { MAX_ITEMS })
}

/// Hash of a string, cached in it.
#[inline]
pub fn hash_str(heap: &Heap, s: &Str) -> u64 {
    let known = s.hash.get();
    if known != 0 {
        return known;
    }
    let h = hash_bytes(heap, s.bytes());
    s.hash.set(h);
    h
}

/// Keyed hash of bytes (SipHash-1-3, as CPython); never 0 nor −1.
pub fn hash_bytes(heap: &Heap, bytes: &[u8]) -> u64 {
    match super::sip::hash(heap.seed(), bytes) {
        0 => 1,
        u64::MAX => u64::MAX - 1,
        h => h,
    }
}

fn hash_at(heap: &Heap, v: Value, depth: u32, left: &mut u32) -> Hash {
    let shape = v.shape();
    if shape != u32::MAX && shape >= crate::heap::Shapes::FIRST {
        match heap.shapes.class(shape).get::<Type>() {
            Some(t) if t.has_flag(Type::GUEST_HASH) => return Hash::Guest,
            Some(t) if t.has_flag(Type::UNHASHABLE) => return Hash::Unhashable(v),
            _ => {}
        }
    }
    if let Some(f) = float::get(v) {
        return match float::hash(f) {
            Some(h) => Hash::Is(h),
            None => Hash::Identity,
        };
    }
    if let Some(i) = int::get(v) {
        return Hash::Is(int::hash(i));
    }
    if let Some(s) = v.get::<Str>() {
        return Hash::Is(hash_str(heap, &s));
    }
    if let Some(b) = v.get::<Bytes>() {
        if b.hash.get() == 0 {
            b.hash.set(hash_bytes(heap, b.bytes()));
        }
        return Hash::Is(b.hash.get());
    }
    if let Some(t) = v.get::<Tuple>() {
        return hash_items(heap, t.items(), depth, left);
    }
    match v {
        Value::NONE => return Hash::Is(0xfca8_6420),
        Value::ELLIPSIS => return Hash::Is(0x7e11_1e0d),
        Value::NOT_IMPLEMENTED => return Hash::Is(0x7e11_1e0e),
        _ => {}
    }
    match v.header().map(|h| h.kind) {
        Some(kind::FrozenSet) => match set::get(v) {
            Some(s) => Hash::Is(hash_frozenset(&s)),
            None => Hash::Guest,
        },
        Some(kind::List | kind::Dict | kind::Set | kind::ByteArray | kind::DictKeys | kind::DictItems) => {
            Hash::Unhashable(v)
        }
        Some(kind::Slice) => match v.get::<super::Slice>() {
            Some(s) => hash_items(heap, &[s.start, s.stop, s.step], depth, left),
            None => Hash::Guest,
        },
        Some(kind::Range) => match v.get::<Range>() {
            Some(r) => hash_items(heap, &r.hash_key(), depth, left),
            None => Hash::Guest,
        },
        Some(kind::BoundMethod | kind::Builtin) => hash_method(heap, v),
        Some(_) => Hash::Identity,
        None => Hash::Identity,
    }
}

/// The hash of a bound method; as in a tuple, only the caller may give identities.
fn hash_method(heap: &Heap, v: Value) -> Hash {
    let parts = method_parts(v);
    if parts.iter().all(|p| p.is_unbound()) {
        return Hash::Identity;
    }
    let mut mix = TupleHash::new();
    for part in parts {
        match heap.known_identity(part) {
            Some(h) => mix.add(h),
            None => return Hash::Guest,
        }
    }
    Hash::Is(mix.finish(parts.len()))
}

/// The objects whose identities make the hash of a bound method, since equal ones are made anew each time.
pub fn method_parts(v: Value) -> [Value; 2] {
    if let Some(m) = v.get::<super::BoundMethod>() {
        return [m.self_, m.func];
    }
    [v.get::<super::Builtin>().map_or(Value::UNBOUND, |f| f.self_), Value::UNBOUND]
}

/// CPython's tuple hash (xxHash's mixing).
fn hash_items(heap: &Heap, items: &[Value], depth: u32, left: &mut u32) -> Hash {
    if depth > MAX_DEPTH {
        return Hash::Guest;
    }
    let mut mix = TupleHash::new();
    for &v in items {
        // A flat tuple's items are paid for by its own length.
        if depth > 0 && !step(left) {
            return Hash::Guest;
        }
        let lane = match hash_at(heap, v, depth + 1, left) {
            Hash::Is(h) => h,
            // An identity hash needs the heap's table, which only the caller may grow.
            Hash::Identity => match heap.known_identity(v) {
                Some(h) => h,
                None => return Hash::Guest,
            },
            other => return other,
        };
        mix.add(lane);
    }
    Hash::Is(mix.finish(items.len()))
}

/// The state of a tuple's hash: the hashes of its items go in one by one.
#[derive(Clone, Copy, Debug)]
pub struct TupleHash(u64);

impl TupleHash {
    const P1: u64 = 11_400_714_785_074_694_791;
    const P2: u64 = 14_029_467_366_897_019_727;
    const P5: u64 = 2_870_177_450_012_600_261;
    /// Before the first item.
    pub const fn new() -> TupleHash {
        TupleHash(Self::P5)
    }
    /// Mixes in the next item's hash.
    #[inline]
    pub fn add(&mut self, hash: u64) {
        self.0 = self.0.wrapping_add(hash.wrapping_mul(Self::P2)).rotate_left(31).wrapping_mul(Self::P1);
    }
    /// The hash of a tuple of `len` items.
    pub fn finish(self, len: usize) -> u64 {
        let h = self.0.wrapping_add(len as u64 ^ (Self::P5 ^ 3_527_539));
        if h == u64::MAX { 1_546_275_796 } else { h }
    }
}

impl Default for TupleHash {
    fn default() -> TupleHash {
        TupleHash::new()
    }
}

/// CPython's frozenset hash: independent of order.
fn hash_frozenset(s: &set::Set) -> u64 {
    if s.hash.get() == 0 {
        s.hash.set(hash_set_items(s));
    }
    s.hash.get()
}

/// The hash that a frozenset of the items of `s` has; not remembered, as `s` may be a mutable set.
pub fn hash_set_items(s: &set::Set) -> u64 {
    let shuffle = |h: u64| (h ^ 89_869_747 ^ (h << 16)).wrapping_mul(3_644_798_167);
    let mut acc = s.iter().fold(0, |acc, e| acc ^ shuffle(e.hash));
    acc ^= (s.len() as u64 + 1).wrapping_mul(1_927_868_237);
    acc ^= (acc >> 11) ^ (acc >> 25);
    acc = acc.wrapping_mul(69069).wrapping_add(907_133_923);
    if acc == u64::MAX {
        acc = 590_923_713;
    }
    acc
}

/// The tuple hash of some items' hashes.
pub fn combine(lanes: impl Iterator<Item = u64>) -> u64 {
    let (mut mix, mut len) = (TupleHash::new(), 0);
    for lane in lanes {
        mix.add(lane);
        len += 1;
    }
    mix.finish(len)
}
