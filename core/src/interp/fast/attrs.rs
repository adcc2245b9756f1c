//! Attributes, globals, methods, cells.

use super::Pushed;
use crate::bytecode::{CALL_GAP, Instr};
use crate::interp::Rt;
use crate::interp::cont::Cont;
use crate::interp::poly::{PolyEntry, PolyKind};
use crate::object::func::{self, CellObj, Function, SiteCache};
use crate::object::{Dict, Instance, Module, Type, instance};
use crate::value::Value;

#[inline(always)]
pub fn load_cell(cell: Value) -> Option<Value> {
    let v = cell.get::<CellObj>()?.content.get();
    if v.is_unbound() { None } else { Some(v) }
}
#[inline(always)]
pub fn store_cell(cell: Value, v: Value) -> bool {
    match cell.get::<CellObj>() {
        Some(c) => {
            c.content.set(v);
            true
        }
        None => false,
    }
}

/// The dict an inline cache holds.
///
/// # Safety
/// The cache belongs to a form that was written together with a dict in this field.
#[inline(always)]
unsafe fn cached_dict<'a>(v: Value) -> &'a Dict {
    // SAFETY: the caller's promise; the cache keeps the dict alive.
    unsafe { &*(v.addr() as *const Dict) }
}

/// The value of entry `index` of a dict whose keys are those the cache saw.
///
/// # Safety
/// The entry existed when the cache was filled, and the keys' version is still the same.
#[inline(always)]
unsafe fn cached_entry(d: &Dict, index: u32) -> Value {
    // SAFETY: the same keys lie in the same entries.
    unsafe { (*d.entries.get().add(index as usize)).value }
}

#[inline(always)]
pub fn global_module(s: &SiteCache) -> Option<Value> {
    // SAFETY: `LoadGlobalModule` and the module forms keep the dict in `owner`; versions are compared first.
    unsafe {
        let d = cached_dict(s.owner);
        if d.version() != s.shape { None } else { Some(cached_entry(d, s.index)) }
    }
}
#[inline(always)]
pub fn global_builtin(s: &SiteCache) -> Option<Value> {
    // SAFETY: `LoadGlobalBuiltin` keeps the two dicts in `owner` and `value`; versions are compared first.
    unsafe {
        let (d, b) = (cached_dict(s.owner), cached_dict(s.value));
        if d.version() != s.shape || b.version() != s.version {
            return None;
        }
        Some(cached_entry(b, s.index))
    }
}
#[inline(always)]
pub fn store_global(s: &SiteCache, v: Value) -> bool {
    // SAFETY: `StoreGlobalModule` keeps the dict in `owner`; versions are compared first.
    unsafe {
        let d = cached_dict(s.owner);
        if d.version() != s.shape {
            return false;
        }
        (*d.entries.get().add(s.index as usize)).value = v;
        true
    }
}

/// The inline slot a cache names, in an object of the cached shape.
#[inline(always)]
fn slot(obj: Value, shape: u32, index: u32) -> Option<&'static core::cell::Cell<Value>> {
    if obj.shape() != shape {
        return None;
    }
    // SAFETY: the cached shape belongs to plain instances with more than `index` inline slots; `'static` as in
    // `Value::header`.
    unsafe {
        let o = &*(obj.addr() as *const Instance);
        Some(&*core::ptr::from_ref(o.inline(index as usize)))
    }
}

#[inline(always)]
pub fn attr_slot(obj: Value, s: &SiteCache) -> Option<Value> {
    let v = slot(obj, s.shape, s.index)?.get();
    if v.is_unbound() { None } else { Some(v) }
}
/// An attribute or plain class value at a site that sees several shapes.
#[inline(always)]
pub fn attr_poly(rt: &mut Rt, obj: Value, s: &SiteCache) -> Option<Value> {
    let shape = obj.shape();
    let e = *rt.poly.entry(shape, s.name);
    if e.shape != shape || e.name != s.name {
        return rt.poly_fill(obj, s.name);
    }
    let v = match e.what {
        PolyKind::Slot => slot(obj, shape, e.slot)?.get(),
        PolyKind::Overflow => instance::load(obj, e.slot as usize, e.version as u16),
        PolyKind::ClassValue if poly_class_unchanged(&e) => e.value,
        _ => return None,
    };
    if v.is_unbound() { None } else { Some(v) }
}

#[inline(always)]
fn poly_class_unchanged(e: &PolyEntry) -> bool {
    e.class.get::<Type>().is_some_and(|t| t.version.get() == e.version)
}
#[inline(always)]
pub fn attr_overflow(obj: Value, s: &SiteCache) -> Option<Value> {
    if obj.shape() != s.shape {
        return None;
    }
    let v = instance::load(obj, s.index as usize, s.aux);
    if v.is_unbound() { None } else { Some(v) }
}

/// Whether the class in `owner` is still what it was when the cache was filled.
#[inline(always)]
fn class_unchanged(s: &SiteCache) -> bool {
    // SAFETY: the forms that ask keep a class in `owner`, which the cache keeps alive.
    unsafe { (*(s.owner.addr() as *const Type)).version.get() == s.version }
}

#[inline(always)]
pub fn attr_class(obj: Value, s: &SiteCache) -> Option<Value> {
    if obj.shape() == s.shape && class_unchanged(s) { Some(s.value) } else { None }
}
#[inline(always)]
pub fn attr_type(obj: Value, s: &SiteCache) -> Option<Value> {
    if obj == s.owner && class_unchanged(s) { Some(s.value) } else { None }
}
#[inline(always)]
pub fn attr_module(obj: Value, s: &SiteCache) -> Option<Value> {
    if namespace(obj)? == s.owner { global_module(s) } else { None }
}
/// The dict with the attributes of a module or class itself.
#[inline(always)]
pub fn namespace(obj: Value) -> Option<Value> {
    match obj.get::<Module>() {
        Some(m) => Some(m.dict),
        None => obj.get::<Type>().map(|t| t.dict.get()),
    }
}
#[inline(always)]
pub fn store_type(obj: Value, s: &SiteCache, v: Value) -> bool {
    if namespace(obj) != Some(s.owner) || v.is_ptr() || v.is_unbound() {
        return false;
    }
    match global_module(s) {
        Some(old) if !old.is_ptr() => store_global(s, v),
        _ => false,
    }
}
#[inline]
pub fn attr_method(rt: &mut Rt, obj: Value, s: &SiteCache) -> Option<Value> {
    let f = attr_class(obj, s)?;
    func::new_bound(&mut rt.heap, f, obj).ok().map(|m| m.value())
}

/// # Safety
/// `base` is the running frame and `i` its instruction.
#[inline]
pub unsafe fn attr_property(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> Pushed {
    // SAFETY: the caller's promise.
    let obj = unsafe { *base.add(i.b() as usize) };
    let Some(f) = attr_class(obj, s).and_then(|f| f.get::<Function>()) else { return Pushed::Miss };
    // SAFETY: as above.
    unsafe { super::push_above(rt, base, f, &[obj], i.a(), Cont::Value) }
}

#[inline(always)]
pub fn store_slot(obj: Value, s: &SiteCache, v: Value) -> bool {
    match slot(obj, s.shape, s.index) {
        Some(c) => {
            c.set(v);
            true
        }
        None => false,
    }
}
/// An existing attribute at a site that sees several shapes.
#[inline]
pub fn store_poly(rt: &mut Rt, obj: Value, s: &SiteCache, v: Value) -> bool {
    let shape = obj.shape();
    let mut e = *rt.poly.entry(shape, s.name);
    if e.shape != shape || e.name != s.name {
        let _ = rt.poly_fill(obj, s.name);
        e = *rt.poly.entry(shape, s.name);
        if e.shape != shape || e.name != s.name {
            return false;
        }
    }
    if e.what != PolyKind::Slot || !e.stores {
        return false;
    }
    match slot(obj, shape, e.slot) {
        Some(c) => {
            c.set(v);
            true
        }
        None => false,
    }
}
#[inline(always)]
pub fn store_add(obj: Value, s: &SiteCache, v: Value) -> bool {
    // `version` holds the shape after.
    match slot(obj, s.shape, s.index) {
        Some(c) => {
            c.set(v);
            if let Some(h) = obj.header() {
                h.shape.set(s.version);
            }
            true
        }
        None => false,
    }
}
#[inline(always)]
pub fn store_overflow(obj: Value, s: &SiteCache, v: Value) -> bool {
    if obj.shape() != s.shape {
        return false;
    }
    match instance::ext(obj).and_then(|e| e.get().get::<crate::object::Slots>()) {
        Some(slots) => match slots.slots().get((s.index - s.aux as u32) as usize) {
            Some(c) => {
                c.set(v);
                true
            }
            None => false,
        },
        None => false,
    }
}

/// # Safety
/// `base` is the running frame and `i` its instruction; likewise below.
#[inline(always)]
unsafe fn set_window(base: *mut Value, i: Instr, f: Value, self_: Value) {
    // SAFETY: the caller's promise.
    unsafe {
        *base.add(i.a() as usize) = f;
        *base.add((i.a() + CALL_GAP) as usize) = self_;
    }
}

/// # Safety
/// See `set_window`.
#[inline(always)]
pub unsafe fn method_shape(base: *mut Value, i: Instr, s: &SiteCache) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let obj = *base.add(i.b() as usize);
        if obj.shape() != s.shape || !class_unchanged(s) {
            return false;
        }
        set_window(base, i, s.value, obj);
        true
    }
}
/// # Safety
/// See `set_window`.
#[inline(always)]
pub unsafe fn method_poly(rt: &mut Rt, base: *mut Value, i: Instr, s: &SiteCache) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let obj = *base.add(i.b() as usize);
        let shape = obj.shape();
        let mut e = *rt.poly.entry(shape, s.name);
        if e.shape != shape || e.name != s.name {
            rt.poly_fill(obj, s.name);
            e = *rt.poly.entry(shape, s.name);
            if e.shape != shape || e.name != s.name {
                return false;
            }
        }
        if e.what != PolyKind::Method || !poly_class_unchanged(&e) {
            return false;
        }
        set_window(base, i, e.value, obj);
        true
    }
}
/// # Safety
/// See `set_window`.
#[inline(always)]
pub unsafe fn method_free(base: *mut Value, i: Instr, found: Option<Value>) -> bool {
    match found {
        Some(f) => {
            // SAFETY: the caller's promise.
            unsafe { set_window(base, i, f, Value::UNBOUND) };
            true
        }
        None => false,
    }
}
/// # Safety
/// See `set_window`.
#[inline(always)]
pub unsafe fn super_method(base: *mut Value, i: Instr, s: &SiteCache) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let (class, obj) = (*base.add(i.b() as usize), *base.add(i.b() as usize + 1));
        let callee = *base.add(i.b() as usize + 2);
        let is_super = callee.get::<Type>().is_some_and(|t| t.builtin == crate::object::kind::Super as u16);
        // `index` holds the class's own identity by its root shape; the object's shape implies its class.
        if !is_super || obj.shape() != s.shape || !class_unchanged(s) {
            return false;
        }
        if class.get::<Type>().is_none_or(|t| t.root_shape.get() != s.index) {
            return false;
        }
        set_window(base, i, s.value, obj);
        true
    }
}
