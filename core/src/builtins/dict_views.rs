//! `dict_keys`, `dict_values`, `dict_items`: live views of a dict. Their set operations are frozen Python over the
//! native sets.

use super::dict::{dict_contains, dict_iter};
use super::sequence::{Items, wrong_payload};
use super::{container_repr, frozen};
use crate::exit::Res;
use crate::heap::Gc;
use crate::interp::{Args, BinOp, CmpOp, GetSetDef, NativeDef, Rt, Slots, TypeDef, def};
use crate::object::dict::Probe;
use crate::object::hash::Eq;
use crate::object::{Dict, kind, misc, set};
use crate::value::Value;

/// A view of `kind` on a dict.
pub fn view(rt: &mut Rt, kind: u8, dict: Value) -> Res<Value> {
    misc::new_wrapper(&mut rt.heap, kind, kind as u32, [dict, Value::UNBOUND, Value::UNBOUND, Value::UNBOUND])
}

/// The dict that a view shows.
pub fn viewed(v: Value) -> Option<Value> {
    let k = v.header()?.kind;
    if !matches!(k, kind::DictKeys | kind::DictValues | kind::DictItems) {
        return None;
    }
    misc::wrapper(v, k).map(|w| w.a.get())
}

fn dict_of(rt: &mut Rt, v: Value) -> Res<Gc<Dict>> {
    match viewed(v).and_then(|d| d.get::<Dict>()) {
        Some(d) => Ok(d),
        None => Err(wrong_payload(rt)),
    }
}

static MAPPING: &[GetSetDef] = &[GetSetDef {
    name: "mapping",
    get: |rt, v| {
        let d = dict_of(rt, v)?.value();
        let fields = [d, Value::UNBOUND, Value::UNBOUND, Value::UNBOUND];
        misc::new_wrapper(&mut rt.heap, kind::MappingProxy, kind::MappingProxy as u32, fields)
    },
    set: None,
}];

static SET_METHODS: &[NativeDef] =
    &[def("isdisjoint", "self, other, /", isdisjoint), def("__reversed__", "self, /", reversed)];
static VALUES_METHODS: &[NativeDef] = &[def("__reversed__", "self, /", reversed)];

const BASE: Slots = Slots {
    repr: Some(container_repr::repr),
    len: Some(|rt, v| Ok(dict_of(rt, v)?.len())),
    iter: Some(view_iter),
    ..Slots::NONE
};
const SET_LIKE: Slots =
    Slots { contains: Some(contains), binary: Some(binary), compare: Some(compare), ..BASE };

const fn view_type(kind: u8, methods: &'static [NativeDef], slots: &'static Slots) -> TypeDef {
    TypeDef {
        kind,
        doc: "",
        base: kind::Object,
        new: None,
        methods,
        getset: MAPPING,
        slots,
        subclassable: false,
    }
}

/// The view types.
pub static VIEWS: [TypeDef; 3] = [
    view_type(kind::DictKeys, SET_METHODS, &SET_LIKE),
    view_type(kind::DictValues, VALUES_METHODS, &BASE),
    view_type(kind::DictItems, SET_METHODS, &SET_LIKE),
];

fn view_iter(rt: &mut Rt, v: Value) -> Res<Value> {
    let d = dict_of(rt, v)?.value();
    match v.header().map(|h| h.kind) {
        Some(kind::DictValues) => dict_iter(rt, d, kind::DictValueIter),
        Some(kind::DictItems) => dict_iter(rt, d, kind::DictItemIter),
        _ => dict_iter(rt, d, kind::DictKeyIter),
    }
}

fn reversed(rt: &mut Rt, a: Args) -> Res<Value> {
    let d = dict_of(rt, a.at(0))?.value();
    match a.at(0).header().map(|h| h.kind) {
        Some(kind::DictValues) => dict_iter(rt, d, kind::DictRevValueIter),
        Some(kind::DictItems) => dict_iter(rt, d, kind::DictRevItemIter),
        _ => dict_iter(rt, d, kind::DictRevKeyIter),
    }
}

/// `item in view` (keys and items).
pub fn contains(rt: &mut Rt, v: Value, item: Value) -> Res<bool> {
    let d = dict_of(rt, v)?;
    if v.header().is_none_or(|h| h.kind != kind::DictItems) {
        return dict_contains(rt, d.value(), item);
    }
    let Some(Items::Tuple(pair)) = Items::of(item) else { return Ok(false) };
    let &[key, value] = pair.items() else { return Ok(false) };
    let found = match super::dict::hash_key(rt, key)? {
        Some(h) => d.find(&rt.heap, h, key),
        None => Probe::Guest,
    };
    let same = match found {
        Probe::Missing => return Ok(false),
        Probe::Guest => Eq::Guest,
        Probe::Found(i) => super::sequence::same(rt, d.entry(i).map_or(Value::UNBOUND, |e| e.value), value),
    };
    match same {
        Eq::True => Ok(true),
        Eq::False => Ok(false),
        Eq::Guest => Err(rt.delegate(frozen::items_contains, &[d.value(), key, value])),
    }
}

fn is_set_view(v: Value) -> bool {
    v.header().is_some_and(|h| matches!(h.kind, kind::DictKeys | kind::DictItems))
}

fn binary(rt: &mut Rt, op: BinOp, a: Value, b: Value) -> Res<Value> {
    let f = match op {
        BinOp::And => frozen::view_and,
        BinOp::Or => frozen::view_or,
        BinOp::Sub => frozen::view_sub,
        BinOp::Xor => frozen::view_xor,
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    if !cfg!(feature = "sets") {
        return Err(rt.left_out("sets"));
    }
    Err(rt.delegate(f, &[a, b]))
}

fn compare(rt: &mut Rt, op: CmpOp, a: Value, b: Value) -> Res<Value> {
    if !is_set_view(a) || !(is_set_view(b) || set::get(b).is_some()) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Err(rt.delegate(frozen::view_compare, &[a, b, Value::int(op as i64)]))
}

fn isdisjoint(rt: &mut Rt, a: Args) -> Res<Value> {
    Err(rt.delegate(frozen::view_isdisjoint, &[a.at(0), a.at(1)]))
}
