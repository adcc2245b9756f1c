//! `enumerate`, `zip` and `reversed` over built-in containers and their iterators, without guest code or frozen generators.
//!
//! The objects are wrappers: `enumerate` holds source, position, guard and count; `zip` holds a tuple of sources and
//! lists of positions and guards; `reversed` holds source and position behind the next item. Invariant: positions move only
//! after the item has been allocated.

use crate::exit::{Exit, Res};
use crate::heap::Shapes;
use crate::interp::{Args, BinOp, Rt, iterate};
use crate::object::{List, Str, Tuple, Type, kind, list, misc};
use crate::value::Value;

/// Whether `v` can be stepped through natively.
fn is_native(rt: &Rt, v: Value) -> bool {
    if v.shape() >= Shapes::FIRST || rt.type_of(v).has_flag(Type::GUEST_ITER) {
        return false;
    }
    let Some(h) = v.header() else { return false };
    iterate::steps_itself(h.kind) || crate::object::iter::is_native_iter(h.kind)
}

/// One step of a native source at `pos`.
fn step(rt: &mut Rt, source: Value, pos: &mut usize, guard: usize) -> Res<Option<Value>> {
    let k = source.header().map_or(0, |h| h.kind);
    if iterate::steps_itself(k) {
        return iterate::step_container(rt, source, pos, guard);
    }
    match rt.slots_of(source).next {
        Some(next) => next(rt, source).map(|v| if v.is_unbound() { None } else { Some(v) }),
        None => Ok(None),
    }
}

/// A native `enumerate`, if class and source allow it.
pub fn enumerate(rt: &mut Rt, cls: Value, source: Value, start: Value) -> Res<Option<Value>> {
    let own = cls == rt.builtin_type(kind::Enumerate as u16).value();
    if !own || !start.is_int() || !is_native(rt, source) {
        return Ok(None);
    }
    let guard = Value::int(iterate::guard_of(source) as i64);
    let fields = [source, Value::ZERO, guard, start];
    misc::new_wrapper(&mut rt.heap, kind::Enumerate, kind::Enumerate as u32, fields).map(Some)
}

/// The next pair of a native `enumerate`.
pub fn enumerate_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(w) = misc::wrapper(v, kind::Enumerate) else { return Ok(Value::UNBOUND) };
    let mut pos = w.b.get().as_int().unwrap_or(0) as usize;
    let guard = w.c.get().as_int().unwrap_or(0) as usize;
    let source = w.a.get();
    if source.is_unbound() {
        return Ok(Value::UNBOUND);
    }
    // An iterator's own position moves with the step: room for the pair is made sure of first.
    rt.heap.has_room(64)?;
    let next = match w.d.get().as_int().and_then(|n| Value::try_int(n + 1)) {
        Some(next) => next,
        None => rt.binary_op(BinOp::Add, false, w.d.get(), Value::int(1))?,
    };
    let Some(item) = step(rt, source, &mut pos, guard)? else {
        w.a.set(Value::UNBOUND);
        return Ok(Value::UNBOUND);
    };
    let n = w.d.get();
    let pair = rt.new_tuple(&[n, item])?;
    w.d.set(next);
    w.b.set(Value::int(pos as i64));
    Ok(pair)
}

/// As `enumerate_next`, without making the pair: no memory is needed once the source has moved.
pub fn enumerate_pair(rt: &mut Rt, v: Value) -> Res<Option<(Value, Value)>> {
    let Some(w) = misc::wrapper(v, kind::Enumerate) else { return Ok(None) };
    let (source, n) = (w.a.get(), w.d.get());
    if source.is_unbound() {
        return Ok(None);
    }
    let next = n.as_int().and_then(|n| Value::try_int(n + 1));
    // A count that leaves the immediate ints needs memory.
    let Some(next) = next else { return Err(Exit::NeedGc) };
    let mut pos = w.b.get().as_int().unwrap_or(0) as usize;
    let item = match source.exact::<List>() {
        Some(l) => {
            pos += 1;
            l.get(pos - 1)
        }
        None => step(rt, source, &mut pos, w.c.get().as_int().unwrap_or(0) as usize)?,
    };
    let Some(item) = item else {
        w.a.set(Value::UNBOUND);
        return Ok(None);
    };
    w.d.set(next);
    w.b.set(Value::int(pos as i64));
    Ok(Some((n, item)))
}

/// A native `zip` of at most four sources, if class and sources allow it.
pub fn zip(rt: &mut Rt, cls: Value, sources: Args) -> Res<Option<Value>> {
    let own = cls == rt.builtin_type(kind::Zip as u16).value();
    let all = sources.slice().iter().all(|&v| is_native(rt, v));
    // An iterator given twice moves on twice; a container is iterated over from its start each time.
    let n = sources.len();
    let moves = |v: Value| v.header().is_none_or(|h| !iterate::steps_itself(h.kind));
    let shared = (0..n).any(|i| (0..i).any(|j| sources.at(i) == sources.at(j) && moves(sources.at(i))));
    if !own || !all || n == 0 || n > 4 || shared {
        return Ok(None);
    }
    let a = rt.new_tuple(sources.slice())?;
    let positions = list::new(&mut rt.heap, &[Value::ZERO; 4][..n])?;
    let guards = list::with_capacity(&mut rt.heap, n)?;
    for &s in sources.slice() {
        guards.push(&mut rt.heap, Value::int(iterate::guard_of(s) as i64))?;
    }
    let fields = [a, positions.value(), guards.value(), Value::UNBOUND];
    misc::new_wrapper(&mut rt.heap, kind::Zip, kind::Zip as u32, fields).map(Some)
}

/// The next tuple of a native `zip`.
pub fn zip_next(rt: &mut Rt, v: Value) -> Res<Value> {
    rt.heap.has_room(128)?;
    let Some((items, moved, n)) = zip_step(rt, v)? else { return Ok(Value::UNBOUND) };
    let row = rt.new_tuple(&items[..n])?;
    zip_move(v, &moved[..n]);
    Ok(row)
}

/// As `zip_next` for two sources, without making the tuple; `None` also if there are not two.
pub fn zip_pair(rt: &mut Rt, v: Value) -> Res<Option<(Value, Value)>> {
    let Some((items, moved, n)) = zip_step(rt, v)? else { return Ok(None) };
    zip_move(v, &moved[..n]);
    Ok(Some((items[0], items[1])))
}

/// A native `reversed` of a tuple or a str of letters, if the class allows it.
pub fn reversed(rt: &mut Rt, cls: Value, source: Value) -> Res<Option<Value>> {
    let letters = source.exact::<Str>().filter(|s| s.is_ascii()).map(|s| s.len());
    let Some(len) = letters.or(source.exact::<Tuple>().map(|t| t.len())) else { return Ok(None) };
    if cls != rt.builtin_type(kind::Reversed as u16).value() {
        return Ok(None);
    }
    let fields = [source, Value::int(len as i64), Value::UNBOUND, Value::UNBOUND];
    misc::new_wrapper(&mut rt.heap, kind::Reversed, kind::Reversed as u32, fields).map(Some)
}

/// The next item of a native `reversed`.
pub fn reversed_next(rt: &mut Rt, v: Value) -> Res<Value> {
    let Some(w) = misc::wrapper(v, kind::Reversed) else { return Ok(Value::UNBOUND) };
    let Some(at) = w.b.get().as_int().and_then(|n| n.checked_sub(1)).and_then(|n| usize::try_from(n).ok())
    else {
        w.a.set(Value::UNBOUND);
        return Ok(Value::UNBOUND);
    };
    let source = w.a.get();
    let item = match source.exact::<Tuple>() {
        Some(t) => t.get(at).unwrap_or(Value::UNBOUND),
        None => match source.exact::<Str>().and_then(|s| s.bytes().get(at).copied()) {
            Some(letter) => rt.new_str_bytes(&[letter])?,
            None => Value::UNBOUND,
        },
    };
    w.b.set(Value::int(at as i64));
    Ok(item)
}

/// How many sources a native `zip` has.
pub fn zip_width(v: Value) -> usize {
    misc::wrapper(v, kind::Zip).and_then(|w| w.a.get().get::<Tuple>()).map_or(0, |t| t.len())
}

/// Items, and positions after them, of the sources.
type Row = ([Value; 4], [usize; 4], usize);

fn zip_step(rt: &mut Rt, v: Value) -> Res<Option<Row>> {
    let Some(w) = misc::wrapper(v, kind::Zip) else { return Ok(None) };
    let (Some(sources), Some(positions), Some(guards)) =
        (w.a.get().get::<Tuple>(), w.b.get().get::<List>(), w.c.get().get::<List>())
    else {
        return Ok(None);
    };
    let mut items = [Value::NONE; 4];
    let mut moved = [0usize; 4];
    let n = sources.len().min(4);
    for i in 0..n {
        let at = |l: crate::heap::Gc<List>| l.get(i).and_then(Value::as_int).unwrap_or(0) as usize;
        let mut pos = at(positions);
        let source = sources.get(i).unwrap_or(Value::NONE);
        let Some(item) = step(rt, source, &mut pos, at(guards))? else {
            w.a.set(Value::UNBOUND);
            return Ok(None);
        };
        items[i] = item;
        moved[i] = pos;
    }
    Ok(Some((items, moved, n)))
}

fn zip_move(v: Value, moved: &[usize]) {
    let positions = misc::wrapper(v, kind::Zip).and_then(|w| w.b.get().get::<List>());
    if let Some(positions) = positions {
        for (i, &pos) in moved.iter().enumerate() {
            positions.set(i, Value::int(pos as i64));
        }
    }
}
