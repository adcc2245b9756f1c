//! The slow path of every instruction: what it means in general, by its generic form.
//!
//! Invariant: a handler that exits with `NeedGc`, `Stop` or `Call` has not written a register the instruction reads.

use super::call::CallSite;
use super::cont::{self, Cont};
use super::frame::Frame;
use super::iterate::Step;
use super::native::UnOp;
use super::{Name, Rt, patterns};
use crate::builtins::frozen;
use crate::bytecode::{CALL_GAP, Instr, Op};
use crate::exit::{Exit, ExitKind, Res};
use crate::heap::Gc;
use crate::object::exception::exc;
use crate::object::func::{self, CellObj, Code, Function};
use crate::object::{Dict, List, Str, Tuple, Type, dict, kind, misc, tuple};
use crate::value::Value;

/// Registers of the running frame, for one handler.
#[derive(Clone, Copy)]
struct Regs(Frame);

impl Regs {
    #[cfg_attr(feature = "speed", inline(always))]
    fn get(self, i: u16) -> Value {
        // SAFETY: operands of verified code are registers of the frame.
        unsafe { self.0.reg(i) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    fn set(self, i: u16, v: Value) {
        // SAFETY: as in `get`.
        unsafe { self.0.set_reg(i, v) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    fn run(self, first: u16, n: usize) -> &'static [Value] {
        // SAFETY: runs of verified code lie in the frame; the slice does not leave the handler.
        unsafe { core::slice::from_raw_parts(self.0.0.add(first as usize), n) }
    }
}

/// Runs the instruction before `pc` in general; specializes it on the way if its counter says so.
#[cfg(feature = "speed")]
#[inline(never)]
pub(crate) fn slow(rt: &mut Rt) -> Res<()> {
    let Some(code) = rt.stack.frame.code() else { return Ok(()) };
    let at = code.index_of(rt.stack.pc).wrapping_sub(1);
    let i = code.original_at(at);
    if code.in_quick(rt.stack.pc) {
        super::specialize::tick(rt, code, at, i);
    }
    run_repeatable(rt, code, i)
}

/// Runs instruction `i`, the one before `pc`, in general; for operations that have no specialized forms.
#[inline(never)]
pub(crate) fn plain(rt: &mut Rt, i: Instr) -> Res<()> {
    let Some(code) = rt.stack.frame.code() else { return Ok(()) };
    run_repeatable(rt, code, i)
}

/// Runs an instruction; if it will be run again, the fuel it took is given back, since it will take it again.
#[cfg_attr(feature = "speed", inline(always))]
fn run_repeatable(rt: &mut Rt, code: Gc<Code>, i: Instr) -> Res<()> {
    if rt.heap.stress() {
        if rt.is_retry() {
            rt.heap.disarm_stress();
        } else {
            rt.heap.arm_stress();
        }
    }
    let (frame, fuel) = (rt.stack.frame, rt.fuel);
    let r = run(rt, code, i);
    match r {
        Ok(()) => rt.commit(),
        Err(e) => {
            rt.undo(e, frame, fuel);
        }
    }
    r
}

fn run(rt: &mut Rt, code: Gc<Code>, i: Instr) -> Res<()> {
    let r = Regs(rt.stack.frame);
    let Some(op) = i.op() else { return Ok(()) };
    let (a, b, c) = (i.a(), i.b(), i.c());
    use Op::*;
    match op {
        AddI | SubI | IAddI | ISubI => {
            let Some((op, inplace)) = cont::bin_op(op) else { return Ok(()) };
            let v = rt.binary_op(op, inplace, r.get(b), Value::int(i.imm_c() as i64))?;
            r.set(a, v);
        }
        Neg | Pos | Invert => {
            let op = match op {
                Neg => UnOp::Neg,
                Pos => UnOp::Pos,
                _ => UnOp::Invert,
            };
            let v = rt.unary_op(op, r.get(b))?;
            r.set(a, v);
        }
        Not | Truth => return rt.truth_then(r.get(b)),
        JumpIf | JumpIfNot => return rt.truth_then(r.get(a)),
        In | NotIn => {
            let v = rt.contains_op(r.get(c), r.get(b))?;
            return rt.truth_then(v);
        }
        GetItem => {
            let v = rt.getitem_op(r.get(b), r.get(c))?;
            r.set(a, v);
        }
        SetItem => return rt.setitem_op(r.get(a), r.get(b), r.get(c)),
        DelItem => return rt.setitem_op(r.get(a), r.get(b), Value::UNBOUND),
        GetSlice => return get_slice(rt, r, i),
        SetSlice => return set_slice(rt, r, i),
        BuildSlice => {
            let v = misc::new_slice(&mut rt.heap, r.get(b), r.get(b + 1), r.get(b + 2))?;
            r.set(a, v.value());
        }
        LoadAttr => {
            let v = rt.getattr(r.get(b), code.site(c).0)?;
            r.set(a, v);
        }
        StoreAttr => return rt.setattr(r.get(a), code.site(c).0, r.get(b)),
        DelAttr => return rt.setattr(r.get(a), code.site(c).0, Value::UNBOUND),
        LoadMethod => return load_method(rt, r, i, code.site(c).0),
        LoadSuperAttr | LoadSuperMethod => return load_super(rt, r, i, code.site(c).0),
        LoadGlobal => return load_global(rt, r, i, code.site(b).0),
        StoreGlobal => {
            let d = globals(rt)?;
            return rt.store_global(d, code.site(b).0, r.get(a));
        }
        DelGlobal => return del_global(rt, code.site(b).0),
        LoadName | LoadNameCell | StoreName | DelName => return names(rt, r, i, op, code.site(c).0),
        Call | CallMethod | CallKw | CallMethodKw => return call(rt, r, i, op, code.site(c)),
        CallEx => {
            let (_, dst) = code.site(c);
            return rt.call_ex(r.get(a), r.get(a + CALL_GAP), r.get(a + CALL_GAP + 1), dst, Cont::Value);
        }
        Return => return rt.return_value(r.get(a)),
        ReturnNone => return rt.return_value(Value::NONE),
        GetIter => return rt.get_iter(i),
        ForLoop => return for_loop(rt, i),
        JumpBack => return jump_back(rt, code, i),
        Unpack | UnpackEx => return rt.unpack(i),
        _ if op >= BuildList && op <= FormatSpec => return build(rt, r, i, op),
        _ if cont::bin_op(op).is_some() => {
            let Some((op, inplace)) = cont::bin_op(op) else { return Ok(()) };
            let v = rt.binary_op(op, inplace, r.get(b), r.get(c))?;
            r.set(a, v);
        }
        _ if cont::cmp_op(op).is_some() => return compare(rt, r, i, op),
        _ => return rare(rt, code, r, i, op),
    }
    Ok(())
}

fn compare(rt: &mut Rt, r: Regs, i: Instr, op: Op) -> Res<()> {
    let Some(cmp) = cont::cmp_op(op) else { return Ok(()) };
    if !cont::is_compare_jump(op) {
        let v = rt.compare_op(cmp, r.get(i.b()), r.get(i.c()))?;
        r.set(i.a(), v);
        return Ok(());
    }
    let right = if op >= Op::LtIJump { Value::int(i.imm_b() as i64) } else { r.get(i.b()) };
    let v = rt.compare_op(cmp, r.get(i.a()), right)?;
    rt.truth_then(v)
}

fn get_slice(rt: &mut Rt, r: Regs, i: Instr) -> Res<()> {
    let (o, lo, hi) = (r.get(i.b()), r.get(i.c()), r.get(i.c() + 1));
    if is_plain_sequence(o) {
        let v = crate::builtins::slice::get_slice(rt, o, lo, hi)?;
        r.set(i.a(), v);
        return Ok(());
    }
    let s = misc::new_slice(&mut rt.heap, lo, hi, Value::NONE)?;
    let v = rt.getitem_op(o, s.value())?;
    r.set(i.a(), v);
    Ok(())
}

/// Whether slicing `v` needs no slice object.
fn is_plain_sequence(v: Value) -> bool {
    v.exact::<List>().is_some() || v.exact::<Str>().is_some() || v.exact::<Tuple>().is_some()
}

fn set_slice(rt: &mut Rt, r: Regs, i: Instr) -> Res<()> {
    let s = misc::new_slice(&mut rt.heap, r.get(i.b()), r.get(i.b() + 1), Value::NONE)?;
    rt.setitem_op(r.get(i.a()), s.value(), r.get(i.c()))
}

fn load_method(rt: &mut Rt, r: Regs, i: Instr, name: Value) -> Res<()> {
    let obj = r.get(i.b());
    if let Some(f) = rt.find_method(obj, name)? {
        r.set(i.a(), f);
        r.set(i.a() + CALL_GAP, obj);
        return Ok(());
    }
    let v = rt.getattr(obj, name)?;
    r.set(i.a(), v);
    r.set(i.a() + CALL_GAP, Value::UNBOUND);
    Ok(())
}

impl Rt {
    /// The method `name` of `obj` where calling it needs no bound object: a function or built-in method of its class
    /// that neither the instance nor a guest's attribute hooks hide.
    pub(crate) fn find_method(&mut self, obj: Value, name: Value) -> Res<Option<Value>> {
        let t = self.type_of(obj);
        let hooked = t.has_flag(Type::GUEST_GETATTRIBUTE)
            || matches!(obj.header().map(|h| h.kind), Some(kind::Type | kind::Module | kind::Super));
        if hooked {
            return Ok(None);
        }
        match self.type_attr(t.value(), name)? {
            Some(d) if super::attr::is_method(d) && self.instance_attr(obj, name).is_none() => Ok(Some(d)),
            _ => Ok(None),
        }
    }
}

/// `super().name` and `super().name(…)`.
fn load_super(rt: &mut Rt, r: Regs, i: Instr, name: Value) -> Res<()> {
    let (class, obj, callee) = (r.get(i.b()), r.get(i.b() + 1), r.get(i.b() + 2));
    let method = cont::waiting_instr(rt).op() == Some(Op::LoadSuperMethod);
    let is_super = callee.get::<Type>().is_some_and(|t| t.builtin == kind::Super as u16);
    if !is_super {
        return Err(rt.delegate(frozen::call_and_getattr, &[callee, class, obj, name]));
    }
    let start = rt.super_start(class, obj)?;
    if method
        && start != obj
        && let Some(d) = rt.super_lookup(class, start, name)?
        && super::attr::is_method(d)
    {
        r.set(i.a(), d);
        r.set(i.a() + CALL_GAP, obj);
        return Ok(());
    }
    let v = rt.super_getattr(Value::UNBOUND, class, obj, start, name)?;
    r.set(i.a(), v);
    if method {
        r.set(i.a() + CALL_GAP, Value::UNBOUND);
    }
    Ok(())
}

impl Rt {
    /// The class whose resolution order `super(class, obj)` follows.
    pub fn super_start(&mut self, class: Value, obj: Value) -> Res<Value> {
        if obj.get::<Type>().is_some_and(|t| t.is_subclass_of(class)) {
            return Ok(obj);
        }
        let t = self.type_of(obj);
        if t.is_subclass_of(class) {
            return Ok(t.value());
        }
        Err(self.type_error(message!(
            "super(type, obj): obj ({} {}) is not an instance or subtype of type ({}).",
            if obj.get::<Type>().is_some() { "type" } else { "instance of" },
            obj.get::<Type>().map_or(super::text_of_type(t), super::text_of_type),
            class.get::<Type>().map_or("?", super::text_of_type),
        )))
    }
}

/// The globals of the running function.
pub(crate) fn globals(rt: &mut Rt) -> Res<Gc<Dict>> {
    let f = rt.stack.frame.func();
    let f = match f.get::<crate::object::Generator>() {
        Some(g) => g.func,
        None => f,
    };
    match f.get::<Function>().and_then(|f| f.globals.get::<Dict>()) {
        Some(d) => Ok(d),
        None => Err(rt.raise(exc::SystemError, message!("a frame without globals"))),
    }
}

fn load_global(rt: &mut Rt, r: Regs, i: Instr, name: Value) -> Res<()> {
    let v = global(rt, name)?;
    r.set(i.a(), v);
    Ok(())
}

/// A global or built-in by name; NameError.
fn global(rt: &mut Rt, name: Value) -> Res<Value> {
    let d = globals(rt)?;
    if let Some(v) = rt.dict_get_str(d, name) {
        return Ok(v);
    }
    if let Some(v) = rt.builtin(name)? {
        return Ok(v);
    }
    if d.value() == rt.frozen_globals
        && let Some(f) = rt.frozen_named(super::attr::text(name))?
    {
        rt.dict_set_str(d, name, f)?;
        return Ok(f);
    }
    if d.value() == rt.frozen_globals
        && let Some(def) = intrinsic(super::attr::text(name))
    {
        let f = rt.new_native(def, kind::Builtin, Value::UNBOUND, Value::UNBOUND)?;
        rt.dict_set_str(d, name, f)?;
        return Ok(f);
    }
    Err(name_error(rt, name))
}

/// A native that frozen Python alone can name, made on first use.
fn intrinsic(name: &str) -> Option<&'static super::NativeDef> {
    crate::builtins::INTRINSICS.iter().flat_map(|l| l.iter()).find(|d| d.name() == name)
}

#[cold]
fn name_error(rt: &mut Rt, name: Value) -> Exit {
    let n = super::attr::text(name);
    let seen = match seen_from(rt, name) {
        Ok(v) => v,
        Err(e) => return e,
    };
    let e = rt.raise(exc::NameError, message!("name '{n}' is not defined"));
    rt.with_name(e, name, seen)
}

/// What a NameError keeps for suggestions: the globals; in a tuple if the method's `self` has the attribute.
fn seen_from(rt: &mut Rt, name: Value) -> Res<Value> {
    let g = globals(rt)?.value();
    let f = rt.stack.frame;
    let Some(code) = f.code() else { return Ok(g) };
    if code.argcount == 0 || code.module().var_name(&code.func, 0) != Some("self") {
        return Ok(g);
    }
    // SAFETY: the first parameter's register.
    let mut this = unsafe { f.reg(0) };
    if let Some(cell) = this.get::<CellObj>() {
        this = cell.content.get();
    }
    if this.is_unbound() {
        return Ok(g);
    }
    let class = rt.type_of(this).value();
    let has = rt.instance_attr(this, name).is_some() || rt.type_attr(class, name)?.is_some();
    if has { rt.new_tuple(&[g]) } else { Ok(g) }
}

fn del_global(rt: &mut Rt, name: Value) -> Res<()> {
    let d = globals(rt)?;
    delete_name(rt, d, name)
}

fn delete_name(rt: &mut Rt, d: Gc<Dict>, name: Value) -> Res<()> {
    let h = name.get::<Str>().map_or(0, |s| crate::object::hash::hash_str(&rt.heap, &s));
    match d.find(&rt.heap, h, name) {
        dict::Probe::Found(at) => {
            d.remove_entry(&mut rt.heap, at);
            Ok(())
        }
        _ => Err(name_error(rt, name)),
    }
}

/// Names in class bodies, whose namespace may be any mapping.
fn names(rt: &mut Rt, r: Regs, i: Instr, op: Op, name: Value) -> Res<()> {
    let ns = match op {
        Op::LoadNameCell => r.get(0),
        Op::LoadName => r.get(i.b()),
        _ => r.get(i.a()),
    };
    let plain = ns.exact::<Dict>();
    match op {
        Op::StoreName => match plain {
            Some(d) => rt.dict_set_str(d, name, r.get(i.b())),
            None => rt.setitem_op(ns, name, r.get(i.b())),
        },
        Op::DelName => match plain {
            Some(d) => delete_name(rt, d, name),
            None => rt.setitem_op(ns, name, Value::UNBOUND),
        },
        _ => {
            if let Some(d) = plain {
                if let Some(v) = rt.dict_get_str(d, name) {
                    r.set(i.a(), v);
                    return Ok(());
                }
            } else {
                let fallback = if op == Op::LoadNameCell { cell_content(rt, r, i)? } else { Value::NONE };
                let g = globals(rt)?.value();
                let f = if op == Op::LoadNameCell { frozen::name_or_value } else { frozen::name_or_global };
                let other = if op == Op::LoadNameCell { fallback } else { g };
                return Err(rt.delegate(f, &[ns, name, other]));
            }
            let v = if op == Op::LoadNameCell { cell_content(rt, r, i)? } else { global(rt, name)? };
            r.set(i.a(), v);
            Ok(())
        }
    }
}

fn cell_content(rt: &mut Rt, r: Regs, i: Instr) -> Res<Value> {
    match r.get(i.b()).get::<CellObj>() {
        Some(c) if !c.content.get().is_unbound() => Ok(c.content.get()),
        _ => Err(unbound(rt, i.b())),
    }
}

/// NameError or UnboundLocalError for the variable of register `reg`.
#[cold]
fn unbound(rt: &mut Rt, reg: u16) -> Exit {
    let Some(code) = rt.stack.frame.code() else { return Exit::NeedGc };
    let module = code.module().clone();
    let n = module.var_name(&code.func, reg as u32).unwrap_or("?");
    let is_free = reg >= code.nlocals - code.func.nfree;
    let name = match rt.intern(n.as_bytes()) {
        Ok(v) => v,
        Err(e) => return e,
    };
    let e = if is_free {
        rt.raise(
            exc::NameError,
            message!(
                "cannot access free variable '{n}' where it is not associated with a value in enclosing scope"
            ),
        )
    } else {
        rt.raise(
            exc::UnboundLocalError,
            message!("cannot access local variable '{n}' where it is not associated with a value"),
        )
    };
    rt.with_name(e, name, Value::UNBOUND)
}

fn call(rt: &mut Rt, r: Regs, i: Instr, op: Op, (names, dst): (Value, u16)) -> Res<()> {
    rt.safepoint_at_call()?;
    let callee = r.get(i.a());
    let method = matches!(op, Op::CallMethod | Op::CallMethodKw);
    let keywords = matches!(op, Op::CallKw | Op::CallMethodKw);
    // SAFETY: the window lies in the frame (verified).
    let first = unsafe { r.0.0.add((i.a() + CALL_GAP) as usize) };
    let n = i.b() as usize;
    let (args, n) = if !method {
        (first, n)
    } else if r.get(i.a() + CALL_GAP).is_unbound() {
        // SAFETY: as above; the window has one word more.
        (unsafe { first.add(1) }, n)
    } else {
        (first, n + 1)
    };
    let kw = if keywords { names } else { Value::UNBOUND };
    rt.call(callee, CallSite { args, n, kw, dst, cont: Cont::Value, owned: false })
}

/// `ForLoop` in general.
fn for_loop(rt: &mut Rt, i: Instr) -> Res<()> {
    let distance = (-(i.imm_c() as i64)).max(1);
    if rt.fuel < distance {
        return Err(rt.stop_for(super::StopReason::Fuel));
    }
    rt.safepoint()?;
    // Before the step, which may push a frame.
    count_back_edge(rt);
    // Charged before the step: if only its call is repeated later, this is not reached again.
    rt.fuel -= distance;
    let r = Regs(rt.stack.frame);
    match rt.step_state(i.a(), i.b(), Cont::ForNext)? {
        Step::Item(v) => {
            r.set(i.b(), v);
            rt.stack.pc = rt.stack.pc.wrapping_offset(i.imm_c() as isize);
        }
        Step::End | Step::Called => {}
    }
    Ok(())
}

/// `JumpBack` in the immutable code: charges, polls, and moves to the quick copy once warm.
fn jump_back(rt: &mut Rt, code: Gc<Code>, i: Instr) -> Res<()> {
    let distance = -(i.offset32() as i64);
    if rt.fuel < distance {
        return Err(rt.stop_for(super::StopReason::Fuel));
    }
    rt.safepoint()?;
    rt.fuel -= distance;
    rt.stack.pc = rt.stack.pc.wrapping_offset(i.offset32() as isize);
    let _ = code;
    count_back_edge(rt);
    Ok(())
}

/// Counts a back-edge of cold code; when warm, goes on at the same place of the quick copy.
fn count_back_edge(rt: &mut Rt) {
    let Some(code) = rt.stack.frame.code() else { return };
    if code.in_quick(rt.stack.pc) {
        return;
    }
    rt.count_entry(code);
    if !code.quick.get().is_null() {
        let at = code.index_of(rt.stack.pc);
        rt.stack.pc = code.quick.get().cast_const().wrapping_add(at as usize);
    }
}

impl Rt {
    /// A point where the run may be interrupted and the heap collected; nothing has been changed yet.
    #[inline]
    pub(crate) fn safepoint(&mut self) -> Res<()> {
        if self.interrupted() {
            self.take_interrupt()?;
        }
        if self.heap.gc_due() {
            self.collect();
        }
        Ok(())
    }

    /// As `safepoint`, before a call.
    #[inline]
    pub(crate) fn safepoint_at_call(&mut self) -> Res<()> {
        self.safepoint()
    }
}

fn build(rt: &mut Rt, r: Regs, i: Instr, op: Op) -> Res<()> {
    let (a, b, c) = (i.a(), i.b(), i.c());
    use Op::*;
    let v = match op {
        BuildList => rt.new_list(r.run(b, c as usize))?,
        BuildTuple => rt.new_tuple(r.run(b, c as usize))?,
        BuildSet => crate::builtins::set::build_set(rt, r.run(b, c as usize))?,
        BuildMap => crate::builtins::dict::build_map(rt, r.run(b, 2 * c as usize))?,
        BuildString => crate::builtins::str::build_string(rt, r.run(b, c as usize))?,
        ListToTuple => match r.get(b).get::<List>() {
            Some(l) => tuple_of(rt, l)?,
            None => Value::NONE,
        },
        Convert => match c {
            0 => rt.str(r.get(b))?,
            1 => rt.repr(r.get(b))?,
            _ => crate::builtins::str::ascii(rt, r.get(b))?,
        },
        Format => crate::builtins::str::format_plain(rt, r.get(b))?,
        FormatSpec => crate::builtins::str::format_value(rt, r.get(b), r.get(c))?,
        _ => return extend(rt, r, i, op),
    };
    r.set(a, v);
    Ok(())
}

fn tuple_of(rt: &mut Rt, l: Gc<List>) -> Res<Value> {
    if l.is_empty() {
        return Ok(rt.empty_tuple);
    }
    Ok(tuple::new(&mut rt.heap, l.items())?.value())
}

fn extend(rt: &mut Rt, r: Regs, i: Instr, op: Op) -> Res<()> {
    let (x, y, z) = (r.get(i.a()), r.get(i.b()), r.get(i.c()));
    use Op::*;
    match op {
        ListAppend => match x.get::<List>() {
            Some(l) => l.push(&mut rt.heap, y),
            None => Ok(()),
        },
        ListExtend => {
            if !rt.is_iterable(y)? {
                let tn = rt.type_name(y);
                return Err(if i.c() == 0 {
                    rt.type_error(message!("Value after * must be an iterable, not {tn}"))
                } else {
                    let f = rt.callable_name(r.get(i.c() - 1))?;
                    let f = super::attr::text(f);
                    rt.type_error(message!("{f} argument after * must be an iterable, not {tn}"))
                });
            }
            match x.get::<List>() {
                Some(_) => crate::builtins::list::list_extend(rt, x, y).map(|_| ()),
                None => Ok(()),
            }
        }
        SetAdd => crate::builtins::set::set_add(rt, x, y).map(|_| ()),
        SetUpdate => crate::builtins::set::set_update(rt, x, y).map(|_| ()),
        MapAdd => crate::builtins::dict::dict_setitem(rt, x, y, z).map(|_| ()),
        DictUpdate => crate::builtins::dict::dict_update_mapping(rt, x, y).map(|_| ()),
        DictMerge => crate::builtins::dict::dict_merge(rt, x, y, z).map(|_| ()),
        _ => Ok(()),
    }
}

/// Everything that is neither frequent nor an operator.
fn rare(rt: &mut Rt, code: Gc<Code>, r: Regs, i: Instr, op: Op) -> Res<()> {
    let (a, b, c) = (i.a(), i.b(), i.c());
    use Op::*;
    match op {
        // The loop runs these itself; they come here where an anchor of a trace stands in their place.
        Move => r.set(a, r.get(b)),
        LoadConst => r.set(a, code.consts().get(b as usize).copied().unwrap_or(Value::NONE)),
        LoadInt => r.set(a, Value::int(i.imm_b() as i64)),
        LoadNone => r.set(a, Value::NONE),
        Is | IsNot => r.set(a, Value::bool((r.get(b) == r.get(c)) == (op == Is))),
        Jump => rt.stack.pc = rt.stack.pc.wrapping_offset(i.offset32() as isize),
        JumpIfNone | JumpIfNotNone if r.get(a).is_none() == (op == JumpIfNone) => {
            rt.stack.pc = rt.stack.pc.wrapping_offset(i.offset32() as isize);
        }
        MoveChecked if r.get(b).is_unbound() => return Err(unbound(rt, b)),
        MoveChecked => r.set(a, r.get(b)),
        CheckBound | DelLocal if r.get(a).is_unbound() => return Err(unbound(rt, a)),
        CheckBound => {}
        DelLocal | ClearLocal => r.set(a, Value::UNBOUND),
        MakeCell => {
            let v = func::new_cell(&mut rt.heap, r.get(a))?;
            r.set(a, v.value());
        }
        CopyFree => {
            let f = rt.stack.frame.func();
            if let Some(cells) = f.get::<Function>().and_then(|f| f.closure.get::<Tuple>()) {
                for (n, &cell) in cells.items().iter().take(b as usize).enumerate() {
                    r.set(a + n as u16, cell);
                }
            }
        }
        LoadCell => {
            let v = cell_content(rt, r, i)?;
            r.set(a, v);
        }
        StoreCell => {
            if let Some(cell) = r.get(a).get::<CellObj>() {
                cell.content.set(r.get(b));
            }
        }
        DelCell => match r.get(a).get::<CellObj>() {
            Some(cell) if !cell.content.get().is_unbound() => cell.content.set(Value::UNBOUND),
            _ => return Err(unbound(rt, a)),
        },
        MakeFunction => {
            let v = make_function(rt, code, b, r.run(c, 4))?;
            r.set(a, v);
        }
        LoadBuildClass => {
            let key = rt.name(Name::__build_class__)?;
            match rt.builtin(key)? {
                Some(v) => r.set(a, v),
                None => return Err(rt.raise(exc::NameError, message!("__build_class__ not found"))),
            }
        }
        MakeGenerator => return rt.make_generator(i),
        Yield | YieldFrom => return rt.yield_value(i),
        GetYieldFromIter => return yield_from_iter(rt, r, i),
        Send => return send(rt, r, i),
        Raise => return raise_class_cause(rt, r.get(a), None),
        RaiseFrom => return raise_class_cause(rt, r.get(a), Some(r.get(b))),
        RaiseCurrent => {
            if rt.handled.is_none() {
                return Err(rt.raise(exc::RuntimeError, message!("No active exception to reraise")));
            }
            let e = rt.handled;
            rt.reraising = true;
            return Err(rt.raise_value(e));
        }
        Reraise => {
            rt.reraising = true;
            return Err(rt.raise_value(r.get(a)));
        }
        PopExcept => rt.handled = r.get(a + 1),
        MatchExcept => {
            let hit = rt.exception_matches(r.get(b), r.get(c))?;
            r.set(a, Value::bool(hit));
        }
        LoadException | MatchKind | Length | MatchClass | MatchArgs | LoadAttrBy => {
            let v = patterns::run(rt, op, i, |n| r.get(n))?;
            r.set(a, v);
        }
        WithEnter => return with_enter(rt, r, i),
        WithExcept => {
            let e = r.get(c);
            let t = rt.type_of(e).value();
            let tb = e.get::<crate::object::Exception>().map_or(Value::NONE, |e| e.traceback.get());
            return rt.call_slice(r.get(b), &[t, e, tb], a, Cont::Value);
        }
        ImportName => {
            let name = code.consts().get(b as usize).copied().unwrap_or(Value::NONE);
            let g = globals(rt)?.value();
            return Err(rt.delegate(frozen::import_name, &[name, r.get(c), r.get(c + 1), g]));
        }
        ImportFrom => return Err(rt.delegate(frozen::import_from, &[r.get(b), code.site(c).0])),
        ImportStar => {
            let g = globals(rt)?.value();
            return Err(rt.delegate(frozen::import_star, &[r.get(a), g]));
        }
        _ => {}
    }
    Ok(())
}

fn raise_class_cause(rt: &mut Rt, x: Value, cause: Option<Value>) -> Res<()> {
    let cause_class = cause
        .filter(|c| c.get::<Type>().is_some_and(|t| t.has_flag(Type::EXCEPTION)))
        .filter(|_| x.get::<crate::object::Exception>().is_some());
    match cause_class {
        Some(c) => Err(rt.delegate(frozen::raise_instance_from_class, &[x, c])),
        None => rt.raise_object(x, cause),
    }
}

fn make_function(rt: &mut Rt, code: Gc<Code>, index: u16, extras: &[Value]) -> Res<Value> {
    let module = code.module().clone();
    let child = rt.code_at(&module, code.siblings, index as u32)?;
    let g = globals(rt)?.value();
    let at = |n: usize| extras.get(n).copied().unwrap_or(Value::NONE);
    let f = func::new_function(&mut rt.heap, child, g, at(3))?;
    f.defaults.set(at(0));
    f.kwdefaults.set(at(1));
    Ok(f.value())
}

fn yield_from_iter(rt: &mut Rt, r: Regs, i: Instr) -> Res<()> {
    let v = r.get(i.b());
    if v.get::<crate::object::Generator>().is_some() {
        r.set(i.a(), v);
        return Ok(());
    }
    if !rt.type_of(v).has_flag(Type::GUEST_ITER) {
        if rt.slots_of(v).next.is_some() {
            r.set(i.a(), v);
            return Ok(());
        }
        if let Some(f) = rt.slots_of(v).iter {
            let it = f(rt, v)?;
            r.set(i.a(), it);
            return Ok(());
        }
    }
    Err(rt.delegate(frozen::iter_of, &[v]))
}

fn send(rt: &mut Rt, r: Regs, i: Instr) -> Res<()> {
    let (v, it) = (r.get(i.a()), r.get(i.b()));
    if let Some(g) = it.get::<crate::object::Generator>() {
        return rt.send_into(g, v, i.a(), Cont::SendResult);
    }
    if !v.is_none() {
        let name = rt.intern(b"send")?;
        return Err(rt.delegate(frozen::send_to, &[it, name, v]));
    }
    if let Some(next) = rt.slots_of(it).next
        && !rt.type_of(it).has_flag(Type::GUEST_ITER)
    {
        let item = next(rt, it)?;
        if item.is_unbound() {
            cont::send_done(rt, Value::NONE);
        } else {
            r.set(i.a(), item);
        }
        return Ok(());
    }
    let name = rt.name(Name::__next__)?;
    match rt.lookup_special(it, name)? {
        Some(f) => rt.call_special(f, it, &[], i.a(), Cont::SendResult),
        None => {
            let tn = rt.type_name(it);
            Err(rt.type_error(message!("'{tn}' object is not an iterator")))
        }
    }
}

fn with_enter(rt: &mut Rt, r: Regs, i: Instr) -> Res<()> {
    let v = r.get(i.b());
    let (enter, exit) = (rt.name(Name::__enter__)?, rt.name(Name::__exit__)?);
    let tn = rt.type_name(v);
    let Some(exit) = rt.lookup_special(v, exit)? else {
        return Err(rt.type_error(message!(
            "'{tn}' object does not support the context manager protocol (missed __exit__ method)"
        )));
    };
    let Some(enter) = rt.lookup_special(v, enter)? else {
        return Err(rt.type_error(message!(
            "'{tn}' object does not support the context manager protocol (missed __enter__ method)"
        )));
    };
    let bound = rt.bind_special(exit, v)?;
    let (dst, exit_reg) = (i.a() + 1, i.a());
    let e = rt.special_call(enter, v, &[]);
    if !rt.caught(e, ExitKind::Call) {
        return Err(e);
    }
    let callee = rt.pending.callee;
    // The pending call holds the manager; from here on only that call is repeated, not the instruction.
    r.set(exit_reg, bound);
    rt.call_pending(callee, dst, Cont::Enter)
}

const _: () = assert!(Op::BuildList as u16 + 16 >= Op::FormatSpec as u16);
