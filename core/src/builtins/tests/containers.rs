//! Lists, tuples, dicts, ranges, slices, sorting and their messages.

use super::super::{container_repr, dict, list, range, sequence, slice, sort, tuple};
use super::*;
use crate::interp::{BinOp, CmpOp};
use crate::object::{Dict, List, kind, misc};

fn shown(rt: &mut Rt, v: Value) -> String {
    // The number and str types are other files'; show ints only.
    match v.get::<List>() {
        Some(l) => {
            let items: Vec<String> = l.items().iter().map(|v| alloc::format!("{v:?}")).collect();
            alloc::format!("[{}]", items.join(", "))
        }
        None => {
            let _ = rt;
            alloc::format!("{v:?}")
        }
    }
}

fn key(rt: &mut Rt, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Value {
    let v = |n: Option<i64>| n.map_or(Value::NONE, Value::int);
    ok(misc::new_slice(&mut rt.heap, v(start), v(stop), v(step))).value()
}

#[test]
fn slices_of_lists() {
    let mut rt = runtime();
    let rt = &mut rt;
    let l = ints(rt, &[0, 1, 2, 3, 4, 5, 6]);
    for (start, stop, step, want) in [
        (Some(1), Some(4), None, "[1, 2, 3]"),
        (None, None, Some(-1), "[6, 5, 4, 3, 2, 1, 0]"),
        (Some(-2), None, None, "[5, 6]"),
        (Some(5), Some(1), Some(-2), "[5, 3]"),
        (Some(10), Some(20), None, "[]"),
        (None, Some(-100), Some(-3), "[6, 3, 0]"),
        (None, None, Some(i64::MIN >> 3), "[6]"),
    ] {
        let k = key(rt, start, stop, step);
        let part = ok(list::list_getitem(rt, l, k));
        assert_eq!(shown(rt, part), want);
    }
    let k = key(rt, Some(1), Some(3), None);
    let new = ints(rt, &[9, 9, 9]);
    ok(list::list_setitem(rt, l, k, new));
    assert_eq!(shown(rt, l), "[0, 9, 9, 9, 3, 4, 5, 6]");
    let k = key(rt, None, None, Some(-3));
    ok(list::list_setitem(rt, l, k, Value::UNBOUND));
    assert_eq!(shown(rt, l), "[0, 9, 9, 4, 5]");
    let k = key(rt, Some(1), Some(2), None);
    ok(list::list_setitem(rt, l, k, l));
    assert_eq!(shown(rt, l), "[0, 0, 9, 9, 4, 5, 9, 4, 5]");
    let k = key(rt, None, None, Some(2));
    let r = list::list_setitem(rt, l, k, new);
    assert_eq!(message(rt, r), "attempt to assign sequence of size 3 to extended slice of size 5");
    let k = key(rt, None, None, Some(0));
    let r = list::list_getitem(rt, l, k);
    assert_eq!(message(rt, r), "slice step cannot be zero");
    let r = list::list_getitem(rt, l, Value::int(99));
    assert_eq!(message(rt, r), "list index out of range");
    let r = list::list_getitem(rt, l, Value::NONE);
    assert_eq!(message(rt, r), "list indices must be integers or slices, not NoneType");
}

#[test]
fn slice_bounds_are_cpythons() {
    for (args, want) in [
        ((0, 10, 1), (0, 5, 1, 5)),
        ((-3, -1, 1), (2, 4, 1, 2)),
        ((i64::MAX, i64::MIN, -1), (4, -1, -1, 5)),
        ((3, 0, -2), (3, 0, -2, 2)),
        ((0, i64::MAX, i64::MAX), (0, 5, i64::MAX, 1)),
    ] {
        let b = slice::adjust(args.0, args.1, args.2, 5);
        assert_eq!((b.start, b.stop, b.step, b.count), want);
    }
}

#[test]
fn list_methods() {
    let mut rt = runtime();
    let rt = &mut rt;
    let l = ints(rt, &[3, 1, 2]);
    ok(call(rt, &list::LIST, "append", &[l, Value::int(1)]));
    ok(call(rt, &list::LIST, "insert", &[l, Value::int(-100), Value::int(7)]));
    assert_eq!(shown(rt, l), "[7, 3, 1, 2, 1]");
    assert_eq!(ok(call(rt, &list::LIST, "count", &[l, Value::TRUE])), Value::int(2));
    assert_eq!(ok(call(rt, &list::LIST, "index", &[l, Value::int(1), Value::int(3)])), Value::int(4));
    ok(call(rt, &list::LIST, "remove", &[l, Value::int(1)]));
    assert_eq!(ok(call(rt, &list::LIST, "pop", &[l, Value::int(0)])), Value::int(7));
    assert_eq!(shown(rt, l), "[3, 2, 1]");
    let r = call(rt, &list::LIST, "remove", &[l, Value::int(50)]);
    assert_eq!(message(rt, r), "list.remove(x): x not in list");
    let r = call(rt, &list::LIST, "pop", &[l, Value::int(3)]);
    assert_eq!(message(rt, r), "pop index out of range");
    ok(call(rt, &list::LIST, "extend", &[l, l]));
    assert_eq!(shown(rt, l), "[3, 2, 1, 3, 2, 1]");
    let twice = ok(list::list_repeat(rt, l, 3));
    assert_eq!(twice.get::<List>().map(|l| l.len()), Some(18));
    let Some(binary) = list::LIST.slots.binary else { panic!() };
    assert_eq!(ok(binary(rt, BinOp::Add, l, Value::int(1))), Value::NOT_IMPLEMENTED);
    let e = binary(rt, BinOp::Mul, l, Value::int(i64::MAX >> 4)).unwrap_err();
    assert_eq!(rt.exit_kind(e), ExitKind::NeedGc);
}

#[test]
fn sorting_is_stable_both_ways() {
    let mut rt = runtime();
    let rt = &mut rt;
    let mut x = 1u64;
    for n in [0usize, 1, 2, 3, 23, 24, 25, 100, 1000, 20_000] {
        for modulus in [3, 1000, 1 << 40] {
            let mut raw = Vec::new();
            for _ in 0..n {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                raw.push((x >> 20) as i64 % modulus);
            }
            check_sort(rt, &raw);
        }
    }
    check_sort(rt, &(0..5000).collect::<Vec<i64>>());
    check_sort(rt, &(0..5000).rev().collect::<Vec<i64>>());
    check_sort(rt, &(0..5000).map(|i| i % 100).collect::<Vec<i64>>());
}

fn check_sort(rt: &mut Rt, raw: &[i64]) {
    let values: Vec<Value> = (0..raw.len() as i64).map(Value::int).collect();
    let plain: Vec<Value> = raw.iter().map(|&n| Value::int(n)).collect();
    let mut forms: Vec<Vec<Value>> = alloc::vec![plain.clone()];
    forms.push(raw.iter().map(|&n| Value::try_float(n as f64 - 500.5).unwrap_or(Value::NONE)).collect());
    // Mixed numbers and tuples go by comparison, strs by text.
    forms.push(
        raw.iter()
            .map(
                |&n| {
                    if n % 2 == 0 { Value::int(n) } else { Value::try_float(n as f64).unwrap_or(Value::NONE) }
                },
            )
            .collect(),
    );
    forms.push(plain.iter().map(|&v| ok(rt.new_tuple(&[Value::int(5), v]))).collect());
    forms.push(raw.iter().map(|n| ok(rt.format_str(format_args!("key number {n:020}")))).collect());
    for keys in forms {
        for reverse in [false, true] {
            let sorted = ok(sort::sort_values(rt, &keys, &values, reverse));
            let got: Vec<i64> = match &sorted {
                Some(l) => l.items().iter().filter_map(|v| v.as_int()).collect(),
                None => panic!("needs guest code"),
            };
            let mut want: Vec<i64> = (0..raw.len() as i64).collect();
            want.sort_by(|&i, &j| {
                let o = raw[i as usize].cmp(&raw[j as usize]);
                if reverse { o.reverse() } else { o }
            });
            assert_eq!(got, want);
        }
    }
}

#[test]
fn comparing() {
    let mut rt = runtime();
    let rt = &mut rt;
    let (a, b) = (ints(rt, &[1, 2, 3]), ints(rt, &[1, 3]));
    for (op, want) in [(CmpOp::Lt, true), (CmpOp::Ge, false), (CmpOp::Eq, false), (CmpOp::Ne, true)] {
        assert_eq!(ok(sequence::compare(rt, op, a, b)), Value::bool(want));
    }
    let s = ok(rt.new_str("ab"));
    let t = ok(rt.new_tuple(&[Value::int(1), s]));
    let u = ok(rt.new_tuple(&[Value::int(1), Value::int(2)]));
    // Ordering a str and an int is frozen code's error to raise.
    assert!(sequence::compare(rt, CmpOp::Lt, t, u).is_err());
    assert_eq!(ok(sequence::compare(rt, CmpOp::Eq, t, u)), Value::FALSE);
}

/// What gives the next item of iterators of a kind.
fn next_of(kind: u8) -> Option<fn(&mut Rt, Value) -> Res<Value>> {
    super::super::iterators::ITERATORS.iter().find(|t| t.kind == kind).and_then(|t| t.slots.next)
}

#[test]
fn dicts() {
    let mut rt = runtime();
    let rt = &mut rt;
    let d = ok(dict::build_map(rt, &[Value::int(1), Value::TRUE, Value::int(2), Value::FALSE]));
    ok(dict::dict_setitem(rt, d, Value::TRUE, Value::NONE));
    assert_eq!(ok(dict::dict_getitem(rt, d, Value::int(1))), Value::NONE);
    let l = ints(rt, &[]);
    let r = dict::dict_getitem(rt, d, l);
    assert_eq!(message(rt, r), "cannot use 'list' as a dict key (unhashable type: 'list')");
    assert!(dict::dict_delitem(rt, d, Value::int(9)).is_err());
    let pair = ok(call(rt, &dict::DICT, "popitem", &[d]));
    assert!(pair.get::<Tuple>().is_some());
    let it = ok(dict::dict_iter(rt, d, kind::DictItemIter));
    let Some(next) = next_of(kind::DictItemIter) else { panic!() };
    assert!(!ok(next(rt, it)).is_unbound());
    assert!(ok(next(rt, it)).is_unbound());
    let it = ok(dict::dict_iter(rt, d, kind::DictKeyIter));
    ok(dict::dict_setitem(rt, d, Value::int(77), Value::NONE));
    let Some(next) = next_of(kind::DictKeyIter) else { panic!() };
    let r = next(rt, it);
    assert_eq!(message(rt, r), "dictionary changed size during iteration");
    let bad = ok(rt.new_tuple(&[Value::int(1)]));
    let bad = ok(rt.new_list(&[bad]));
    let r = dict::dict_update(rt, d, bad);
    assert_eq!(message(rt, r), "dictionary update sequence element #0 has length 1; 2 is required");
}

#[test]
fn ranges() {
    let mut rt = runtime();
    let rt = &mut rt;
    let r = ok(range::make_range(rt, Value::int(10), Value::int(0), Value::int(-3)));
    let Some(len) = range::RANGE.slots.len else { panic!() };
    assert_eq!(ok(len(rt, r)), 4);
    assert_eq!(ok(call(rt, &range::RANGE, "index", &[r, Value::int(4)])), Value::int(2));
    assert_eq!(ok(call(rt, &range::RANGE, "count", &[r, Value::int(5)])), Value::int(0));
    let Some(getitem) = range::RANGE.slots.getitem else { panic!() };
    assert_eq!(ok(getitem(rt, r, Value::int(-1))), Value::int(1));
    let k = key(rt, None, None, Some(-1));
    let back = ok(getitem(rt, r, k));
    assert_eq!(ok(getitem(rt, back, Value::int(0))), Value::int(1));
    let (lo, hi) = (Value::int(crate::value::INT_MIN), Value::int(crate::value::INT_MAX));
    let wide = ok(range::make_range(rt, lo, hi, Value::int(1)));
    assert_eq!(ok(len(rt, wide)), (1usize << 61) - 1);
    let r = getitem(rt, r, Value::int(4));
    assert_eq!(message(rt, r), "range object index out of range");
}

#[test]
fn shared_nesting_does_not_hang() {
    let mut rt = runtime();
    let rt = &mut rt;
    let (mut a, mut b) = (ints(rt, &[1]), ints(rt, &[1]));
    for _ in 0..38 {
        a = ok(rt.new_list(&[a, a]));
        b = ok(rt.new_list(&[b, b]));
    }
    assert_eq!(rt.eq(a, b), crate::object::hash::Eq::Guest);
    let mut t = ok(rt.new_tuple(&[Value::int(1)]));
    for _ in 0..38 {
        t = ok(rt.new_tuple(&[t, t]));
    }
    assert_eq!(ok(rt.hash(t)), None);
    assert!(container_repr::repr(rt, a).is_err());
}

#[test]
fn tuples() {
    let mut rt = runtime();
    let rt = &mut rt;
    let t = ok(rt.new_tuple(&[Value::int(1), Value::int(2)]));
    let k = key(rt, None, None, None);
    assert_eq!(ok(tuple::tuple_getitem(rt, t, k)), t);
    let r = tuple::tuple_getitem(rt, t, Value::int(2));
    assert_eq!(message(rt, r), "tuple index out of range");
    let six = ok(tuple::tuple_repeat(rt, t, 3));
    assert_eq!(six.get::<Tuple>().map(|t| t.len()), Some(6));
}

#[test]
fn popitem_and_insert_do_not_use_up_the_index() {
    let mut rt = runtime();
    let rt = &mut rt;
    let d = ok(dict::build_map(rt, &[]));
    for i in 0..1000 {
        ok(dict::dict_setitem(rt, d, Value::int(i * 37), Value::NONE));
        if i % 3 > 0 {
            ok(call(rt, &dict::DICT, "popitem", &[d]));
        }
    }
    // Ends only if the index has an empty slot.
    assert!(!ok(dict::dict_contains(rt, d, Value::int(1))));
    assert!(ok(dict::dict_contains(rt, d, Value::int(999 * 37))));
}

/// Where memory is short, a dict grows by less: one with deleted entries finds room among them.
#[test]
fn a_dict_that_cannot_double() {
    const CAPACITY: i64 = 1365;
    let mut rt = runtime();
    let rt = &mut rt;
    let d = ok(dict::build_map(rt, &[]));
    (0..CAPACITY).for_each(|i| ok(dict::dict_setitem(rt, d, Value::int(i), Value::NONE)));
    (0..400).for_each(|i| ok(dict::dict_delitem(rt, d, Value::int(i))));
    // The larger table takes 73 KB, one of the present size 37.
    let (limit, used) = (rt.heap.limit(), rt.heap.used());
    rt.heap.set_limit(used + (45 << 10));
    ok(dict::dict_setitem(rt, d, Value::int(CAPACITY), Value::NONE));
    assert!(rt.heap.used() < used + (8 << 10));
    rt.heap.set_limit(limit);
    assert!((400..=CAPACITY).all(|i| ok(dict::dict_contains(rt, d, Value::int(i)))));
    assert!((0..400).all(|i| !ok(dict::dict_contains(rt, d, Value::int(i)))));
}

#[test]
fn a_dict_with_the_smallest_index() {
    let mut rt = runtime();
    let rt = &mut rt;
    let d = ok(dict::build_map(rt, &[]));
    // Where memory is short, the first table has half the slots that it has otherwise.
    ok(d.get::<Dict>().unwrap().rebuild(&mut rt.heap, 4));
    for i in 1..20 {
        ok(dict::dict_setitem(rt, d, Value::int(i), Value::NONE));
    }
    assert!((1..20).all(|i| ok(dict::dict_contains(rt, d, Value::int(i)))));
}
