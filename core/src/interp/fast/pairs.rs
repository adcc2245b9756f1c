//! Look-ups of keys that are tuples of two, without the tuple: grids and graphs are dicts and sets of them.

use super::items::key_hash;
use crate::heap::Heap;
use crate::interp::Rt;
use crate::object::dict::Probe;
use crate::object::hash::{self, Eq};
use crate::object::{Dict, Tuple, set};
use crate::value::Value;

/// What no key is.
const NO_KEY: Value = Value::from_bits(0xfe << 3 | 2);

/// The entry of `o`, an exact dict, whose key is the tuple of `x` and `y`; −1 if there is none. `None` if the slow path has to
/// look for it.
pub fn dict_pair(rt: &mut Rt, o: Value, x: Value, y: Value) -> Option<i64> {
    let d = o.exact::<Dict>()?;
    let h = hash_pair(rt, x, y)?;
    match d.find_by(h, NO_KEY, |key| is_pair(&rt.heap, key, x, y)) {
        Probe::Found(i) => i64::try_from(i).ok(),
        Probe::Missing => Some(-1),
        Probe::Guest => None,
    }
}

/// Whether the tuple of `x` and `y` is in `o`, an exact set.
pub fn set_pair(rt: &mut Rt, o: Value, x: Value, y: Value) -> Option<bool> {
    let s = set::get(o).filter(|_| o.shape() < crate::heap::Shapes::FIRST)?;
    let h = hash_pair(rt, x, y)?;
    match s.find_by(h, NO_KEY, |key| is_pair(&rt.heap, key, x, y)) {
        Probe::Found(_) => Some(true),
        Probe::Missing => Some(false),
        Probe::Guest => None,
    }
}

fn hash_pair(rt: &Rt, x: Value, y: Value) -> Option<u64> {
    let hashes = [key_hash(rt, x)?, key_hash(rt, y)?];
    Some(hash::combine(hashes.into_iter()))
}

/// Whether `key`, whose hash is that of the pair, equals it.
fn is_pair(heap: &Heap, key: Value, x: Value, y: Value) -> Eq {
    let Some(t) = key.exact::<Tuple>() else { return Eq::Guest };
    let &[p, q] = t.items() else { return Eq::False };
    let same = |a, b| if a == b { Eq::True } else { hash::eq(heap, a, b) };
    match same(p, x) {
        Eq::True => same(q, y),
        other => other,
    }
}
