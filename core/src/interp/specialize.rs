//! Specialization: rewriting a warm instruction of the quick copy to the form its operands call for.
//!
//! A 16-bit counter per instruction holds 12 bits of waiting and 4 bits of back-off. It is looked at only when the
//! slow path runs: on a generic instruction, or on a specialized one whose guard failed. At zero an attempt is made;
//! after success 52 misses pass until the next one; after a failure the waits grow (1, 6, 30, 126, 508, 2052, 4095),
//! as CPython's do.
//!
//! Invariant: a form is written together with its cache, and only if its guard holds for the operands seen now.

use super::class_changes::entry_of;
use super::cont;
use super::frame::Frame;
use super::native::BinOp;
use super::specialize_calls::{choose_call, choose_method_call, exact_args};
use super::{Name, Rt, fast};
use crate::bytecode::{Instr, Op};
use crate::heap::{Gc, NO_SLOT, Shapes};
use crate::object::func::{Code, Function, SiteCache};
use crate::object::{
    Bytes, Dict, Generator, Instance, List, Module, Range, Str, Tuple, Type, kind, misc, set,
};
use crate::value::Value;

const WAITS: [u16; 7] = [1, 6, 30, 126, 508, 2052, 4095];
const AFTER_SUCCESS: u16 = 52;

/// Counts a slow run of instruction `at` (generic form `i`) and specializes it when its counter says so.
pub(crate) fn tick(rt: &mut Rt, code: Gc<Code>, at: u32, i: Instr) {
    // SAFETY: `at` is an instruction of the code, whose quick copy and counters exist (the caller runs in it).
    let (counter, quick) =
        unsafe { (&mut *code.counters.get().add(at as usize), &mut *code.quick.get().add(at as usize)) };
    if quick.op_raw() == Op::EnterTrace as u16 {
        return;
    }
    let specialized = quick.op_raw() >= Op::FIRST_SPECIALIZED;
    rt.stats.misses += specialized as u64;
    let (wait, backoff) = (*counter & 0xfff, *counter >> 12);
    if wait > 0 {
        *counter = (wait - 1) | backoff << 12;
        return;
    }
    let before = quick.op().filter(|_| specialized);
    match choose(rt, code, i, before) {
        Some(form) => {
            *quick = Instr::new(form, i.a(), i.b(), i.c());
            *counter = AFTER_SUCCESS;
            rt.stats.specialized += 1;
        }
        None => {
            if specialized {
                *quick = i;
                rt.stats.deoptimized += 1;
            }
            let backoff = (backoff as usize).min(WAITS.len() - 1);
            *counter = WAITS[backoff] | ((backoff + 1).min(15) as u16) << 12;
        }
    }
}

/// The running frame's registers.
#[derive(Clone, Copy)]
pub(super) struct Regs(Frame);
impl Regs {
    pub(super) fn get(self, i: u16) -> Value {
        // SAFETY: operands of verified code.
        unsafe { self.0.reg(i) }
    }
}

fn site(code: Gc<Code>, index: u16) -> &'static mut SiteCache {
    // SAFETY: site indices of verified code exist; the only reference is used within one choice.
    unsafe { &mut *code.sites.add(index as usize) }
}

/// The form for the operands seen now; fills the site's cache. `before` is the form whose guard failed.
fn choose(rt: &mut Rt, code: Gc<Code>, i: Instr, before: Option<Op>) -> Option<Op> {
    let at = if matches!(i.op()?, Op::LoadGlobal | Op::StoreGlobal) { i.b() } else { i.c() };
    if (at as u32) < code.nsites {
        return choose_after(rt, i, site(code, at), before);
    }
    // An operation without a site; its `c` is something else.
    choose_after(rt, i, &mut super::codeinst::empty_site(0), before)
}

/// As `choose` for an instruction that had no form before, with a cache of the caller's.
pub(crate) fn choose_for(rt: &mut Rt, i: Instr, s: &mut SiteCache) -> Option<Op> {
    choose_after(rt, i, s, None)
}

fn choose_after(rt: &mut Rt, i: Instr, s: &mut SiteCache, before: Option<Op>) -> Option<Op> {
    let r = Regs(rt.stack.frame);
    let op = i.op()?;
    if let Some((bin, _)) = cont::bin_op(op) {
        return choose_binary(rt, r, i, op, bin);
    }
    if cont::cmp_op(op).is_some() {
        return choose_compare(r, i, op);
    }
    let (a, b, c) = (i.a(), i.b(), i.c());
    use Op::*;
    match op {
        Neg if r.get(b).is_int() => Some(NegInt),
        Neg if r.get(b).is_float() => Some(NegFloat),
        JumpBack => Some(JumpBackQuick),
        LoadGlobal => choose_global(rt, s),
        StoreGlobal => choose_store_global(rt, s),
        LoadAttr => choose_attr(rt, r.get(b), s),
        StoreAttr => choose_store(rt, r.get(a), s),
        LoadMethod => choose_method(rt, r.get(b), s),
        LoadSuperMethod => choose_super(rt, r, i, s),
        GetItem => choose_item(rt, r.get(b), r.get(c)),
        SetItem if r.get(a).exact::<List>().is_some() && r.get(b).is_int() => Some(SetItemListInt),
        SetItem if r.get(a).exact::<Dict>().is_some() => Some(SetItemDict),
        In | NotIn => choose_in(rt, r.get(b), r.get(c), op == NotIn),
        ForLoop => choose_loop(rt, i, r.get(a)),
        Unpack if r.get(b).exact::<Tuple>().is_some_and(|t| t.len() == c as usize) => Some(UnpackTuple),
        Unpack if r.get(b).exact::<List>().is_some_and(|l| l.len() == c as usize) => Some(UnpackList),
        Call => choose_call(rt, r, i, s, before),
        CallMethod => choose_method_call(rt, r, i, s, before),
        _ => None,
    }
}

fn choose_binary(rt: &mut Rt, r: Regs, i: Instr, op: Op, bin: BinOp) -> Option<Op> {
    let x = r.get(i.b());
    use Op::*;
    match op {
        AddI | IAddI if x.is_int() => return Some(AddIInt),
        SubI | ISubI if x.is_int() => return Some(SubIInt),
        AddI | IAddI if x.is_float() => return Some(AddIFloat),
        SubI | ISubI if x.is_float() => return Some(SubIFloat),
        AddI | IAddI | SubI | ISubI => return None,
        _ => {}
    }
    let y = r.get(i.c());
    if x.both_int(y) {
        // Forms whose result would overflow are not worth having.
        let (form, fits) = match bin {
            BinOp::Add => (AddInt, fast::add_int(x, y)),
            BinOp::Sub => (SubInt, fast::sub_int(x, y)),
            BinOp::Mul => (MulInt, fast::mul_int(x, y)),
            BinOp::FloorDiv => (FloorDivInt, fast::floordiv_int(x, y)),
            BinOp::Mod => (ModInt, fast::mod_int(x, y)),
            BinOp::And => (AndInt, fast::and_int(x, y)),
            BinOp::Or => (OrInt, fast::or_int(x, y)),
            BinOp::Xor => (XorInt, fast::xor_int(x, y)),
            BinOp::Shl => (ShlInt, fast::shl_int(x, y)),
            BinOp::Shr => (ShrInt, fast::shr_int(x, y)),
            BinOp::TrueDiv => (TrueDivMixed, fast::div_mixed(x, y)),
            _ => return None,
        };
        return fits.map(|_| form);
    }
    if x.is_float() && y.is_float() {
        return match bin {
            BinOp::Add => Some(AddFloat),
            BinOp::Sub => Some(SubFloat),
            BinOp::Mul => Some(MulFloat),
            BinOp::TrueDiv => Some(TrueDivFloat),
            _ => None,
        };
    }
    if (x.is_float() || x.is_int()) && (y.is_float() || y.is_int()) {
        return match bin {
            BinOp::Add => Some(AddMixed),
            BinOp::Sub => Some(SubMixed),
            BinOp::Mul => Some(MulMixed),
            BinOp::TrueDiv => Some(TrueDivMixed),
            _ => None,
        };
    }
    if bin == BinOp::Add && x.exact::<Str>().is_some() && y.exact::<Str>().is_some() {
        return Some(AddStr);
    }
    let inplace = cont::bin_op(op).is_some_and(|(_, inplace)| inplace);
    if bin == BinOp::Add && !inplace && x.exact::<List>().is_some() && y.exact::<List>().is_some() {
        return Some(AddList);
    }
    if !inplace && guest_operator(rt, x, y).is_some() {
        return Some(BinGuest);
    }
    None
}

/// The Python function a guest's class gives for the waiting binary operator, if calling it first is right.
pub(crate) fn guest_operator(rt: &mut Rt, a: Value, b: Value) -> Option<Gc<Function>> {
    const NAMES: [Name; 13] = [
        Name::__add__,
        Name::__sub__,
        Name::__mul__,
        Name::__matmul__,
        Name::__truediv__,
        Name::__floordiv__,
        Name::__mod__,
        Name::__pow__,
        Name::__lshift__,
        Name::__rshift__,
        Name::__and__,
        Name::__or__,
        Name::__xor__,
    ];
    let ta = rt.type_of(a);
    if !ta.has_flag(Type::GUEST_OPERATOR) {
        return None;
    }
    let tb = rt.type_of(b);
    if ta != tb && tb.has_flag(Type::HEAP) && tb.is_subclass_of(ta.value()) {
        return None;
    }
    let (bin, inplace) = cont::waiting_instr(rt).op().and_then(cont::bin_op)?;
    if inplace {
        return None;
    }
    let name = rt.name(NAMES[bin as usize]).ok()?;
    let f = rt.type_attr(ta.value(), name).ok()??.get::<Function>()?;
    exact_args(f, 2).then_some(f)
}

fn choose_compare(r: Regs, i: Instr, op: Op) -> Option<Op> {
    let jump = cont::is_compare_jump(op);
    let immediate = op >= Op::LtIJump && jump;
    let (x, y) = match (jump, immediate) {
        (_, true) => (r.get(i.a()), Value::ZERO),
        (true, _) => (r.get(i.a()), r.get(i.b())),
        (false, _) => (r.get(i.b()), r.get(i.c())),
    };
    let (int, float, str) = compare_forms(op)?;
    if x.both_int(y) {
        Some(int)
    } else if !immediate && x.is_float() && y.is_float() {
        Some(float)
    } else if x.exact::<Str>().is_some() && y.exact::<Str>().is_some() {
        str
    } else {
        None
    }
}

/// Forms of a comparison for ints, floats and (equality only) strs. Immediate forms have no float form: the int one
/// stands in and is not asked for.
fn compare_forms(op: Op) -> Option<(Op, Op, Option<Op>)> {
    use Op::*;
    Some(match op {
        Lt => (LtInt, LtFloat, None),
        Le => (LeInt, LeFloat, None),
        Eq => (EqInt, EqFloat, Some(EqStr)),
        Ne => (NeInt, NeFloat, None),
        Gt => (GtInt, GtFloat, None),
        Ge => (GeInt, GeFloat, None),
        LtJump => (LtJumpInt, LtJumpFloat, None),
        LeJump => (LeJumpInt, LeJumpFloat, None),
        EqJump => (EqJumpInt, EqJumpFloat, Some(EqJumpStr)),
        NeJump => (NeJumpInt, NeJumpFloat, Some(NeJumpStr)),
        GtJump => (GtJumpInt, GtJumpFloat, None),
        GeJump => (GeJumpInt, GeJumpFloat, None),
        LtJumpNot => (LtJumpNotInt, LtJumpNotFloat, None),
        LeJumpNot => (LeJumpNotInt, LeJumpNotFloat, None),
        EqJumpNot => (EqJumpNotInt, EqJumpNotFloat, Some(EqJumpNotStr)),
        NeJumpNot => (NeJumpNotInt, NeJumpNotFloat, Some(NeJumpNotStr)),
        GtJumpNot => (GtJumpNotInt, GtJumpNotFloat, None),
        GeJumpNot => (GeJumpNotInt, GeJumpNotFloat, None),
        LtIJump => (LtIJumpInt, LtIJumpInt, None),
        LeIJump => (LeIJumpInt, LeIJumpInt, None),
        EqIJump => (EqIJumpInt, EqIJumpInt, None),
        NeIJump => (NeIJumpInt, NeIJumpInt, None),
        GtIJump => (GtIJumpInt, GtIJumpInt, None),
        GeIJump => (GeIJumpInt, GeIJumpInt, None),
        LtIJumpNot => (LtIJumpNotInt, LtIJumpNotInt, None),
        LeIJumpNot => (LeIJumpNotInt, LeIJumpNotInt, None),
        EqIJumpNot => (EqIJumpNotInt, EqIJumpNotInt, None),
        NeIJumpNot => (NeIJumpNotInt, NeIJumpNotInt, None),
        GtIJumpNot => (GtIJumpNotInt, GtIJumpNotInt, None),
        GeIJumpNot => (GeIJumpNotInt, GeIJumpNotInt, None),
        _ => return None,
    })
}

fn choose_global(rt: &mut Rt, s: &mut SiteCache) -> Option<Op> {
    let d = super::control::globals(rt).ok()?;
    if let Some(i) = entry_of(rt, d, s.name) {
        s.shape = d.ensure_version(&mut rt.heap);
        s.index = i;
        s.owner = d.value();
        return Some(Op::LoadGlobalModule);
    }
    let b = rt.builtins.get::<Dict>()?;
    let i = entry_of(rt, b, s.name)?;
    s.shape = d.ensure_version(&mut rt.heap);
    s.version = b.ensure_version(&mut rt.heap);
    s.index = i;
    s.owner = d.value();
    s.value = b.value();
    Some(Op::LoadGlobalBuiltin)
}

fn choose_store_global(rt: &mut Rt, s: &mut SiteCache) -> Option<Op> {
    let d = super::control::globals(rt).ok()?;
    let i = entry_of(rt, d, s.name)?;
    d.store_unseen(&mut rt.heap, i as usize);
    s.shape = d.ensure_version(&mut rt.heap);
    s.index = i;
    s.owner = d.value();
    Some(Op::StoreGlobalModule)
}

fn watch_class(rt: &mut Rt, s: &mut SiteCache, t: Gc<Type>) {
    s.version = rt.type_version(t);
    s.owner = t.value();
}

fn choose_attr(rt: &mut Rt, obj: Value, s: &mut SiteCache) -> Option<Op> {
    if let Some(t) = obj.get::<Type>() {
        return match choose_type_attr(rt, t, s) {
            true => Some(Op::LoadAttrType),
            false => choose_varying(rt, t, s).then_some(Op::LoadAttrModule),
        };
    }
    if let Some(m) = obj.get::<Module>() {
        return choose_module_attr(rt, m, s).then_some(Op::LoadAttrModule);
    }
    let t = rt.type_of(obj);
    if t.has_flag(Type::GUEST_GETATTRIBUTE) || misc::wrapper(obj, kind::Super).is_some() {
        return None;
    }
    let id = obj.shape();
    if id == u32::MAX {
        return None;
    }
    let found = rt.type_attr(t.value(), s.name).ok()?;
    let in_shape = id >= Shapes::FIRST && !rt.heap.shapes.get(id)?.dict_mode;
    let data = found.is_some_and(|d| rt.is_data_descriptor(d));
    let member = found.is_some_and(|d| misc::wrapper(d, kind::Member).is_some());
    // A guest's descriptor may become one that takes precedence, without its owner changing.
    let guest = found.is_some_and(|d| rt.type_of(d).has_flag(Type::HEAP));
    if in_shape && (!data || member) && !guest {
        let slot = rt.heap.shapes.slot(id, s.name);
        if slot != NO_SLOT {
            return choose_slot(rt, obj, id, slot, s);
        }
    }
    if t.has_flag(Type::GUEST_GETATTR) {
        return None;
    }
    let d = found?;
    if !in_shape && rt.instance_attr(obj, s.name).is_some() {
        return None;
    }
    if !in_shape && id >= Shapes::FIRST {
        return None;
    }
    if id < Shapes::FIRST
        && crate::object::instance::ext(obj).is_some_and(|e| e.get().get::<Dict>().is_some())
    {
        return None;
    }
    let form = match d.header().map(|h| h.kind) {
        Some(_) if rt.guest_binds(d, Type::GUEST_GET) => return None,
        Some(kind::Property) => {
            let getter = misc::wrapper(d, kind::Property)?.a.get();
            if !exact_args(getter.get::<Function>()?, 1) {
                return None;
            }
            s.value = getter;
            Op::LoadAttrProperty
        }
        Some(kind::Function) => {
            s.value = d;
            Op::LoadAttrMethod
        }
        Some(
            kind::MethodDescriptor
            | kind::WrapperDescriptor
            | kind::ClassMethodDescriptor
            | kind::StaticMethod
            | kind::ClassMethod
            | kind::GetSet
            | kind::Member,
        ) => return None,
        _ if rt.varies(s.name, d) => return None,
        _ => {
            s.value = d;
            Op::LoadAttrClass
        }
    };
    let polymorphic = s.shape != SiteCache::NO_SHAPE && s.shape != id && obj.get::<Instance>().is_some();
    s.shape = id;
    if polymorphic && form == Op::LoadAttrClass && in_shape {
        return Some(Op::LoadAttrPoly);
    }
    watch_class(rt, s, t);
    Some(form)
}

fn choose_slot(rt: &mut Rt, obj: Value, id: u32, slot: u32, s: &mut SiteCache) -> Option<Op> {
    let cap = rt.heap.shapes.get(id)?.cap;
    if slot >= cap as u32 {
        s.shape = id;
        s.index = slot;
        s.aux = cap;
        return Some(Op::LoadAttrOverflow);
    }
    obj.get::<Instance>()?;
    // A second shape at a site that knew one makes it polymorphic.
    let polymorphic = s.shape != SiteCache::NO_SHAPE && s.shape != id;
    s.shape = id;
    s.index = slot;
    if polymorphic {
        return Some(Op::LoadAttrPoly);
    }
    Some(Op::LoadAttrSlot)
}

/// Whether nothing but the class itself and its bases has a say in its attributes of that name.
fn plain_class(rt: &mut Rt, t: Gc<Type>, name: Value) -> bool {
    let meta = rt.type_of(t.value());
    !meta.has_flag(Type::HEAP)
        && rt.type_attr(meta.value(), name).is_ok_and(|d| d.is_none_or(|d| !rt.is_data_descriptor(d)))
}

/// A class's own data that varies: found as a module's global is.
fn choose_varying(rt: &mut Rt, t: Gc<Type>, s: &mut SiteCache) -> bool {
    t.has_flag(Type::HEAP) && plain_class(rt, t, s.name) && super::class_changes::cache(rt, t, s)
}

fn choose_type_attr(rt: &mut Rt, t: Gc<Type>, s: &mut SiteCache) -> bool {
    if !plain_class(rt, t, s.name) {
        return false;
    }
    let Ok(Some(d)) = rt.type_attr(t.value(), s.name) else { return false };
    let value = match d.header().map(|h| h.kind) {
        Some(_) if rt.guest_binds(d, Type::GUEST_GET) => return false,
        Some(kind::StaticMethod) => match misc::wrapper(d, kind::StaticMethod) {
            Some(w) => w.a.get(),
            None => return false,
        },
        Some(kind::ClassMethod | kind::ClassMethodDescriptor) => return false,
        _ if rt.varies(s.name, d) => return false,
        _ => d,
    };
    watch_class(rt, s, t);
    s.value = value;
    s.shape = SiteCache::NO_SHAPE;
    true
}

fn choose_module_attr(rt: &mut Rt, m: Gc<Module>, s: &mut SiteCache) -> bool {
    let Some(d) = m.dict.get::<Dict>() else { return false };
    let Some(i) = entry_of(rt, d, s.name) else { return false };
    s.shape = d.ensure_version(&mut rt.heap);
    s.index = i;
    s.owner = d.value();
    true
}

fn choose_store(rt: &mut Rt, obj: Value, s: &mut SiteCache) -> Option<Op> {
    if let Some(t) = obj.get::<Type>() {
        return choose_varying(rt, t, s).then_some(Op::StoreAttrType);
    }
    let t = rt.type_of(obj);
    let id = obj.shape();
    if t.has_flag(Type::GUEST_SETATTR) || id < Shapes::FIRST || id == u32::MAX {
        return None;
    }
    if rt.heap.shapes.get(id)?.dict_mode {
        return None;
    }
    let found = rt.type_attr(t.value(), s.name).ok()?;
    let member = found.is_some_and(|d| misc::wrapper(d, kind::Member).is_some());
    if !member && found.is_some_and(|d| rt.is_data_descriptor(d)) {
        return None;
    }
    let (cap, count) = rt.heap.shapes.get(id).map(|x| (x.cap as u32, x.count as u32))?;
    let slot = rt.heap.shapes.slot(id, s.name);
    let polymorphic = s.shape != SiteCache::NO_SHAPE && s.shape != id && obj.get::<Instance>().is_some();
    s.shape = id;
    if polymorphic && slot < cap {
        return Some(Op::StoreAttrPoly);
    }
    if slot == NO_SLOT {
        if count >= cap || (t.has_flag(Type::NO_DICT) && !member) {
            return None;
        }
        obj.get::<Instance>()?;
        s.version = rt.heap.shape_with(id, s.name).ok()?;
        s.index = count;
        return Some(Op::StoreAttrAdd);
    }
    s.index = slot;
    s.aux = cap as u16;
    if slot >= cap {
        return Some(Op::StoreAttrOverflow);
    }
    obj.get::<Instance>()?;
    Some(Op::StoreAttrSlot)
}

fn choose_method(rt: &mut Rt, obj: Value, s: &mut SiteCache) -> Option<Op> {
    if let Some(t) = obj.get::<Type>() {
        return choose_type_attr(rt, t, s).then_some(Op::LoadMethodType);
    }
    if let Some(m) = obj.get::<Module>() {
        return choose_module_attr(rt, m, s).then_some(Op::LoadMethodModule);
    }
    let id = obj.shape();
    if id == u32::MAX || (id >= Shapes::FIRST && rt.heap.shapes.get(id)?.dict_mode) {
        return None;
    }
    if id < Shapes::FIRST
        && crate::object::instance::ext(obj).is_some_and(|e| e.get().get::<Dict>().is_some())
    {
        return None;
    }
    let f = rt.find_method(obj, s.name).ok()??;
    let t = rt.type_of(obj);
    if s.shape != SiteCache::NO_SHAPE && s.shape != id && obj.get::<Instance>().is_some() {
        return Some(Op::LoadMethodPoly);
    }
    s.shape = id;
    s.value = f;
    watch_class(rt, s, t);
    Some(Op::LoadMethodShape)
}

fn choose_super(rt: &mut Rt, r: Regs, i: Instr, s: &mut SiteCache) -> Option<Op> {
    let (class, obj) = (r.get(i.b()), r.get(i.b() + 1));
    let c = class.get::<Type>()?;
    if obj.get::<Type>().is_some() || obj.shape() < Shapes::FIRST || obj.shape() == u32::MAX {
        return None;
    }
    let start = rt.super_start(class, obj).ok()?;
    let d = rt.super_lookup(class, start, s.name).ok()??;
    if !super::attr::is_method(d) || c.root_shape.get() == 0 {
        return None;
    }
    s.shape = obj.shape();
    s.index = c.root_shape.get();
    s.value = d;
    watch_class(rt, s, start.get::<Type>()?);
    Some(Op::LoadSuperMethodCached)
}

fn choose_in(rt: &mut Rt, item: Value, container: Value, negated: bool) -> Option<Op> {
    let (form, not) = if container.exact::<Dict>().is_some() {
        (Op::InDict, Op::NotInDict)
    } else if set::get(container).is_some() && container.shape() < Shapes::FIRST {
        (Op::InSet, Op::NotInSet)
    } else if fast::in_str(item, container).is_some() {
        (Op::InStr, Op::NotInStr)
    } else {
        // The question costs fuel, which only the answer that counts may take.
        let fuel = rt.fuel;
        let known = fast::in_items(rt, item, container);
        rt.fuel = fuel;
        known?;
        (Op::InItems, Op::NotInItems)
    };
    Some(if negated { not } else { form })
}

fn choose_item(rt: &mut Rt, o: Value, key: Value) -> Option<Op> {
    if o.exact::<Dict>().is_some() {
        return Some(Op::GetItemDict);
    }
    if !key.is_int() {
        return fast::list_slice(rt, o, key).map(|_| Op::GetItemListSlice);
    }
    if o.exact::<List>().is_some() {
        Some(Op::GetItemListInt)
    } else if o.exact::<Tuple>().is_some() {
        Some(Op::GetItemTupleInt)
    } else if o.exact::<Str>().is_some_and(|s| s.is_ascii()) {
        Some(Op::GetItemStrInt)
    } else {
        None
    }
}

/// Whether the body of the loop that ends with the waiting `ForLoop` unpacks each item into two at once.
fn unpacks_pairs(rt: &Rt, i: Instr) -> bool {
    let Some(code) = rt.stack.frame.code() else { return false };
    let after = code.index_of(rt.stack.pc);
    let Some(head) = after.checked_add_signed(i.imm_c() as i32).filter(|&at| at < code.ninstrs) else {
        return false;
    };
    let first = code.original_at(head);
    first.op() == Some(Op::Unpack) && first.b() == i.b() && first.c() == 2 && i.b() == i.a() + 3
}

fn choose_loop(rt: &Rt, i: Instr, state: Value) -> Option<Op> {
    if state.is_int() {
        return Some(Op::ForLoopCount);
    }
    let pairs = match state.header().map(|h| h.kind) {
        Some(kind::Zip) => crate::builtins::native_iters::zip_width(state) == 2,
        k => matches!(k, Some(kind::Enumerate | kind::DictItems)),
    };
    if pairs && unpacks_pairs(rt, i) {
        return Some(Op::ForLoopPairs);
    }
    if state.exact::<Range>().is_some_and(|r| r.small().is_some()) {
        return Some(Op::ForLoopRange);
    }
    if state.get::<List>().is_some() {
        return Some(Op::ForLoopList);
    }
    if state.get::<Tuple>().is_some() {
        return Some(Op::ForLoopTuple);
    }
    if state.get::<Generator>().is_some() {
        return Some(Op::ForLoopGen);
    }
    let k = state.header()?.kind;
    let native = super::iterate::dict_of(state).is_some()
        || set::get(state).is_some()
        || state.get::<Str>().is_some()
        || state.get::<Bytes>().is_some()
        || matches!(k, kind::Enumerate | kind::Zip)
        || crate::object::iter::is_native_iter(k);
    (native && state.shape() < Shapes::FIRST).then_some(Op::ForLoopIter)
}
