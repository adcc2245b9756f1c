//! Recording calls and returns.

use super::arguments::Given;
use super::begin::live_of;
use super::finish::flush_all;
use super::{Ctx, Kind, MAX_INLINE, Rec, Stop, helpers};
use crate::bytecode::{CALL_GAP, FuncFlags, Op};
use crate::emit::JitCtx;
use crate::heap::{Gc, Shapes};
use crate::interp::Name;
use crate::interp::cont::Cont;
use crate::interp::frame::{Frame, HEADER, flag, meta, word};
use crate::interp::native::NativeDef;
use crate::jit::Abort;
use crate::object::func::Builtin;
use crate::object::{Code, Dict, Function, Instance, List, Type, kind};
use crate::opt::builder::{Build, FrameNode, Ty, clobber, push};
use crate::trace::ir::{Ins, Ref};
use crate::uop::Uop;
use crate::value::Value;

/// Recordings in which a recursive function did not come to a call in a call of itself, before none is inlined.
const SHALLOW: u8 = 4;

/// Where the registers of a frame that calls, at instruction `pc`, must be as live as they are while a call with this
/// continuation runs: if it may look at its instruction's operands again, or a handler may take over, before the instruction.
pub(super) fn live_while_called(code: &Code, pc: u32, cont: Cont) -> u32 {
    let plain = matches!(cont, Cont::Value | Cont::Init) && code.func().excs.1 == 0;
    pc + plain as u32
}

impl Ctx<'_> {
    /// Enters the frame of an inlined call whose arguments stand from word `at` (from this frame's register 0) on.
    pub(super) fn push_frame(
        &mut self,
        f: Gc<Function>,
        func: Ref,
        at: u32,
        dst: u16,
        cont: Cont,
    ) -> Rec<()> {
        let code = f.code();
        let generator = code.flags & (FuncFlags::GENERATOR | FuncFlags::COROUTINE) != 0;
        let (depth, same) = self.depth_in(code);
        // A function that calls itself is inlined in itself once, unless recordings found that its calls end before.
        // Methods are not: what they are called on has other classes each time, and the trees grow too large.
        let itself = self.i.op() == Some(Op::Call) && same == depth;
        let levels = if itself && self.r.failed.shallow < SHALLOW { 2 } else { 1 };
        self.r.recursed |= itself && same == 1 && self.r.function;
        if same >= levels && !generator || depth >= MAX_INLINE {
            return self.call_trace(f, func, at, dst, cont);
        }
        let base = self.base + at;
        self.r.charge(self.b, code.entry_cost);
        let number = self.add_node(code, base, dst, cont, 0)?;
        self.b.drop_slots((base + code.nparams as u32) as usize);
        // Where an earlier call's window began elsewhere, its arguments lie where this frame's header is: no exit is to
        // write them, since a frame that a helper has pushed above relies on the header.
        self.b.drop_between(base as usize - HEADER..base as usize);
        self.b.set_slot(base as usize - HEADER, func, true)?;
        let unbound = self.b.value(Value::UNBOUND)?;
        for r in code.nparams..code.nlocals {
            self.b.set_slot(base as usize + r as usize, unbound, true)?;
        }
        self.b.now.node = number;
        self.b.state_changed();
        // SAFETY: the frame will begin there; only its address is compared.
        self.r.expect = (unsafe { self.frame.add(at as usize) }, code.instrs.get());
        Ok(())
    }

    /// How many frames the trace is in, and how many of them are `code`'s.
    pub(super) fn depth_in(&self, code: Gc<Code>) -> (usize, usize) {
        let (mut depth, mut same) = (0, 0);
        let mut n = self.b.now.node;
        while let Some(x) = self.b.nodes.get(n as usize) {
            depth += 1;
            same += (x.code == code.as_ptr() as usize) as usize;
            if x.parent == n {
                break;
            }
            n = x.parent;
        }
        (depth, same)
    }

    /// A frame called from the running one, with register 0 at word `base`; its number.
    pub(super) fn add_node(
        &mut self,
        code: Gc<Code>,
        base: u32,
        dst: u16,
        cont: Cont,
        flags: u64,
    ) -> Rec<u32> {
        self.r.keep(code.value())?;
        let live = live_of(self.b, code)?;
        let node = FrameNode {
            parent: self.b.now.node,
            base,
            code: code.as_ptr() as usize,
            live,
            ret_pc: self.pc + 1,
            live_pc: self.live_while_called(cont),
            meta: meta(dst, cont as u8, flags),
        };
        let number = self.b.nodes.len() as u32;
        push(&mut self.b.nodes, node)?;
        Ok(number)
    }

    /// [`live_while_called`] of the call at hand.
    pub(super) fn live_while_called(&self, cont: Cont) -> u32 {
        live_while_called(&self.code, self.pc, cont)
    }

    /// A call that is not inlined: a real frame, a jump to the function's own trace, and a label to return to.
    fn call_trace(&mut self, f: Gc<Function>, func: Ref, at: u32, dst: u16, cont: Cont) -> Rec<()> {
        let code = f.code();
        let addr = code.as_ptr() as usize;
        let own = self.r.function && self.r.code == code;
        let other = self.table.at(addr, 0);
        if cont != Cont::Value || !(own || other.is_some()) {
            self.r.wants = Some((code, 0));
            return Err(Stop::Abort(Abort::TooDeep));
        }
        let base = self.base + at;
        self.r.keep(code.value())?;
        self.b.drop_slots((base + code.nparams as u32) as usize);
        // Everything that matters goes to memory: registers of all frames, then their headers, then the callee's.
        flush_all(self.b, self.live_while_called(Cont::Value))?;
        for r in 0..code.nparams {
            self.flush((at + r as u32) as u16)?;
        }
        // Behind what may leave: floats that no immediate is for. The interpreter makes the call then, and takes its price.
        self.r.charge(self.b, code.entry_cost);
        self.r.commit_fuel(self.b)?;
        let unbound = self.b.value(Value::UNBOUND)?;
        for r in code.nparams..code.nlocals {
            self.b.op_d(Uop::SlotStore, &[unbound], (base as i32 + r as i32) * 8)?;
        }
        let frames = super::finish::write_headers(self.b)?;
        let label = self.r.links.len() as i32;
        let resume = self.b.op_d(Uop::LabelAddr, &[], label)?;
        // SAFETY: the instruction after a call exists.
        let ret = unsafe { self.code.instrs.get().add(self.pc as usize + 1) };
        let here = self.base as i32;
        let words = [
            (here + word::PC as i32, self.b.word(ret as usize as u64, Ty::Raw)?),
            (base as i32 + word::FUNC as i32, func),
            (base as i32 + word::CODE as i32, self.b.word(addr as u64, Ty::Raw)?),
            (base as i32 + word::PREV as i32, self.b.op_d(Uop::FrameAddr, &[], here * 8)?),
            (base as i32 + word::RESUME as i32, resume),
            (base as i32 + word::META as i32, self.b.word(meta(dst, Cont::Value as u8, 0), Ty::Raw)?),
        ];
        for (at, x) in words {
            self.b.op_d(Uop::SlotStore, &[x], at * 8)?;
        }
        let depth_at = core::mem::offset_of!(JitCtx, depth) as i32;
        self.b.op_dk(Uop::CtxAdd32, &[], depth_at, frames as u64 + 1)?;
        self.b.add_frame(base as i32)?;
        // An exit here, if the other trace is gone, goes on in the interpreter at the callee's start.
        let caller = self.b.now;
        let live = live_of(self.b, code)?;
        self.b.new_root(addr, live, 0)?;
        self.b.add(Ins::new(Uop::Exit, &[]))?;
        push(&mut self.r.links, if own { None } else { other })?;
        // Back: the frame is the caller's own, from which the root's is found; the callee's is gone.
        self.b.return_label(label)?;
        self.b.now = crate::opt::builder::State { pc: self.pc + 1, fuel: 0, ..caller };
        self.b.state_changed();
        if here != 0 {
            self.b.add_frame(-here)?;
        }
        if frames != 0 {
            self.b.op_dk(Uop::CtxAdd32, &[], depth_at, (frames as u32).wrapping_neg() as u64)?;
        }
        let x = self.b.op_d(Uop::CtxLoad, &[], core::mem::offset_of!(JitCtx, ret) as i32)?;
        self.set(dst, x)?;
        self.r.check_pending = true;
        self.r.callee_runs = Some((self.frame, ret));
        self.r.expect = (self.frame, ret);
        Ok(())
    }

    /// Returns from a root frame that compiled code called, to its return label.
    fn return_label(&mut self, x: Ref) -> Rec<()> {
        self.r.commit_fuel(self.b)?;
        let x = match self.class(x) {
            crate::uop::Class::F => self.b.op(Uop::BoxFloat, &[x])?,
            crate::uop::Class::G => x,
        };
        let resume = self.b.op_d(Uop::SlotLoad, &[], word::RESUME as i32 * 8)?;
        let zero = self.b.word(0, Ty::Raw)?;
        self.b.op(Uop::GuardNe, &[resume, zero])?;
        let prev = self.b.op_d(Uop::SlotLoad, &[], word::PREV as i32 * 8)?;
        self.b.op_d(Uop::CtxStore, &[x], core::mem::offset_of!(JitCtx, ret) as i32)?;
        self.b.op_dk(Uop::CtxAdd32, &[], core::mem::offset_of!(JitCtx, depth) as i32, u32::MAX as u64)?;
        self.b.add(Ins::new(Uop::SetFrame, &[prev]))?;
        self.b.add(Ins::new(Uop::JumpReg, &[resume]))?;
        Err(Stop::Return)
    }

    pub(super) fn ret(&mut self, x: Ref) -> Rec<()> {
        let Some(n) = self.b.nodes.get(self.b.now.node as usize).copied() else { return Err(Stop::Here) };
        let Some(p) = self.b.nodes.get(n.parent as usize).copied() else { return Err(Stop::Here) };
        if n.parent == self.b.now.node {
            return self.return_below(x);
        }
        if n.meta & flag::GENERATOR != 0 {
            return self.generator_return(n, x);
        }
        let cont = Cont::from_u8((n.meta >> 8) as u8);
        let instance = match cont {
            Cont::Init => self.b.slot(n.base as usize - HEADER - 1),
            _ => None,
        };
        // SAFETY: the trace keeps the caller's code alive.
        let code = unsafe { &*(p.code as *const Code) };
        let x = match cont {
            Cont::TruthOf => self.contained(x, code, n.ret_pc)?,
            _ => self.returned(cont, x, instance)?,
        };
        let jumped = match cont {
            Cont::CmpFirst => self.compared(x, code, n.ret_pc)?,
            Cont::ForNext => Some(self.next_round(n.parent, p, n.ret_pc)?),
            _ => None,
        };
        // SAFETY: the caller's frame; only its address is compared.
        let caller = unsafe { self.r.root.add(p.base as usize) };
        // SAFETY: the instruction after a call exists, and what a comparison jumps to.
        let pc = unsafe { code.instrs.get().add(jumped.unwrap_or(n.ret_pc) as usize) };
        self.r.expect = (caller, pc);
        // A constructor's frame has the instance before its header; before another's stands a register of the caller.
        self.b.drop_slots(n.base as usize - HEADER - n.is_init() as usize);
        self.b.now.node = n.parent;
        self.b.state_changed();
        let dst = p.base as usize + (n.meta >> 16) as usize;
        if cont == Cont::ForNext || cont != Cont::Discard && jumped.is_none() {
            self.b.set_slot(dst, x, true)?;
        }
        if cont == Cont::GetIter {
            let zero = self.b.int(0)?;
            self.b.set_slot(dst + 1, zero, true)?;
            self.b.set_slot(dst + 2, zero, true)?;
        }
        Ok(())
    }

    /// What continuation `cont` makes of `x`, which was returned; a constructor's is the instance.
    fn returned(&mut self, cont: Cont, x: Ref, instance: Option<Ref>) -> Rec<Ref> {
        match cont {
            Cont::Value | Cont::Enter | Cont::Discard | Cont::ForNext => Ok(x),
            Cont::Init => {
                let none = self.b.value(Value::NONE)?;
                self.b.op(Uop::GuardEq, &[x, none])?;
                instance.ok_or(Stop::Here)
            }
            Cont::GetIter => {
                // It begins here if it is a generator, one of the built-in iterators, or of a guest's class.
                let v = self.answered();
                let shape = v.shape();
                let native = shape < Shapes::FIRST && self.rt.slots_of(v).next.is_some();
                if !Self::is_generator(v) && !native && self.special(v, Name::__next__, 1).is_none() {
                    return Err(Stop::Here);
                }
                self.shape(x, shape)?;
                if v.get::<Instance>().is_some() {
                    self.guard_methods(x, v)?;
                }
                Ok(x)
            }
            Cont::BinFirst | Cont::CmpFirst => {
                let k = self.b.value(Value::NOT_IMPLEMENTED)?;
                if self.class(x) == crate::uop::Class::G {
                    self.b.op(Uop::GuardNe, &[x, k])?;
                }
                Ok(x)
            }
            _ => Err(Stop::Here),
        }
    }

    /// Returns from the trace's root frame to the frame below it, if that is the one seen now; it becomes the root.
    fn return_below(&mut self, x: Ref) -> Rec<()> {
        let f = Frame(self.frame);
        let cont = Cont::from_u8((f.meta() >> 8) as u8);
        let plain = f.meta() & flag::SPECIAL == 0;
        // SAFETY: the running frame's header.
        let resumes = unsafe { f.word(word::RESUME) } != 0;
        if resumes && plain || self.r.function {
            return self.return_label(x);
        }
        if self.r.kind == Kind::Root {
            return Err(Stop::Abort(Abort::LeftLoop));
        }
        if f.meta() & flag::SPECIAL != (cont as u64) << 8 {
            return self.generator_return_below(x);
        }
        let instance = match cont {
            Cont::Init => Some(self.b.op_d(Uop::SlotLoad, &[], -(HEADER as i32 + 1) * 8)?),
            // Where the caller goes on depends on the result, or there is more than one result.
            Cont::CmpFirst | Cont::GetIter | Cont::ForNext => return Err(Stop::Here),
            _ => None,
        };
        let x = self.returned(cont, x, instance)?;
        let below = self.below()?;
        let to = self.pop_root(below)?;
        if cont != Cont::Discard {
            self.b.set_slot((f.meta() >> 16) as usize, x, true)?;
        }
        self.expect(to);
        Ok(())
    }

    /// Guards that the frame below the root's is the one seen now, and that it goes on where it does now; its address.
    pub(super) fn below(&mut self) -> Rec<Ref> {
        let f = Frame(self.frame);
        let caller = f.prev();
        if caller.code().is_none_or(|code| !code.in_quick(caller.pc())) {
            return Err(Stop::Here);
        }
        // Where the call came from: the place of the result and whose frame it is.
        let m = self.b.op_d(Uop::SlotLoad, &[], word::META as i32 * 8)?;
        let k = self.b.word(f.meta(), Ty::Raw)?;
        self.b.op(Uop::GuardEq, &[m, k])?;
        let prev = self.b.op_d(Uop::SlotLoad, &[], word::PREV as i32 * 8)?;
        self.b.know(prev, Ty::Raw);
        let pc = self.b.op_d(Uop::Load, &[prev], word::PC as i32 * 8)?;
        self.b.know(pc, Ty::Raw);
        let k = self.b.word(caller.pc() as usize as u64, Ty::Raw)?;
        self.b.op(Uop::GuardEq, &[pc, k])?;
        Ok(prev)
    }

    /// The root frame is gone, nothing of it matters any more: the frame below, whose address [`Ctx::below`] gave, is the
    /// root. Answers where it goes on.
    pub(super) fn pop_root(&mut self, below: Ref) -> Rec<u32> {
        let caller = Frame(self.frame).prev();
        let Some(code) = caller.code() else { return Err(Stop::Here) };
        self.r.keep(code.value())?;
        let live = live_of(self.b, code)?;
        let at = code.index_of(caller.pc());
        self.b.op_dk(Uop::CtxAdd32, &[], core::mem::offset_of!(JitCtx, depth) as i32, u32::MAX as u64)?;
        self.b.add(Ins::new(Uop::SetFrame, &[below]))?;
        self.b.new_root(code.as_ptr() as usize, live, at)?;
        self.r.root = caller.0;
        (self.frame, self.code, self.base) = (caller.0, code, 0);
        Ok(at)
    }

    pub(super) fn call_py(&mut self, form: Op) -> Rec<()> {
        let i = self.i;
        let now = self.val(i.a());
        let Some(f) = now.get::<Function>() else { return Err(Stop::Here) };
        let x = self.get(i.a())?;
        let func = self.guard_function(x, f)?;
        let window = (i.a() + CALL_GAP) as u32;
        let receiver = self.val(i.a() + CALL_GAP);
        let at = match form {
            Op::CallMethodFree => window + 1,
            Op::CallMethodPy if receiver.is_unbound() => return Err(Stop::Here),
            _ => window,
        };
        if form != Op::CallPy {
            self.guard_receiver(i.a() + CALL_GAP, form == Op::CallMethodPy)?;
        }
        let n = f.code().nparams;
        for r in 0..n {
            // Arguments become the callee's registers where they stand.
            let at = (at + r as u32) as u16;
            let x = self.get(at)?;
            self.set(at, x)?;
        }
        let dst = self.site_dst();
        self.push_frame(f, func, at, dst, Cont::Value)
    }

    /// The result of the call at hand.
    pub(super) fn answer(&mut self, r: Ref) -> Rec<()> {
        let dst = self.site_dst();
        self.set(dst, r)?;
        self.next()
    }

    pub(super) fn site_dst(&self) -> u16 {
        self.code.sites().get(self.i.c() as usize).map_or(0, |s| s.dst)
    }

    pub(super) fn call_class(&mut self) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let now = self.val(i.a());
        let Some(init) = s.owner.get::<Function>() else { return Err(Stop::Here) };
        let x = self.get(i.a())?;
        self.same(x, now)?;
        self.class_version(now, s.version)?;
        let n = i.b();
        let window = i.a() + CALL_GAP;
        let mut args = [Ref::NONE; 16];
        let Some(args) = args.get_mut(..n as usize) else { return Err(Stop::Here) };
        for (k, a) in args.iter_mut().enumerate() {
            *a = self.get(window + k as u16)?;
        }
        let o = if s.aux == crate::object::func::SiteCache::EXCEPTION {
            self.new_exception(now, n)?
        } else {
            self.new_instance(s.shape, s.aux)?
        };
        self.b.know(o, Ty::Shape(s.shape));
        let func = self.konst(s.owner)?;
        let dst = self.site_dst();
        // The object stands in the word before the header, and is the first argument.
        self.set(window - CALL_GAP, o)?;
        self.set(window + 1, o)?;
        for (k, a) in args.iter().enumerate() {
            self.set(window + 2 + k as u16, *a)?;
        }
        self.push_frame(init, func, window as u32 + 1, dst, Cont::Init)
    }

    /// Puts arguments above the frame and enters `f`.
    pub(super) fn push_above(
        &mut self,
        f: Gc<Function>,
        func: Ref,
        args: &[Ref],
        dst: u16,
        cont: Cont,
    ) -> Rec<()> {
        let at = self.above();
        let mut given = Given::new(Ref::NONE);
        for a in args {
            given.push(*a)?;
        }
        self.enter(f, func, &given, &[], (at, dst, cont))
    }

    /// Where a frame above this one's registers begins.
    pub(super) fn above(&self) -> u32 {
        self.code.nregs as u32 + CALL_GAP as u32
    }

    pub(super) fn property(&mut self) -> Rec<()> {
        let (i, s) = (self.i, self.r.scratch.clone());
        let Some(f) = s.value.get::<Function>() else { return Err(Stop::Here) };
        let x = self.get(i.b())?;
        self.shape(x, s.shape)?;
        self.class_version(s.owner, s.version)?;
        let func = self.konst(s.value)?;
        self.push_above(f, func, &[x], i.a(), Cont::Value)
    }

    /// Guards the callee of a call of a built-in.
    pub(super) fn builtin(&mut self) -> Rec<()> {
        let now = self.val(self.i.a());
        let x = self.get(self.i.a())?;
        self.same(x, now)?;
        Ok(())
    }

    pub(super) fn call_len(&mut self) -> Rec<()> {
        let arg = self.i.a() + CALL_GAP;
        let v = self.val(arg);
        if super::values::length_at(v).is_none() {
            return self.call_native(Op::CallNative);
        }
        self.builtin()?;
        let x = self.get(arg)?;
        let Some(r) = self.length(x, v)? else { return Err(Stop::Here) };
        self.answer(r)
    }

    /// Guards what tells the class of `x`, which is `v` now.
    pub(super) fn guard_class(&mut self, x: Ref, v: Value) -> Build<()> {
        if v.shape() != u32::MAX {
            self.shape(x, v.shape())?;
        } else if v.is_int() {
            self.int_of(x)?;
        } else if v.is_float() {
            if self.class(x) == crate::uop::Class::G {
                self.b.op(Uop::GuardFloat, &[x])?;
            }
        } else if v.is_bool() {
            self.b.op(Uop::GuardBool, &[x])?;
        } else {
            self.same(x, v)?;
        }
        Ok(())
    }

    pub(super) fn call_isinstance(&mut self) -> Rec<()> {
        let arg = self.i.a() + CALL_GAP;
        let c = self.val(arg + 1);
        if c.get::<Type>().is_none_or(|t| t.header.shape.get() != kind::Type as u32) {
            return self.call_native(Op::CallNative);
        }
        self.builtin()?;
        let dst = self.site_dst();
        self.is_instance(arg, arg + 1, dst)
    }

    /// Whether the object in register `r` is an instance of the class in register `class`.
    pub(super) fn is_instance(&mut self, r: u16, class: u16, dst: u16) -> Rec<()> {
        let (v, c) = (self.val(r), self.val(class));
        let (x, k) = (self.get(r)?, self.get(class)?);
        self.same(k, c)?;
        self.guard_class(x, v)?;
        // What was guarded tells the class, whose ancestors its version tells.
        let t = self.rt.type_of(v);
        self.class_stays(t)?;
        let r = self.b.value(Value::bool(t.value() == c || t.is_subclass_of(c)))?;
        self.set(dst, r)?;
        self.next()
    }

    pub(super) fn call_type1(&mut self) -> Rec<()> {
        let arg = self.i.a() + CALL_GAP;
        let v = self.val(arg);
        self.builtin()?;
        let x = self.get(arg)?;
        self.guard_class(x, v)?;
        let t = self.rt.type_of(v);
        let r = self.konst(t.value())?;
        self.answer(r)
    }

    pub(super) fn call_append(&mut self) -> Rec<()> {
        let arg = self.i.a() + CALL_GAP;
        let Some(list) = self.val(arg).exact::<List>() else { return Err(Stop::Here) };
        self.builtin()?;
        let (l, x) = (self.get(arg)?, self.get(arg + 1)?);
        self.append(l, x, list.has_room())?;
        let none = self.b.value(Value::NONE)?;
        self.answer(none)
    }

    /// Methods of exact containers that are a leaf helper or less. The receiver's shape is guarded.
    fn container_method(&mut self, name: &str, args: u16, n: u16) -> Rec<Option<()>> {
        let v = self.val(args);
        match (name, n) {
            ("get", 2..=3) if v.exact::<Dict>().is_some() => self.dict_get(args, n).map(Some),
            ("add", 2) if v.shape() == kind::Set as u32 => {
                let (s, x) = (self.get(args)?, self.get(args + 1)?);
                self.set_add(s, x)?;
                let none = self.b.value(Value::NONE)?;
                self.answer(none).map(Some)
            }
            ("remove" | "discard", 2) if v.shape() == kind::Set as u32 => {
                let (s, x) = (self.get(args)?, self.get(args + 1)?);
                let discard = name == "discard";
                let helper = if discard { helpers::Helper::set_discard } else { helpers::Helper::set_remove };
                self.call(helper, &[s, x], clobber::DICTS | clobber::FIELDS)?;
                let none = self.b.value(Value::NONE)?;
                self.answer(none).map(Some)
            }
            ("pop", 1) if v.exact::<List>().is_some_and(|l| !l.is_empty()) => {
                let list = self.get(args)?;
                let (len, _) = self.length_of(list, v.shape())?;
                let (zero, one) = (self.b.int(0)?, self.b.int(1)?);
                self.b.op(Uop::GuardLt, &[zero, len])?;
                let last = self.b.op(Uop::SubIntN, &[len, one])?;
                let item = self.element(list, v.shape(), last)?;
                self.b.op_d(Uop::StoreLen, &[list, last], core::mem::offset_of!(List, len) as i32 - 1)?;
                self.answer(item).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Adds to a set whose shape is guarded.
    pub(super) fn set_add(&mut self, s: Ref, x: Ref) -> Build<()> {
        let x = self.b.boxed(x)?;
        self.call(helpers::Helper::set_add, &[s, x], clobber::DICTS | clobber::FIELDS)?;
        Ok(())
    }

    /// `d.get(k)`, `d.get(k, default)`: the dict, which is guarded to be one, and the `n - 1` arguments are at `args`.
    fn dict_get(&mut self, args: u16, n: u16) -> Rec<()> {
        let (d, k) = (self.get(args)?, self.get(args + 1)?);
        let default = if n == 3 { self.get(args + 2)? } else { self.b.value(Value::NONE)? };
        let (v, key) = (self.val(args), self.val(args + 1));
        let r = match self.get_pair(d, v, k, key, Some(default))? {
            Some(r) => r,
            None => self.call(helpers::Helper::dict_get_or, &[d, k, default], clobber::NONE)?,
        };
        self.answer(r)
    }

    /// Guards whether an attribute is called with self.
    fn guard_receiver(&mut self, window: u16, with: bool) -> Build<()> {
        let s = self.get(window)?;
        let unbound = self.b.value(Value::UNBOUND)?;
        self.b.op(if with { Uop::GuardNe } else { Uop::GuardEq }, &[s, unbound])?;
        Ok(())
    }

    /// A native that the interpreter would run over the window: so does a helper.
    pub(super) fn call_native(&mut self, form: Op) -> Rec<()> {
        let i = self.i;
        let now = self.val(i.a());
        let method = form == Op::CallMethodNative;
        let k = now.header().map(|h| h.kind);
        if !matches!(k, Some(kind::Builtin | kind::MethodDescriptor)) {
            return Err(Stop::Here);
        }
        // SAFETY: both kinds have a `Builtin`'s layout.
        let b: Gc<Builtin> = unsafe { Gc::from_ptr(now.addr() as *mut Builtin) };
        if b.def.is_null() {
            return Err(Stop::Here);
        }
        // SAFETY: a definition is static.
        let d = unsafe { &*b.def.cast::<NativeDef>() };
        if helpers::looks_at_frames(d) {
            return Err(Stop::Here);
        }
        let (window, n) = (i.a() + CALL_GAP, i.b() + method as u16);
        let free = form == Op::CallMethodFreeNative;
        let args = window + free as u16;
        if free {
            self.guard_receiver(window, false)?;
        }
        if !method && let Some(done) = self.intrinsic(now, args, n)? {
            return Ok(done);
        }
        if form == Op::CallNative
            && let Some(done) = self.delegated(now, Op::Call)?
        {
            return Ok(done);
        }
        self.builtin()?;
        if method {
            let (x, v) = (self.get(args)?, self.val(args));
            if v.shape() == u32::MAX {
                return Err(Stop::Here);
            }
            self.shape(x, v.shape())?;
        }
        if method && let Some(done) = self.delegated_method(d.name(), args, n)? {
            return Ok(done);
        }
        if method && let Some(done) = self.container_method(d.name(), args, n)? {
            return Ok(done);
        }
        let top = self.base as usize + args as usize + d.sig().pos as usize;
        for r in args..args + n {
            self.flush(r)?;
        }
        let dst = self.site_dst();
        let mut site = self.site(dst)?;
        site.args = args;
        site.nargs = n;
        site.slots = d.sig().pos as u16;
        site.def = b.def as usize;
        site.callee = now;
        site.lean = helpers::is_lean(d, b.owner);
        if top >= crate::opt::builder::MAX_SLOTS {
            return Err(Stop::Here);
        }
        let changes = helpers::native_changes(d, b.owner);
        let r = self.call_site(site, helpers::Helper::native, changes)?;
        self.set(dst, r)?;
        self.next()
    }
}

impl Ctx<'_> {
    /// A call of a built-in function or type that binds its arguments in general.
    pub(super) fn call_builtin(&mut self, op: Op) -> Rec<()> {
        let callee = self.val(self.i.a());
        if let Some(t) =
            callee.get::<Type>().filter(|t| t.has_flag(Type::HEAP) && t.has_flag(Type::EXCEPTION))
        {
            return if op == Op::Call { self.call_exception(t) } else { Err(Stop::Here) };
        }
        let builtin = match callee.header().map(|h| h.kind) {
            Some(kind::Type) => callee.get::<Type>().is_some_and(|t| !t.has_flag(Type::HEAP)),
            k => matches!(k, Some(kind::Builtin | kind::MethodDescriptor | kind::WrapperDescriptor)),
        };
        let looks = crate::object::func::get_builtin(callee)
            .and_then(|b| self.rt.native_def(b))
            .is_some_and(helpers::looks_at_frames);
        if !builtin || looks {
            return Err(Stop::Here);
        }
        let window = self.i.a() + CALL_GAP;
        let args = match op {
            Op::Call => Some(window),
            Op::CallMethod if self.val(window).is_unbound() => {
                self.guard_receiver(window, false)?;
                Some(window + 1)
            }
            _ => None,
        };
        if let Some(args) = args
            && let Some(done) = self.intrinsic(callee, args, self.i.b())?
        {
            return Ok(done);
        }
        if let Some(done) = self.delegated(callee, op)? {
            return Ok(done);
        }
        self.builtin()?;
        let dst = self.site_dst();
        self.run_generic(op, Some(dst))
    }

    /// `range(stop)` and `range(start, stop)` of small ints.
    fn new_range(&mut self) -> Rec<Option<()>> {
        let (first, n) = (self.i.a() + CALL_GAP, self.i.b());
        let bound = |r: u16| self.val(r).as_int();
        let (start, stop) = match n {
            1 => (None, bound(first)),
            2 => (bound(first), bound(first + 1)),
            _ => return Ok(None),
        };
        let (Some(stop), true) = (stop, start.is_some() || n == 1) else { return Ok(None) };
        let from = if n == 1 { self.b.int(0)? } else { self.int(first)? };
        let to = self.int(first + n - 1)?;
        let len = if start.unwrap_or(0) >= stop {
            self.b.op(Uop::GuardLe, &[to, from])?;
            self.b.int(0)?
        } else {
            self.b.op(Uop::GuardLt, &[from, to])?;
            self.b.op(Uop::SubInt, &[to, from])?
        };
        let r =
            self.call(helpers::Helper::new_range, &[from, to, len], crate::opt::FRESH | crate::opt::RANGE)?;
        self.answer(r).map(Some)
    }

    /// A built-in type's constructor: the class stands in the word before the arguments.
    pub(super) fn call_builtin_type(&mut self) -> Rec<()> {
        let i = self.i;
        let now = self.val(i.a());
        let Some(t) = now.get::<Type>() else { return Err(Stop::Here) };
        let def = self.rt.type_defs.get(t.builtin as usize).copied().flatten();
        let Some(new) = def.and_then(|d| d.new.as_ref()) else { return Err(Stop::Here) };
        self.builtin()?;
        if t.builtin == kind::Range as u16
            && let Some(done) = self.new_range()?
        {
            return Ok(done);
        }
        if i.b() == 1
            && let Some(done) = self.conversion(t.builtin, i.a() + CALL_GAP)?
        {
            return Ok(done);
        }
        let first = i.a() + CALL_GAP;
        if t.builtin == kind::Enumerate as u16
            && (1..=2).contains(&i.b())
            && let Some(done) = self.enumerate(first, (i.b() == 2).then_some(first + 1))?
        {
            return Ok(done);
        }
        if let Some(done) = self.delegated(now, Op::Call)? {
            return Ok(done);
        }
        let args = i.a() + CALL_GAP - 1;
        let class = self.konst(now)?;
        self.b.op_d(Uop::SlotStore, &[class], (self.base as i32 + args as i32) * 8)?;
        for r in args + 1..args + 1 + i.b() {
            self.flush(r)?;
        }
        let dst = self.site_dst();
        let mut site = self.site(dst)?;
        site.args = args;
        site.nargs = i.b() + 1;
        site.slots = new.sig().pos as u16;
        site.def = core::ptr::from_ref::<NativeDef>(new) as usize;
        site.lean = helpers::plain_constructor(t.builtin);
        let changes = if t.builtin == kind::Type as u16 { clobber::ALL } else { clobber::NONE };
        let r = self.call_site(site, helpers::Helper::native, changes)?;
        self.set(dst, r)?;
        self.next()
    }
}
