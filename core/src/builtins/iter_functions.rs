//! Built-in functions about iteration, and the types `enumerate`, `zip`, `map`, `filter` and `reversed`, whose objects
//! are generators of frozen Python under another name.
//!
//! The native paths run where the items are numbers or strings in a built-in container; they charge what the frozen
//! paths charge, one unit an item.

use super::descriptors::plain;
use super::{frozen, intrinsics::as_float};
use crate::exit::Res;
use crate::heap::{Gc, Shapes};
use crate::interp::{Args, Name, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::exception::exc;
use crate::object::hash::{Number, compare_numbers, number};
use crate::object::{Generator, List, Str, Tuple, Type, float, int, iter, kind};
use crate::value::Value;
use core::cmp::Ordering;

/// The functions.
pub static DEFS: &[NativeDef] = &[
    def("iter", "object, sentinel=None, /", iter_),
    def("next", "iterator, default=None, /", next),
    def("sum", "iterable, /, start=0", sum),
    def("min", "*args, key=None, default=None", |rt, a| min_max(rt, a, Ordering::Less)),
    def("max", "*args, key=None, default=None", |rt, a| min_max(rt, a, Ordering::Greater)),
    def("any", "iterable, /", |rt, a| Err(rt.delegate(frozen::any_of, &[a.at(0)]))),
    def("all", "iterable, /", |rt, a| Err(rt.delegate(frozen::all_of, &[a.at(0)]))),
    def("sorted", "*args, key=None, reverse=False", |rt, a| {
        let (key, reverse, given) = (a.or(0, Value::NONE), a.or(1, Value::FALSE), a.rest(2));
        if given.len() != 1 {
            let n = given.len();
            return Err(rt.type_error(message!("sorted expected 1 argument, got {n}")));
        }
        if key.is_none()
            && let Some(reverse) = super::sort::plain_truth(reverse)
            && let Some(items) = rt.items_of(given.at(0))?
            && let Some(seq) = Seq::of(items)
        {
            // An iterator is used up now.
            return match super::sort::sort_values(rt, seq.items(), seq.items(), reverse)? {
                Some(sorted) => Ok(sorted.value()),
                None => Err(rt.delegate(frozen::sorted_of, &[items, key, Value::bool(reverse)])),
            };
        }
        Err(rt.delegate(frozen::sorted_of, &[given.at(0), key, reverse]))
    }),
];

fn iter_(rt: &mut Rt, a: Args) -> Res<Value> {
    if let Some(sentinel) = a.opt(1) {
        let name = rt.name(Name::__call__)?;
        let known = a.at(0).get::<Type>().is_some()
            || a.at(0).get::<crate::object::Function>().is_some()
            || a.at(0).get::<crate::object::Builtin>().is_some()
            || a.at(0).get::<crate::object::BoundMethod>().is_some();
        if !known && rt.lookup_special(a.at(0), name)?.is_none() {
            return Err(rt.type_error(message!("iter(v, w): v must be callable")));
        }
        return Err(rt.delegate(frozen::iter_callable, &[a.at(0), sentinel]));
    }
    iterator_of(rt, a.at(0))
}

/// `iter(v)`.
pub fn iterator_of(rt: &mut Rt, v: Value) -> Res<Value> {
    if v.get::<Generator>().is_some() {
        return Ok(v);
    }
    let t = rt.type_of(v);
    if !t.has_flag(Type::GUEST_ITER) {
        if let Some(f) = rt.slots_of(v).iter {
            return f(rt, v);
        }
        if rt.slots_of(v).next.is_some() {
            return Ok(v);
        }
    }
    let name = rt.name(Name::__iter__)?;
    match rt.lookup_special(v, name)? {
        Some(f) if f.is_none() => {}
        Some(_) => return Err(rt.delegate(frozen::iter_of, &[v])),
        None => {
            let name = rt.name(Name::__getitem__)?;
            let sequence = v.get::<crate::object::Dict>().is_none() && v.get::<Type>().is_none();
            if sequence && rt.lookup_special(v, name)?.is_some() {
                return Ok(iter::new(&mut rt.heap, kind::GetItemIter, v, 0, 0)?.value());
            }
        }
    }
    let name = rt.type_name(v);
    Err(rt.type_error(message!("'{name}' object is not iterable")))
}

fn next(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(0);
    let native = v.shape() < Shapes::FIRST && v.get::<Generator>().is_none();
    if native && let Some(f) = rt.slots_of(v).next {
        let x = f(rt, v)?;
        if !x.is_unbound() {
            return Ok(x);
        }
        return a.opt(1).ok_or_else(|| rt.raise_bare(exc::StopIteration));
    }
    let name = rt.name(Name::__next__)?;
    let Some(f) = rt.lookup_special(v, name)? else {
        let name = rt.type_name(v);
        return Err(rt.type_error(message!("'{name}' object is not an iterator")));
    };
    if let Some(default) = a.opt(1) {
        if v.get::<Generator>().is_some() {
            return Err(rt.delegate(frozen::next_of_generator, &[v, default]));
        }
        return Err(rt.delegate(frozen::next_default, &[v, default]));
    }
    if f.get::<crate::object::Function>().is_some() || f.get::<crate::object::Builtin>().is_some() {
        return Err(rt.tail_call(f, &[v]));
    }
    let bound = super::descriptors::bind_special(rt, f, v)?;
    Err(rt.tail_call(bound, &[]))
}

/// A list or tuple, read item by item.
#[derive(Clone, Copy)]
enum Seq {
    List(Gc<List>),
    Tuple(Gc<Tuple>),
}

impl Seq {
    fn of(v: Value) -> Option<Seq> {
        v.get::<List>().map(Seq::List).or_else(|| v.get::<Tuple>().map(Seq::Tuple))
    }
    fn items(&self) -> &[Value] {
        match self {
            Seq::List(l) => l.items(),
            Seq::Tuple(t) => t.items(),
        }
    }
}

/// Items between two looks at the interrupt word.
const POLL_ITEMS: usize = 1 << 14;

fn sum(rt: &mut Rt, a: Args) -> Res<Value> {
    let start = a.or(1, Value::ZERO);
    if let Some(copy) = rt.items_of(a.at(0))?
        && let Some(seq) = Seq::of(copy)
        && let Some(total) = sum_numbers(rt, seq, start)?
    {
        return Ok(total);
    }
    Err(rt.delegate(frozen::sum_of, &[a.at(0), start]))
}

/// The sum if all items are ints of 64 bits and floats, and no int sum overflows 64 bits; as CPython, ints are added
/// exactly up to the first float, then floats with Neumaier's compensation.
fn sum_numbers(rt: &mut Rt, seq: Seq, start: Value) -> Res<Option<Value>> {
    let items = seq.items();
    let (mut ints, mut at) = (0i64, 0);
    let mut total = start.is_float().then(|| start.float_unchecked());
    if total.is_none() {
        let Some(n) = start.as_int() else { return Ok(None) };
        ints = n;
        while let Some(&v) = items.get(at) {
            let Some(n) = v.as_int().or_else(|| v.as_bool().map(i64::from)) else { break };
            let Some(sum) = ints.checked_add(n) else { return Ok(None) };
            ints = sum;
            at += 1;
        }
        // CPython adds the first float to the int without compensation.
        match items.get(at) {
            None => {}
            Some(&v) if v.is_float() => {
                total = Some(ints as f64 + v.float_unchecked());
                at += 1;
            }
            Some(_) => return Ok(None),
        }
    }
    let sum = match total {
        None => None,
        Some(first) => match sum_floats(rt, items.get(at..).unwrap_or(&[]), first)? {
            Some(x) => Some(x),
            None => return Ok(None),
        },
    };
    let value = match sum {
        Some(x) => float::new(&mut rt.heap, x)?,
        None => int::from_i64(&mut rt.heap, ints)?,
    };
    rt.charge(items.len())?;
    Ok(Some(value))
}

/// `None` if there is anything but numbers.
fn sum_floats(rt: &mut Rt, items: &[Value], first: f64) -> Res<Option<f64>> {
    let (mut total, mut carry) = (first, 0.0f64);
    for chunk in items.chunks(POLL_ITEMS) {
        rt.poll()?;
        for &v in chunk {
            let subclass = v.is_ptr() && v.shape() >= Shapes::FIRST;
            let Some(x) = as_float(v).filter(|_| !subclass) else { return Ok(None) };
            let sum = total + x;
            carry += if total.abs() >= x.abs() { (total - sum) + x } else { (x - sum) + total };
            total = sum;
        }
    }
    Ok(Some(if carry != 0.0 && carry.is_finite() { total + carry } else { total }))
}

fn min_max(rt: &mut Rt, a: Args, want: Ordering) -> Res<Value> {
    let what = if want == Ordering::Less { "min" } else { "max" };
    let (key, default, args) = (a.or(0, Value::NONE), a.opt(1), a.rest(2));
    if args.is_empty() {
        return Err(rt.type_error(message!("{what} expected at least 1 argument, got 0")));
    }
    if args.len() > 1 && default.is_some() {
        return Err(rt.type_error(message!(
            "Cannot specify a default for {what}() with multiple positional arguments"
        )));
    }
    if key.is_none() {
        if args.len() > 1 {
            if let Some(best) = best_of(rt, args.slice(), want)? {
                return Ok(best);
            }
        } else if let Some(copy) = rt.items_of(args.at(0))?
            && let Some(seq) = Seq::of(copy)
            && let Some(best) = best_of(rt, seq.items(), want)?
        {
            return Ok(best);
        }
    }
    let items = if args.len() > 1 { rt.new_tuple(args.slice())? } else { args.at(0) };
    let name = rt.intern(what.as_bytes())?;
    let default = default.unwrap_or(Value::NOT_IMPLEMENTED);
    Err(rt.delegate(frozen::min_of, &[items, key, default, name]))
}

/// The first smallest or largest of numbers or of strs; `None` if there are none or others.
fn best_of(rt: &mut Rt, items: &[Value], want: Ordering) -> Res<Option<Value>> {
    let Some((&first, rest)) = items.split_first() else { return Ok(None) };
    let mut best = first;
    if number(first).is_none() && first.exact::<Str>().is_none() {
        return Ok(None);
    }
    for chunk in rest.chunks(POLL_ITEMS) {
        rt.poll()?;
        for &v in chunk {
            match compare(v, best) {
                Some(Some(o)) if o == want => best = v,
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }
    rt.charge(rest.len())?;
    Ok(Some(best))
}

/// Order of two numbers or two strs of the built-in types (inner `None`: nan); `None` for anything else.
fn compare(x: Value, y: Value) -> Option<Option<Ordering>> {
    if x.both_int(y) {
        return Some(Some(x.int_word().cmp(&y.int_word())));
    }
    if let (Some(s), Some(t)) = (x.exact::<Str>(), y.exact::<Str>()) {
        return Some(Some(s.bytes().cmp(t.bytes())));
    }
    let plain = |v: Value| !v.is_ptr() || v.shape() < Shapes::FIRST;
    let (a, b): (Number, Number) = (number(x)?, number(y)?);
    if plain(x) && plain(y) { Some(compare_numbers(a, b)) } else { None }
}

// Types.

/// `enumerate`.
pub static ENUMERATE: TypeDef = TypeDef {
    new: Some(def("enumerate", "cls, /, iterable=None, start=0", |rt, a| {
        if a.opt(1).is_none() {
            return Err(if a.opt(2).is_some() {
                rt.type_error(message!("'start' is an invalid keyword argument for enumerate()"))
            } else {
                rt.type_error(message!("enumerate() missing required argument 'iterable'"))
            });
        }
        let start = a.or(2, Value::ZERO);
        if let Some(v) = super::native_iters::enumerate(rt, a.at(0), a.at(1), start)? {
            return Ok(v);
        }
        Err(rt.delegate(frozen::enumerate_of, &[a.at(0), a.at(1), start]))
    })),
    methods: super::generator_type::ITERATOR_METHODS,
    slots: &Slots {
        next: Some(super::native_iters::enumerate_next),
        ..super::generator_type::ITERATOR_SLOTS
    },
    subclassable: true,
    ..plain(kind::Enumerate)
};

/// `zip`.
pub static ZIP: TypeDef = TypeDef {
    new: Some(def("zip", "cls, /, *iterables, strict=False", |rt, a| {
        let strict = a.or(1, Value::FALSE);
        if strict == Value::FALSE
            && let Some(v) = super::native_iters::zip(rt, a.at(0), a.rest(2))?
        {
            return Ok(v);
        }
        let its = rt.new_tuple(a.rest(2).slice())?;
        Err(rt.delegate(frozen::zip_of, &[a.at(0), its, strict]))
    })),
    methods: super::generator_type::ITERATOR_METHODS,
    slots: &Slots { next: Some(super::native_iters::zip_next), ..super::generator_type::ITERATOR_SLOTS },
    subclassable: true,
    ..plain(kind::Zip)
};

/// `map`.
pub static MAP: TypeDef = TypeDef {
    new: Some(def("map", "cls, /, *args, strict=False", |rt, a| {
        if a.rest(2).len() < 2 {
            return Err(rt.type_error(message!("map() must have at least two arguments.")));
        }
        let strict = a.or(1, Value::FALSE);
        if a.rest(3).len() == 1 && strict == Value::FALSE {
            return Err(rt.delegate(frozen::map_one_of, &[a.at(0), a.at(2), a.at(3)]));
        }
        let its = rt.new_tuple(a.rest(3).slice())?;
        Err(rt.delegate(frozen::map_of, &[a.at(0), a.at(2), its, strict]))
    })),
    methods: super::generator_type::ITERATOR_METHODS,
    slots: &super::generator_type::ITERATOR_SLOTS,
    subclassable: true,
    ..plain(kind::Map)
};

/// `filter`.
pub static FILTER: TypeDef = TypeDef {
    new: Some(def("filter", "cls, /, function, iterable, /", |rt, a| {
        Err(rt.delegate(frozen::filter_of, &[a.at(0), a.at(1), a.at(2)]))
    })),
    methods: super::generator_type::ITERATOR_METHODS,
    slots: &super::generator_type::ITERATOR_SLOTS,
    subclassable: true,
    ..plain(kind::Filter)
};

/// `reversed`.
pub static REVERSED: TypeDef = TypeDef {
    new: Some(def("reversed", "cls, /, sequence, /", reversed)),
    methods: super::generator_type::ITERATOR_METHODS,
    slots: &Slots { next: Some(super::native_iters::reversed_next), ..super::generator_type::ITERATOR_SLOTS },
    subclassable: true,
    ..plain(kind::Reversed)
};

fn reversed(rt: &mut Rt, a: Args) -> Res<Value> {
    let v = a.at(1);
    if let Some(l) = v.exact::<List>() {
        return Ok(iter::new(&mut rt.heap, kind::ListRevIter, v, l.len(), 0)?.value());
    }
    if let Some(v) = super::native_iters::reversed(rt, a.at(0), v)? {
        return Ok(v);
    }
    Err(rt.delegate(frozen::reversed_of, &[a.at(0), v]))
}
