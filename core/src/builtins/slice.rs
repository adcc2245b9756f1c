//! `slice`, and the arithmetic of slice bounds that all sequences use.

use super::frozen;
use super::left_out::doc;
use super::sequence::{Items, has_special, payload};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, CmpOp, GetSetDef, Name, Rt, Slots, TypeDef, def};
use crate::object::{Slice, Str, int, kind, misc};
use crate::value::Value;

/// Items that a slice selects: `start, start + step, …`, `count` of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// First index (meaningful if there are items; for `step == 1` also the place of insertion).
    pub start: i64,
    /// Where selection ends, not included.
    pub stop: i64,
    /// Distance; never 0.
    pub step: i64,
    /// Number of items.
    pub count: usize,
}

impl Bounds {
    /// The selected indices.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        let Bounds { start, step, count, .. } = self;
        (0..count as i64).map(move |k| start.wrapping_add(step.wrapping_mul(k)) as usize)
    }
    /// The same items in ascending order: first index and positive distance.
    pub fn ascending(self) -> (usize, usize) {
        if self.step > 0 {
            return (self.start as usize, int::count(self.step));
        }
        let last = (self.count as i64).saturating_sub(1).wrapping_mul(self.step).wrapping_add(self.start);
        (last.max(0) as usize, int::count(self.step.saturating_neg()))
    }
}

/// One bound: the int clamped to 64 bits, or the default; `None` if `__index__` has to be called.
fn bound(rt: &mut Rt, v: Value, default: i64) -> Res<Option<i64>> {
    if v.is_none() {
        return Ok(Some(default));
    }
    match int::get(v) {
        Some(int::IntRef::Small(n)) => Ok(Some(n)),
        Some(int::IntRef::Big(b)) => Ok(Some(if b.is_neg() { i64::MIN } else { i64::MAX })),
        None if has_special(rt, v, Name::__index__)? => Ok(None),
        None => {
            Err(rt.type_error(message!("slice indices must be integers or None or have an __index__ method")))
        }
    }
}

/// The items of a sequence of `len` that `s` selects; `None` if a bound's `__index__` has to be called first (see
/// frozen `slice_of_ints`).
pub fn bounds(rt: &mut Rt, s: Gc<Slice>, len: usize) -> Res<Option<Bounds>> {
    let Some(step) = bound(rt, s.step, 1)? else { return Ok(None) };
    if step == 0 {
        return Err(rt.value_error(message!("slice step cannot be zero")));
    }
    let (low, high) = if step < 0 { (i64::MAX, i64::MIN) } else { (0, i64::MAX) };
    let Some(start) = bound(rt, s.start, low)? else { return Ok(None) };
    let Some(stop) = bound(rt, s.stop, high)? else { return Ok(None) };
    Ok(Some(adjust(start, stop, step, len)))
}

/// Clamps bounds to a sequence of `len` items.
pub fn adjust(start: i64, stop: i64, step: i64, len: usize) -> Bounds {
    let step = step.max(-i64::MAX);
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let clamp = |n: i64| {
        let n = if n < 0 { n.saturating_add(len) } else { n };
        let (least, most) = if step < 0 { (-1, len - 1) } else { (0, len) };
        n.clamp(least, most.max(least))
    };
    let (start, stop) = (clamp(start), clamp(stop));
    let span = if step < 0 { start - stop } else { stop - start };
    let count = match step {
        _ if span <= 0 => 0,
        // Dividing takes longer than all the rest.
        1 | -1 => span,
        _ => (span - 1) / step.abs() + 1,
    };
    Bounds { start, stop, step, count: count as usize }
}

/// The bounds of a slice of two positions (no step), as the instructions for `a[i:j]` have them.
pub fn simple(rt: &mut Rt, low: Value, high: Value, len: usize) -> Res<Option<Bounds>> {
    let Some(start) = bound(rt, low, 0)? else { return Ok(None) };
    let Some(stop) = bound(rt, high, i64::MAX)? else { return Ok(None) };
    Ok(Some(adjust(start, stop, 1, len)))
}

/// `obj[lo:hi]`.
pub fn get_slice(rt: &mut Rt, obj: Value, lo: Value, hi: Value) -> Res<Value> {
    if let Some(items) = Items::exact(obj)
        && let Some(b) = simple(rt, lo, hi, items.slice().len())?
    {
        let part = items.slice().get(b.start as usize..b.start as usize + b.count).unwrap_or(&[]);
        return match items {
            Items::List(_) => rt.new_list(part),
            Items::Tuple(t) if b.count == t.len() => Ok(t.value()),
            Items::Tuple(_) => rt.new_tuple(part),
        };
    }
    if let Some(s) = obj.exact::<Str>()
        && let Some(b) = simple(rt, lo, hi, s.len())?
    {
        let from = b.start as usize;
        return super::str::substring(rt, s, from, from + b.count);
    }
    let key = misc::new_slice(&mut rt.heap, lo, hi, Value::NONE)?.value();
    match native_getitem(rt, obj) {
        Some(f) => f(rt, obj, key),
        None => Err(rt.delegate(frozen::subscript_get, &[obj, key])),
    }
}

/// `obj[lo:hi] = value`, or `del obj[lo:hi]` if `value` is unbound.
pub fn set_slice(rt: &mut Rt, obj: Value, lo: Value, hi: Value, value: Value) -> Res<()> {
    let key = misc::new_slice(&mut rt.heap, lo, hi, Value::NONE)?.value();
    let plain = obj.shape() < crate::heap::Shapes::FIRST;
    match rt.slots_of(obj).setitem {
        Some(f) if plain => f(rt, obj, key, value),
        _ if value.is_unbound() => Err(rt.delegate(frozen::subscript_del, &[obj, key])),
        _ => Err(rt.delegate(frozen::subscript_set, &[obj, key, value])),
    }
}

type Getitem = fn(&mut Rt, Value, Value) -> Res<Value>;

fn native_getitem(rt: &Rt, obj: Value) -> Option<Getitem> {
    if obj.shape() < crate::heap::Shapes::FIRST { rt.slots_of(obj).getitem } else { None }
}

/// `slice`.
pub static SLICE: TypeDef = TypeDef {
    kind: kind::Slice,
    doc: doc(
        "slice(stop)\nslice(start, stop[, step])\n\nThe items that extended indexing selects, as in a[start:stop:step].",
    ),
    base: kind::Object,
    new: Some(def("slice", "cls, start, stop=None, step=None, /", new)),
    methods: &[def("indices", "self, object, /", indices)],
    getset: &[
        GetSetDef { name: "start", get: |rt, v| Ok(payload!(rt, v, Slice).start), set: None },
        GetSetDef { name: "stop", get: |rt, v| Ok(payload!(rt, v, Slice).stop), set: None },
        GetSetDef { name: "step", get: |rt, v| Ok(payload!(rt, v, Slice).step), set: None },
    ],
    slots: &Slots { repr: Some(repr), compare: Some(compare), ..Slots::NONE },
    subclassable: false,
};

fn new(rt: &mut Rt, a: Args) -> Res<Value> {
    let (start, stop) = match a.opt(2) {
        Some(stop) => (a.at(1), stop),
        None => (Value::NONE, a.at(1)),
    };
    Ok(misc::new_slice(&mut rt.heap, start, stop, a.or(3, Value::NONE))?.value())
}

fn repr(rt: &mut Rt, v: Value) -> Res<Value> {
    let s = payload!(rt, v, Slice);
    let simple = |v: Value| v.is_none() || v.is_int();
    if simple(s.start) && simple(s.stop) && simple(s.step) {
        return rt.format_str(format_args!("slice({:?}, {:?}, {:?})", s.start, s.stop, s.step));
    }
    Err(rt.delegate(frozen::slice_repr, &[v]))
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    let (Some(x), Some(y)) = (a.get::<Slice>(), b.get::<Slice>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let x = rt.new_tuple(&[x.start, x.stop, x.step])?;
    let y = rt.new_tuple(&[y.start, y.stop, y.step])?;
    super::sequence::compare(rt, op, x, y)
}

fn indices(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = payload!(rt, a.at(0), Slice);
    let len = rt.index_arg(a, 1)?;
    let fits = |v: Value| v.is_none() || int::get_i64(v).is_some();
    if int::get_i64(a.at(1)).is_none() || !(fits(s.start) && fits(s.stop) && fits(s.step)) {
        return Err(rt.delegate(frozen::slice_indices, &[a.at(0), a.at(1)]));
    }
    if len < 0 {
        return Err(rt.value_error(message!("length should not be negative")));
    }
    let Ok(len) = usize::try_from(len) else {
        return Err(rt.delegate(frozen::slice_indices, &[a.at(0), a.at(1)]));
    };
    match bounds(rt, s, len)? {
        Some(b) => {
            let start = int::from_i64(&mut rt.heap, b.start)?;
            let stop = int::from_i64(&mut rt.heap, b.stop)?;
            let step = int::from_i64(&mut rt.heap, b.step)?;
            rt.new_tuple(&[start, stop, step])
        }
        None => Err(rt.delegate(frozen::slice_indices, &[a.at(0), a.at(1)])),
    }
}
