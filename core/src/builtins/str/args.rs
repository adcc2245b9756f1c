//! Arguments of text methods: strings, bounds, counts, and the slices of `s[a:b:c]`.
//!
//! Shared by `str` and `bytes`. A bound may be an object with `__index__`: the native is then run again with its value.

use crate::builtins::frozen;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::{Args, Name, Rt};
use crate::object::{Slice, Str, int};
use crate::value::Value;

/// Bytes of plain scanning that cost as much fuel as one instruction.
pub const BYTES_PER_FUEL: usize = 32;

/// Charges a scan over `bytes` bytes.
#[inline]
pub fn charge_scan(rt: &mut Rt, bytes: usize) -> Res<()> {
    rt.charge(bytes / BYTES_PER_FUEL)
}

/// The receiver of a str method.
#[inline]
pub fn this(rt: &mut Rt, v: Value) -> Res<Gc<Str>> {
    match v.get::<Str>() {
        Some(s) => Ok(s),
        None => Err(not_str(rt, "descriptor requires a 'str' object, got", v)),
    }
}

#[cold]
fn not_str(rt: &mut Rt, what: &str, v: Value) -> Exit {
    let name = rt.type_name(v);
    rt.type_error(message!("{what} '{name}'"))
}

/// The class name of a bad argument as argument errors show it.
pub fn bad_name(rt: &Rt, v: Value) -> &'static str {
    if v.is_none() { "None" } else { rt.type_name(v) }
}

/// A str argument: `f() argument 1 must be str, not int`. `which` is `argument` or `argument 1`.
pub fn text(rt: &mut Rt, a: Args, i: usize, function: &str, which: &str) -> Res<Gc<Str>> {
    match a.at(i).get::<Str>() {
        Some(s) => Ok(s),
        None => {
            let name = bad_name(rt, a.at(i));
            Err(rt.type_error(message!("{function}() {which} must be str, not {name}")))
        }
    }
}

/// Whether `v`'s class has the special method.
pub fn has_special(rt: &mut Rt, v: Value, special: Name) -> Res<bool> {
    let key = rt.name(special)?;
    Ok(rt.lookup_special(v, key)?.is_some())
}

/// One bound of a slice argument, clamped to 64 bits; None and absence give `default`.
fn bound(rt: &mut Rt, a: Args, i: usize, default: i64) -> Res<i64> {
    let Some(v) = a.opt(i) else { return Ok(default) };
    if v.is_none() {
        return Ok(default);
    }
    if int::get(v).is_none() && !has_special(rt, v, Name::__index__)? {
        return Err(bad_bound(rt));
    }
    rt.index_arg(a, i)
}

#[cold]
fn bad_bound(rt: &mut Rt) -> Exit {
    rt.type_error(message!("slice indices must be integers or None or have an __index__ method"))
}

/// Arguments `i` and `i + 1` as start and end within `len`; `None` if they select less than nothing, so that not even
/// the empty text lies between them.
pub fn range(rt: &mut Rt, a: Args, i: usize, len: usize) -> Res<Option<(usize, usize)>> {
    if a.at(i).is_unbound() && a.at(i + 1).is_unbound() {
        return Ok(Some((0, len)));
    }
    let start = clamp(bound(rt, a, i, 0)?, len, false);
    let end = clamp(bound(rt, a, i + 1, i64::MAX)?, len, true);
    Ok(if start <= end { Some((start, end)) } else { None })
}

/// A Python index relative to `len`; beyond the end it stays beyond unless `cap`.
fn clamp(n: i64, len: usize, cap: bool) -> usize {
    if n < 0 {
        return len.saturating_sub(usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX));
    }
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    if cap { n.min(len) } else { n }
}

/// An int argument that must fit a machine word, or `default` if absent.
pub fn size(rt: &mut Rt, a: Args, i: usize, default: i64) -> Res<i64> {
    if a.at(i).is_unbound() { Ok(default) } else { rt.index_exact(a, i) }
}

/// What a slice selects of a sequence: `start`, `start + step`, … `count` times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// First index.
    pub start: usize,
    /// Distance.
    pub step: i64,
    /// Number of items.
    pub count: usize,
}

impl Selection {
    /// The indices.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64)
            .map(move |k| (self.start as i64).wrapping_add(self.step.wrapping_mul(k)) as usize)
    }
}

/// One part of a slice object; `None` if guest code has to convert it.
fn slice_part(rt: &mut Rt, v: Value, default: i64) -> Res<Option<i64>> {
    if v.is_none() {
        return Ok(Some(default));
    }
    match int::get(v) {
        Some(int::IntRef::Small(n)) => Ok(Some(n)),
        Some(int::IntRef::Big(b)) => Ok(Some(if b.is_neg() { -i64::MAX } else { i64::MAX })),
        None if has_special(rt, v, Name::__index__)? => Ok(None),
        None => Err(bad_bound(rt)),
    }
}

/// What `slice` selects of `len` items; `None` if guest code has to convert one of its parts first.
pub fn select(rt: &mut Rt, slice: Gc<Slice>, len: usize) -> Res<Option<Selection>> {
    let Some(step) = slice_part(rt, slice.step, 1)? else { return Ok(None) };
    if step == 0 {
        return Err(rt.value_error(message!("slice step cannot be zero")));
    }
    let step = step.max(-i64::MAX);
    let (first, last) = if step < 0 { (i64::MAX, i64::MIN) } else { (0, i64::MAX) };
    let Some(start) = slice_part(rt, slice.start, first)? else { return Ok(None) };
    let Some(stop) = slice_part(rt, slice.stop, last)? else { return Ok(None) };
    Ok(Some(adjust(start, stop, step, len)))
}

/// Clamps the parts of a slice to `len` items.
pub fn adjust(start: i64, stop: i64, step: i64, len: usize) -> Selection {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let (least, most) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let fit = |n: i64| {
        // An absent stop of a descending slice is the one bound that is not counted from the end.
        let n = if n == i64::MIN {
            least
        } else if n < 0 {
            n.saturating_add(len)
        } else {
            n
        };
        n.clamp(least, most.max(least))
    };
    let (start, stop) = (fit(start), fit(stop));
    let span = if step < 0 { start - stop } else { stop - start };
    let count = if span <= 0 { 0 } else { (span - 1) / step.abs() + 1 };
    Selection { start: start.max(0) as usize, step, count: count as usize }
}

/// Codec name and error handler, where given.
pub type CodecNames = (Option<Gc<Str>>, Option<Gc<Str>>);

/// The codec name and error handler in arguments `i` and `i + 1`.
pub fn codec_names(rt: &mut Rt, a: Args, i: usize, function: &str) -> Res<CodecNames> {
    let name = |rt: &mut Rt, i: usize, what: &str| match a.opt(i) {
        None => Ok(None),
        Some(v) => match v.get::<Str>() {
            Some(s) if s.bytes().contains(&0) => Err(rt.value_error(message!("embedded null character"))),
            Some(s) => Ok(Some(s)),
            None => {
                let name = bad_name(rt, v);
                Err(rt.type_error(message!("{function}() argument '{what}' must be str, not {name}")))
            }
        },
    };
    Ok((name(rt, i, "encoding")?, name(rt, i + 1, "errors")?))
}

/// `obj[key]` by frozen code, after `__index__` of the key or of a slice's parts.
#[cold]
pub fn getitem_by_guest(rt: &mut Rt, obj: Value, key: Value) -> Exit {
    rt.delegate(frozen::text_getitem, &[obj, key])
}

/// Truth of a flag argument; objects other than numbers and None count as true.
pub fn truthy(v: Value) -> bool {
    match int::get_i64(v) {
        Some(n) => n != 0,
        None => !v.is_none() && !v.is_unbound(),
    }
}
