//! Sorting: a stable natural merge sort over keys that need no guest code to be compared.
//!
//! Sorted is a scratch array of (key, index), charged to the heap; the sorted items make a new list, so nothing changes
//! until the end and failing half-way has no effect. Ints, floats and strs sort by machine keys; numbers of mixed
//! type, tuples and lists through `sequence::ordered`. Whatever else comes up ends the attempt, and frozen Python sorts.

use super::frozen;
use super::sequence::{ordered, payload};
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::{CmpOp, Rt};
use crate::object::{List, Str, Tuple, float, list};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

/// `list.sort(key=key, reverse=reverse)`.
pub fn sort_list(rt: &mut Rt, target: Value, key: Value, reverse: Value) -> Res<Value> {
    let l = payload!(rt, target, List);
    if key.is_none()
        && let Some(reverse) = plain_truth(reverse)
        && let Some(out) = sort_values(rt, l.items(), l.items(), reverse)?
    {
        l.swap_contents(&mut rt.heap, &out)?;
        return Ok(Value::NONE);
    }
    Err(rt.delegate(frozen::list_sort, &[target, key, reverse]))
}

/// The items of a fresh list in order, as `sorted()` returns them; the list itself is used up.
pub fn sort_items(rt: &mut Rt, fresh: Value, key: Value, reverse: Value) -> Res<Value> {
    let l = payload!(rt, fresh, List);
    if key.is_none()
        && let Some(reverse) = plain_truth(reverse)
        && let Some(out) = sort_values(rt, l.items(), l.items(), reverse)?
    {
        return Ok(out.value());
    }
    Err(rt.delegate(frozen::sorted_fresh, &[fresh, key, reverse]))
}

/// The truth of a bool or int.
pub fn plain_truth(v: Value) -> Option<bool> {
    v.as_bool().or_else(|| v.as_int().map(|n| n != 0))
}

/// What all keys have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Keys {
    Ints,
    Floats,
    Strs,
    Other,
}

fn classify(keys: &[Value]) -> Keys {
    let of = |v: &Value| {
        if v.is_int() {
            Keys::Ints
        } else if float::get(*v).is_some_and(|f| !f.is_nan()) {
            Keys::Floats
        } else if v.exact::<Str>().is_some() {
            Keys::Strs
        } else {
            Keys::Other
        }
    };
    let first = keys.first().map_or(Keys::Other, of);
    if keys.iter().all(|v| of(v) == first) { first } else { Keys::Other }
}

/// An i64 that orders like the float; both zeros are one.
fn float_key(f: f64) -> i64 {
    let bits = if f == 0.0 { 0 } else { f.to_bits() as i64 };
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

/// A new list of `values` in the order of `keys` (as many); `None` if comparing needs guest code.
pub fn sort_values(rt: &mut Rt, keys: &[Value], values: &[Value], reverse: bool) -> Res<Option<Gc<List>>> {
    let n = keys.len();
    if u32::try_from(n).is_err() || values.len() != n {
        return Err(Exit::NeedGc);
    }
    if n < 2 {
        return list::new(&mut rt.heap, values).map(Some);
    }
    rt.charge(n.saturating_mul(n.ilog2() as usize + 1))?;
    if !cfg!(feature = "speed") {
        return by_order(rt, keys, values, reverse);
    }
    match classify(keys) {
        Keys::Ints => by_machine_key(rt, keys, values, reverse, Value::int_unchecked),
        Keys::Floats => {
            by_machine_key(rt, keys, values, reverse, |v| float_key(float::get(v).unwrap_or(0.0)))
        }
        Keys::Strs => by_text(rt, keys, values, reverse),
        Keys::Other => match first_items(keys) {
            Some(first) => by_first_item(rt, keys, values, reverse, first),
            None => by_order(rt, keys, values, reverse),
        },
    }
}

/// A number that orders like the values of one kind; equal numbers say nothing of strs.
fn machine_key(kind: Keys, v: Value) -> Option<i64> {
    match kind {
        Keys::Ints => v.as_int(),
        Keys::Floats => float::get(v).filter(|f| !f.is_nan()).map(float_key),
        // The sign bit turned over, unsigned numbers compare like signed ones.
        Keys::Strs => v.exact::<Str>().map(|s| (prefix(s.bytes()) ^ 1 << 63) as i64),
        Keys::Other => None,
    }
}

/// What the first items of the keys have in common, if all keys are tuples.
fn first_items(keys: &[Value]) -> Option<Keys> {
    let first = |v: &Value| v.exact::<Tuple>().and_then(|t| t.items().first().copied());
    let kind = classify(&[keys.first().and_then(first)?]);
    keys.iter().all(|v| first(v).is_some_and(|x| machine_key(kind, x).is_some())).then_some(kind)
}

/// Tuples mostly differ in their first items: only where those do not tell is the whole compared.
fn by_first_item(
    rt: &mut Rt,
    keys: &[Value],
    values: &[Value],
    reverse: bool,
    kind: Keys,
) -> Res<Option<Gc<List>>> {
    let at = |i: u32| keys.get(i as usize).copied().unwrap_or(Value::NONE);
    let first = |v: Value| v.exact::<Tuple>().and_then(|t| t.items().first().copied()).unwrap_or(Value::NONE);
    with_scratch(rt, keys.len(), |rt, a: &mut Vec<(i64, u32)>, tmp| {
        let number = |&v: &Value| machine_key(kind, first(v)).unwrap_or(0);
        a.fill_within(keys.iter().map(number).zip(0u32..));
        let less = |rt: &Rt, x: (i64, u32), y: (i64, u32)| {
            let (x, y) = if reverse { (y, x) } else { (x, y) };
            if x.0 != y.0 { Some(x.0 < y.0) } else { ordered(&rt.heap, CmpOp::Lt, at(x.1), at(y.1), 0) }
        };
        if !merge_sort(rt, a, tmp, less)? {
            return Ok(None);
        }
        permuted(rt, values, a.iter().map(|e| e.1)).map(Some)
    })
}

/// Items that `sort_unstable` orders between two polls.
const CHUNK: usize = 4096;

fn by_machine_key(
    rt: &mut Rt,
    keys: &[Value],
    values: &[Value],
    reverse: bool,
    key: impl Fn(Value) -> i64,
) -> Res<Option<Gc<List>>> {
    with_scratch(rt, keys.len(), |rt, a: &mut Vec<(i64, u32)>, tmp| {
        let flip = if reverse { -1 } else { 0 };
        a.fill_within(keys.iter().zip(0u32..).map(|(&v, i)| (key(v) ^ flip, i)));
        // The index makes every pair different, so that an unstable sort is stable.
        if !a.is_sorted() {
            for chunk in a.chunks_mut(CHUNK) {
                chunk.sort_unstable();
                rt.poll()?;
            }
            merge_sort(rt, a, tmp, |_, x, y| Some(x < y))?;
        }
        permuted(rt, values, a.iter().map(|e| e.1)).map(Some)
    })
}

fn by_text(rt: &mut Rt, keys: &[Value], values: &[Value], reverse: bool) -> Res<Option<Gc<List>>> {
    let text = |i: u32| keys.get(i as usize).and_then(|v| v.exact::<Str>());
    with_scratch(rt, keys.len(), |rt, a: &mut Vec<(u64, u32)>, tmp| {
        a.fill_within((0u32..keys.len() as u32).map(|i| (text(i).map_or(0, |s| prefix(s.bytes())), i)));
        let less = |x: (u64, u32), y: (u64, u32)| {
            if x.0 != y.0 {
                return x.0 < y.0;
            }
            match (text(x.1), text(y.1)) {
                (Some(s), Some(t)) => s != t && s.bytes() < t.bytes(),
                _ => false,
            }
        };
        merge_sort(rt, a, tmp, |_, x, y| Some(if reverse { less(y, x) } else { less(x, y) }))?;
        permuted(rt, values, a.iter().map(|e| e.1)).map(Some)
    })
}

/// The first eight bytes as a number that orders like them.
fn prefix(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_be_bytes(first)
}

fn by_order(rt: &mut Rt, keys: &[Value], values: &[Value], reverse: bool) -> Res<Option<Gc<List>>> {
    let at = |i: u32| keys.get(i as usize).copied().unwrap_or(Value::NONE);
    with_scratch(rt, keys.len(), |rt, a: &mut Vec<u32>, tmp| {
        a.fill_within(0u32..keys.len() as u32);
        let less = |rt: &Rt, x: u32, y: u32| {
            let (x, y) = if reverse { (y, x) } else { (x, y) };
            ordered(&rt.heap, CmpOp::Lt, at(x), at(y), 0)
        };
        if !merge_sort(rt, a, tmp, less)? {
            return Ok(None);
        }
        permuted(rt, values, a.iter().copied()).map(Some)
    })
}

/// A new list of `values` in the order of `indices`.
fn permuted(rt: &mut Rt, values: &[Value], indices: impl Iterator<Item = u32>) -> Res<Gc<List>> {
    let out = list::with_capacity(&mut rt.heap, values.len())?;
    for i in indices {
        let i = i as usize;
        out.extend_reserved(values.get(i..=i).unwrap_or(&[]));
    }
    Ok(out)
}

/// Runs `f` with two empty arrays that have room for `n` items, charged to the heap meanwhile.
fn with_scratch<T, R>(
    rt: &mut Rt,
    n: usize,
    f: impl FnOnce(&mut Rt, &mut Vec<T>, &mut Vec<T>) -> Res<R>,
) -> Res<R> {
    let bytes = n.saturating_mul(2 * core::mem::size_of::<T>());
    rt.heap.charge(bytes)?;
    let (mut a, mut tmp) = (Vec::new(), Vec::new());
    let room = a.try_reserve_exact(n).and_then(|()| tmp.try_reserve_exact(n));
    let r = if room.is_ok() { f(rt, &mut a, &mut tmp) } else { Err(Exit::NeedGc) };
    rt.heap.uncharge(bytes);
    r
}

/// Runs shorter than this are lengthened by insertion.
const MIN_RUN: usize = 24;

/// Comparisons between two polls.
const POLL_COMPARISONS: usize = 2048;

/// Sorts `a` stably; `Ok(false)` if `less` did not know an answer. `tmp` has room for as many items.
fn merge_sort<T: Copy>(
    rt: &mut Rt,
    a: &mut [T],
    tmp: &mut Vec<T>,
    less: impl Fn(&Rt, T, T) -> Option<bool>,
) -> Res<bool> {
    // Lengths of finished runs from the left; the invariant keeps them fewer than 64 for any length.
    let mut runs: [usize; 64] = [0; 64];
    let (mut count, mut at) = (0, 0);
    while at < a.len() {
        let rest = a.get_mut(at..).unwrap_or(&mut []);
        let Some(n) = next_run(rt, rest, &less)? else { return Ok(false) };
        at += n;
        if let Some(slot) = runs.get_mut(count) {
            *slot = n;
        }
        count += 1;
        while count > 1 && must_merge(&runs, count) {
            if !merge_top(rt, a, tmp, &mut runs, &mut count, at, &less)? {
                return Ok(false);
            }
        }
    }
    while count > 1 {
        if !merge_top(rt, a, tmp, &mut runs, &mut count, at, &less)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the last two runs have to be merged, so that lengths at least double towards the left.
fn must_merge(runs: &[usize; 64], count: usize) -> bool {
    match runs.get(..count) {
        Some([.., x, y]) => *x <= y.saturating_mul(2) || count >= 63,
        _ => false,
    }
}

/// Finds or makes a sorted run at the beginning of `a`; its length.
fn next_run<T: Copy>(
    rt: &mut Rt,
    a: &mut [T],
    less: &impl Fn(&Rt, T, T) -> Option<bool>,
) -> Res<Option<usize>> {
    let &[first, second, ..] = &*a else { return Ok(Some(a.len())) };
    let Some(descending) = less(rt, second, first) else { return Ok(None) };
    let (mut n, mut last) = (2, second);
    while let Some(&next) = a.get(n) {
        match less(rt, next, last) {
            None => return Ok(None),
            Some(down) if down != descending => break,
            Some(_) => {}
        }
        last = next;
        n += 1;
        if n % POLL_COMPARISONS == 0 {
            rt.poll()?;
        }
    }
    if descending && let Some(run) = a.get_mut(..n) {
        run.reverse();
    }
    let wanted = MIN_RUN.min(a.len());
    while n < wanted {
        if !insert_last(rt, a.get_mut(..=n).unwrap_or(&mut []), less) {
            return Ok(None);
        }
        n += 1;
    }
    rt.poll()?;
    Ok(Some(n))
}

/// Moves the last item of `a` to its place among the others, which are sorted.
fn insert_last<T: Copy>(rt: &Rt, a: &mut [T], less: &impl Fn(&Rt, T, T) -> Option<bool>) -> bool {
    let Some((&mut pivot, sorted)) = a.split_last_mut() else { return true };
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let mid = low + (high - low) / 2;
        let Some(&m) = sorted.get(mid) else { return false };
        match less(rt, pivot, m) {
            Some(true) => high = mid,
            Some(false) => low = mid + 1,
            None => return false,
        }
    }
    if let Some(part) = a.get_mut(low..) {
        part.rotate_right(1);
    }
    true
}

/// Merges the last two runs, which end at `end`.
fn merge_top<T: Copy>(
    rt: &mut Rt,
    a: &mut [T],
    tmp: &mut Vec<T>,
    runs: &mut [usize; 64],
    count: &mut usize,
    end: usize,
    less: &impl Fn(&Rt, T, T) -> Option<bool>,
) -> Res<bool> {
    let Some([.., x, y]) = runs.get_mut(..*count) else { return Ok(true) };
    let (left, right) = (*x, *y);
    *x = left + right;
    *count -= 1;
    match a.get_mut(end - left - right..end) {
        Some(part) => merge(rt, part, left, tmp, less),
        None => Ok(true),
    }
}

/// Merges the sorted parts before and from `mid`.
fn merge<T: Copy>(
    rt: &mut Rt,
    a: &mut [T],
    mid: usize,
    tmp: &mut Vec<T>,
    less: &impl Fn(&Rt, T, T) -> Option<bool>,
) -> Res<bool> {
    if let (Some(&l), Some(&r)) = (mid.checked_sub(1).and_then(|i| a.get(i)), a.get(mid)) {
        match less(rt, r, l) {
            Some(true) => {}
            Some(false) => return Ok(true),
            None => return Ok(false),
        }
    }
    tmp.clear();
    tmp.extend_within(a.get(..mid).unwrap_or(&[]));
    let (mut i, mut j, mut out) = (0, mid, 0);
    while let Some(&l) = tmp.get(i) {
        let from_right = match a.get(j) {
            Some(&r) => match less(rt, r, l) {
                Some(b) => b.then_some(r),
                None => return Ok(false),
            },
            None => None,
        };
        let item = match from_right {
            Some(r) => {
                j += 1;
                r
            }
            None => {
                i += 1;
                l
            }
        };
        if let Some(slot) = a.get_mut(out) {
            *slot = item;
        }
        out += 1;
        if out % POLL_COMPARISONS == 0 {
            rt.poll()?;
        }
    }
    Ok(true)
}

/// The key of a number for tests of the machine order.
#[cfg(test)]
pub fn float_order(f: f64) -> i64 {
    float_key(f)
}
