//! Iteration order of sets after every operation, against hashes of the orders recorded from CPython 3.13.

use super::super::set::SET;
use super::*;
use crate::interp::BinOp;
use crate::object::{dict, set};

/// Seed, how many, modulus.
type Numbers = (u64, usize, u64);

/// The numbers and a hash of the order after each operation below.
#[rustfmt::skip]
const RECORDED: &[(Numbers, [u64; 17])] = &[
    ((1, 5, 50), [0x2003af9, 0x1b48a9a5a50d, 0x23, 0x130456, 0x1ef8146944, 0x1b48a9a5a50d, 0x130456, 0x1ef8146944, 0x23, 0x3a606845c9, 0x2003af9, 0x3c00a75fd6f, 0x130456, 0x23, 0x2003e9b, 0x2003af9, 0x22644a77ea]),
    ((2, 10, 100), [0x3501455fe7cb5, 0x902b185bd3b80e7a, 0x5e, 0x1b5b7ea51cc9, 0x622fb97e09cbe7ba, 0x902b185bd3b80e7a, 0x1b5b7ea51cc9, 0x622fb97e09cbe7ba, 0x5e, 0xd355eec1cb4796a5, 0x3501455fe7cb5, 0xe3c776432fb10846, 0x1b5b7ea51cc9, 0x5e, 0x3501455fe7cb5, 0x3501455fe7cb5, 0x622fb97e09cbe7ba]),
    ((3, 40, 1000), [0x4c3063c0a07ce52e, 0xc46bfb46b12b9fa9, 0xb, 0x4ccd355efddaeeb, 0x9aba72ad57269ba8, 0xc46bfb46b12b9fa9, 0x4ccd355efddaeeb, 0x7f0eded187a76586, 0xb, 0xf8b6bb0f5bc8855b, 0x4c3063c0a07ce52e, 0xcbd1a0d9e21d6805, 0x4c3063c0a07ce52e, 0xb, 0x4c3063c0a07ce52e, 0x4c3063c0a07ce52e, 0x9aba72ad57269ba8]),
    ((4, 200, 10000), [0x8f5dff1e31e9a32b, 0xd8c001fba753014a, 0x9c3617d, 0x201c114b465f4cfa, 0x159f7041f301d25f, 0xd8c001fba753014a, 0x97934c4c64cb4e9c, 0xe68e5df76e341baf, 0x9c3617d, 0x6a0fe5135d900526, 0x8f5dff1e31e9a32b, 0x95380e1b0d260632, 0x8f5dff1e31e9a32b, 0x9c3617d, 0x8f5dff1e31e9a32b, 0x8f5dff1e31e9a32b, 0x159f7041f301d25f]),
    ((5, 1000, 100000), [0x5fb62fd040a39b1f, 0xb0d8e83678e8fa81, 0x7c7de91b5360c955, 0x899eacc418d5b7e, 0xf810a1a40f1f5ee0, 0xb0d8e83678e8fa81, 0xe08470153c0126b6, 0xd36d9e1317e9e494, 0x7c7de91b5360c955, 0x99bf5eec5b238501, 0x5fb62fd040a39b1f, 0x69f9914f64e28543, 0x5fb62fd040a39b1f, 0x7c7de91b5360c955, 0x691a67f6a8d90b1f, 0x5fb62fd040a39b1f, 0xf810a1a40f1f5ee0]),
    ((6, 3000, 5000), [0x6af84c5b0d4393ea, 0xd386eb06bf486f5, 0x74a141dd41adcc67, 0xe536427e6704cb8d, 0x19153eb014a0deea, 0xd386eb06bf486f5, 0xdb57fa0288465bbd, 0x19153eb014a0deea, 0x74a141dd41adcc67, 0x46742cf83b569433, 0x6af84c5b0d4393ea, 0xd386eb06bf486f5, 0x6af84c5b0d4393ea, 0x74a141dd41adcc67, 0x6af84c5b0d4393ea, 0x6af84c5b0d4393ea, 0x19153eb014a0deea]),
];

fn numbers(seed: u64, n: usize, modulus: u64) -> Vec<i64> {
    let mut x = seed;
    (0..n)
        .map(|_| {
            x = (x * 1_103_515_245 + 12_345) & 0x7fff_ffff;
            (x % modulus) as i64
        })
        .collect()
}

fn fold(items: impl Iterator<Item = Value>) -> u64 {
    items.fold(0, |h, v| h.wrapping_mul(31).wrapping_add(v.as_int().unwrap_or(0) as u64 + 1))
}

fn order(v: Value) -> u64 {
    set::get(v).map_or(0, |s| fold(s.iter().map(|e| e.key)))
}

fn set_of(rt: &mut Rt, items: &[i64]) -> Value {
    let list = ints(rt, items);
    let cls = rt.types[kind_set()];
    match &SET.new {
        Some(new) => ok((new.func)(rt, Args::of(&[cls, Value::UNBOUND, list]))),
        None => Value::NONE,
    }
}

fn kind_set() -> usize {
    crate::object::kind::Set as usize
}

#[test]
fn order_is_cpythons() {
    let mut rt = runtime();
    let rt = &mut rt;
    let (Some(binary), Some(inplace)) = (SET.slots.binary, SET.slots.inplace) else { panic!() };
    for &((seed, n, modulus), want) in RECORDED {
        let (a, b) = (numbers(seed, n, modulus), numbers(seed + 100, n, modulus));
        let (s, t) = (set_of(rt, &a), set_of(rt, &b));
        let mut got = alloc::vec![order(s)];
        for op in [BinOp::Or, BinOp::And, BinOp::Sub, BinOp::Xor] {
            got.push(order(ok(binary(rt, op, s, t))));
        }
        for op in [BinOp::Or, BinOp::Sub, BinOp::Xor, BinOp::And] {
            let u = ok(call(rt, &SET, "copy", &[s]));
            got.push(order(ok(inplace(rt, op, u, t))));
        }
        let u = set_of(rt, &a);
        for &x in &b {
            ok(call(rt, &SET, "discard", &[u, Value::int(x)]));
        }
        for &x in a.iter().step_by(2) {
            ok(call(rt, &SET, "add", &[u, Value::int(x * 7)]));
        }
        got.push(order(u));
        let u = set_of(rt, &a);
        let mut popped = Vec::new();
        while set::get(u).is_some_and(|s| !s.is_empty()) {
            popped.push(ok(call(rt, &SET, "pop", &[u])));
        }
        got.push(fold(popped.into_iter()));
        let (la, lb, few) = (ints(rt, &a), ints(rt, &b), ints(rt, &b[..3]));
        got.push(order(ok(call(rt, &SET, "union", &[s, lb, la]))));
        got.push(order(ok(call(rt, &SET, "difference", &[s, few]))));
        let frozen = ok(set::new_frozen(&mut rt.heap));
        for &x in &b {
            assert!(ok(frozen.insert(&mut rt.heap, x as u64, Value::int(x))));
        }
        got.push(order(ok(binary(rt, BinOp::And, frozen.value(), s))));
        let d = ok(dict::new(&mut rt.heap));
        for &x in &a {
            assert!(ok(d.insert(&mut rt.heap, x as u64, Value::int(x), Value::NONE)));
        }
        for source in [d.value(), s] {
            let cls = rt.types[kind_set()];
            let Some(new) = &SET.new else { panic!() };
            got.push(order(ok((new.func)(rt, Args::of(&[cls, Value::UNBOUND, source])))));
        }
        got.push(order(ok(call(rt, &SET, "symmetric_difference", &[s, lb]))));
        assert_eq!(got, want, "seed {seed}");
    }
}

#[test]
fn unhashable_items_are_named() {
    let mut rt = runtime();
    let s = set_of(&mut rt, &[1]);
    let l = ints(&mut rt, &[1]);
    let t = ok(rt.new_tuple(&[l]));
    let r = call(&mut rt, &SET, "add", &[s, t]);
    assert_eq!(message(&mut rt, r), "cannot use 'tuple' as a set element (unhashable type: 'list')");
    let r = call(&mut rt, &SET, "remove", &[s, Value::int(5)]);
    assert!(r.is_err());
}

#[test]
fn a_set_finds_its_frozenset() {
    let mut rt = runtime();
    let inner = ok(set::new_frozen(&mut rt.heap));
    assert!(ok(inner.insert(&mut rt.heap, 7, Value::int(7))));
    let outer = set_of(&mut rt, &[]);
    ok(call(&mut rt, &SET, "add", &[outer, inner.value()]));
    let probe = set_of(&mut rt, &[7]);
    let Some(contains) = SET.slots.contains else { panic!() };
    assert!(ok(contains(&mut rt, outer, probe)));
}
