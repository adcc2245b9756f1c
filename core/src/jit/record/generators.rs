//! Recording generators: a resumed generator's frame is an inlined call's frame whose registers come from the
//! generator and go back to it at the next `yield`.
//!
//! All of that is loads and stores of the generator's fields, so what a loop's next resumption would load is what the
//! last `yield` stored, and the optimizer forwards it. The stores stay: an exit finds the generator as it should be.
//!
//! Invariant: while a trace runs the exception being handled does not change, so it need not be put back at a `yield`.

use super::helpers::Helper;
use super::{Ctx, Kind, MAX_INLINE, Rec, Stop};
use crate::bytecode::{CALL_GAP, Op};
use crate::emit::JitCtx;
use crate::heap::{Header, HeapType as _};
use crate::interp::cont::Cont;
use crate::interp::delegates::may_lead;
use crate::interp::frame::{Frame, HEADER, flag, word};
use crate::jit::Abort;
use crate::object::generator::{GenState, Generator};
use crate::object::{Code, Function, kind};
use crate::opt::FRESH;
use crate::opt::builder::{Build, FrameNode, State, Ty, load};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

const fn at(n: usize) -> i32 {
    n as i32 - 1
}
/// Displacements from a tagged pointer: state and number of saved registers, as one 32-bit word.
const STATE: i32 = at(core::mem::offset_of!(Generator, state));
const CODE: i32 = at(core::mem::offset_of!(Generator, code));
const PC: i32 = at(core::mem::offset_of!(Generator, pc));
const HANDLED: i32 = at(core::mem::offset_of!(Generator, handled));
/// Saved register 0.
const REGS: i32 = at(core::mem::size_of::<Generator>());

const fn state_word(state: GenState, saved: u16) -> u64 {
    state as u64 | (saved as u64) << 16
}
const _: () = assert!(core::mem::offset_of!(Generator, saved) == core::mem::offset_of!(Generator, state) + 2);

/// Where the loop or `Send` before instruction `after` jumps.
fn jump_before(code: &Code, after: u32) -> u32 {
    (after as i64 + code.original_at(after - 1).imm_c() as i64) as u32
}

impl Ctx<'_> {
    /// Whether `v` is a generator, as a loop's or `next`'s step can resume it.
    pub(super) fn is_generator(v: Value) -> bool {
        v.get::<Generator>().is_some()
    }

    /// The step of a loop over a generator.
    pub(super) fn generator_loop(&mut self) -> Rec<()> {
        let i = self.i;
        self.resume(i.a(), None, i.b(), Cont::ForNext, -(i.imm_c() as i64) as u32)
    }

    /// `next(generator)`, `generator.send(value)`.
    pub(super) fn call_generator(&mut self, form: Op) -> Rec<()> {
        let callee = self.i.a();
        let (x, now) = (self.get(callee)?, self.val(callee));
        self.same(x, now)?;
        let args = callee + CALL_GAP;
        let sent = (form == Op::CallMethodSend).then_some(args + 1);
        let dst = self.site_dst();
        self.resume(args, sent, dst, Cont::Value, 0)
    }

    /// `Send`: the step of a `yield from`.
    pub(super) fn send(&mut self) -> Rec<()> {
        let i = self.i;
        self.resume(i.b(), Some(i.a()), i.a(), Cont::SendResult, 0)
    }

    /// What `yield from` delegates to, and what a generator expression goes through: generators and built-in iterators themselves,
    /// and iterators of built-in containers.
    pub(super) fn yield_from_iter(&mut self) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        let Some(it) = self.iterator_of(i.b(), v)? else { return Err(Stop::Here) };
        self.set(i.a(), it)?;
        self.next()
    }

    /// Enters the frame of the generator in register `gen`; the value in register `sent` (None if there is none) becomes
    /// that of the `yield` it waits at.
    fn resume(&mut self, r: u16, sent: Option<u16>, dst: u16, cont: Cont, distance: u32) -> Rec<()> {
        let v = self.val(r);
        let Some(g) = v.get::<Generator>() else { return Err(Stop::Here) };
        let (code, pc, saved) = (g.code, g.pc.get(), g.saved.get());
        let started = g.state.get() == GenState::Suspended;
        let starts = g.state.get() == GenState::Created && sent.is_none_or(|r| self.val(r).is_none());
        if !(started || starts)
            || may_lead(g)
            || !g.handled.get().is_unbound()
            || !code.in_quick(pc)
            || self.depth_in(code).0 >= MAX_INLINE
        {
            return Err(Stop::Here);
        }
        let x = self.get(r)?;
        self.shape(x, v.shape())?;
        if v.shape() != Generator::KIND as u32 {
            // Iterators in frozen Python have the shapes of native ones.
            let k =
                self.b.op_dk(Uop::Load8, &[x], at(core::mem::offset_of!(Header, kind)), load::IMMUTABLE)?;
            let now = self.b.word(kind::Generator as u64, Ty::Raw)?;
            self.b.op(Uop::GuardEq, &[k, now])?;
        }
        self.b.op_dk(Uop::GuardField32, &[x], STATE, state_word(g.state.get(), saved))?;
        self.guard_raw(x, CODE, load::IMMUTABLE, code.as_ptr() as usize)?;
        self.guard_raw(x, PC, 0, pc as usize)?;
        let unbound = self.b.value(Value::UNBOUND)?;
        let own = self.b.op_d(Uop::Load, &[x], HANDLED)?;
        self.b.op(Uop::GuardEq, &[own, unbound])?;
        self.not_running(x)?;
        let value = match sent {
            Some(r) => self.get(r)?,
            None => self.b.value(Value::NONE)?,
        };
        if !started && sent.is_some() {
            let none = self.b.value(Value::NONE)?;
            self.b.op(Uop::GuardEq, &[value, none])?;
        }
        self.r.charge(self.b, code.entry_cost + distance);
        let handled = self.b.op_d(Uop::CtxLoad, &[], core::mem::offset_of!(JitCtx, handled) as i32)?;
        self.b.op_d(Uop::Store, &[x, handled], HANDLED)?;
        self.b.op_dk(Uop::Store32K, &[x], STATE, state_word(GenState::Running, saved))?;
        let above = self.code.nregs as u32 + CALL_GAP as u32;
        let base = self.base + above;
        let number = self.add_node(code, base, dst, cont, flag::GENERATOR)?;
        self.b.drop_slots(base as usize - HEADER);
        self.b.set_slot(base as usize - HEADER, x, true)?;
        for n in 0..saved {
            let value = self.b.op_d(Uop::Load, &[x], REGS + n as i32 * 8)?;
            self.b.set_slot(base as usize + n as usize, value, true)?;
        }
        if started {
            let waiting = code.original_at(code.index_of(pc).saturating_sub(1));
            self.b.set_slot(base as usize + waiting.a() as usize, value, true)?;
        }
        self.b.now.node = number;
        self.b.state_changed();
        // SAFETY: the frame will begin there; only its address is compared.
        self.r.expect = (unsafe { self.frame.add(above as usize) }, pc);
        Ok(())
    }

    /// Says that `x` is none of the generators whose frames are here. It never is, since these run; but where the optimizer
    /// knows, what is stored to one of them is none of the other's.
    fn not_running(&mut self, x: Ref) -> Build<()> {
        let mut node = self.b.now.node;
        while let Some(n) = self.b.nodes.get(node as usize).copied() {
            let generator = n.meta & flag::GENERATOR != 0;
            if let Some(g) = (n.base as usize).checked_sub(HEADER).and_then(|at| self.b.slot(at))
                && generator
                && g != x
            {
                self.b.op(Uop::GuardNe, &[x, g])?;
            }
            if n.parent == node {
                break;
            }
            node = n.parent;
        }
        Ok(())
    }

    /// Guards a word of the runtime's in an object.
    fn guard_raw(&mut self, x: Ref, d: i32, k: u64, now: usize) -> Build<()> {
        let w = self.b.op_dk(Uop::Load, &[x], d, k)?;
        self.b.know(w, Ty::Raw);
        let now = self.b.word(now as u64, Ty::Raw)?;
        self.b.op(Uop::GuardEq, &[w, now])?;
        Ok(())
    }

    /// Where the loop before instruction `ret_pc` of frame `node`, which is `p`, goes on with an item that it was given: counted.
    pub(super) fn next_round(&mut self, node: u32, p: FrameNode, ret_pc: u32) -> Rec<u32> {
        let to = Self::jump_of(p, ret_pc);
        let home = node == 0 && p.code == self.r.code.as_ptr() as usize && to == self.r.pc;
        if !home {
            self.r.count_inner(self.b, node, None)?;
        }
        Ok(to)
    }

    /// `yield`: the registers go back to the generator, the value to whoever resumed it.
    pub(super) fn yield_value(&mut self) -> Rec<()> {
        let i = self.i;
        let Some(n) = self.b.nodes.get(self.b.now.node as usize).copied() else { return Err(Stop::Here) };
        if n.parent == self.b.now.node {
            // Whoever resumes it has a loop too, whose trace takes this one in.
            let root = self.r.kind == Kind::Root;
            return if root { Err(Stop::Abort(Abort::Yields)) } else { self.yield_below() };
        }
        let cont = Cont::from_u8((n.meta >> 8) as u8);
        if n.meta & flag::GENERATOR == 0 || !matches!(cont, Cont::ForNext | Cont::SendResult | Cont::Value) {
            return Err(Stop::Here);
        }
        let Some(g) = self.b.slot(n.base as usize - HEADER) else { return Err(Stop::Here) };
        let Some(p) = self.b.nodes.get(n.parent as usize).copied() else { return Err(Stop::Here) };
        let to = if cont == Cont::ForNext { self.next_round(n.parent, p, n.ret_pc)? } else { n.ret_pc };
        let result = self.get(i.b())?;
        self.save(g)?;
        let p = self.leave_generator(n)?;
        self.b.set_slot(p.base as usize + (n.meta >> 16) as usize, result, true)?;
        self.expect_in(p, to)
    }

    /// Puts the registers that outlive the `yield` at hand into the generator, and where it goes on.
    fn save(&mut self, g: Ref) -> Build<()> {
        let saved = self.i.c().min(self.code.saved_regs);
        self.store_registers(g, saved)?;
        // SAFETY: a `yield` does not end a function.
        let pc = unsafe { self.code.instrs.get().add(self.pc as usize + 1) };
        let pc = self.b.word(pc as usize as u64, Ty::Raw)?;
        self.b.op_d(Uop::Store, &[g, pc], PC)?;
        self.suspend(g, GenState::Suspended, saved)
    }

    /// The generator whose frame is the trace's root, and how the frame is left; nothing has to be done about the exception
    /// being handled.
    fn root_generator(&mut self) -> Rec<(Ref, Cont)> {
        let f = Frame(self.frame);
        let m = f.meta();
        let special = m & flag::SPECIAL;
        let cont = Cont::from_u8((m >> 8) as u8);
        let plain = special == (cont as u64) << 8 | flag::GENERATOR;
        let Some(now) = f.func().get::<Generator>() else { return Err(Stop::Here) };
        if !plain || now.handled.get() != self.rt.handled {
            return Err(Stop::Here);
        }
        let g = self.b.op_d(Uop::SlotLoad, &[], word::FUNC as i32 * 8)?;
        self.shape(g, f.func().shape())?;
        let handled = self.b.op_d(Uop::CtxLoad, &[], core::mem::offset_of!(JitCtx, handled) as i32)?;
        let callers = self.b.op_d(Uop::Load, &[g], HANDLED)?;
        self.b.op(Uop::GuardEq, &[callers, handled])?;
        Ok((g, cont))
    }

    /// `yield` in the trace's root frame, to the frame below it.
    fn yield_below(&mut self) -> Rec<()> {
        let (g, cont) = self.root_generator()?;
        if !matches!(cont, Cont::ForNext | Cont::SendResult | Cont::Value) {
            return Err(Stop::Here);
        }
        let result = self.get(self.i.b())?;
        let dst = Frame(self.frame).meta() >> 16;
        let below = self.below()?;
        self.save(g)?;
        let to = self.pop_root(below)?;
        self.b.set_slot(dst as usize, result, true)?;
        let to = if cont == Cont::ForNext { jump_before(&self.code, to) } else { to };
        self.expect(to);
        Ok(())
    }

    /// The end of the generator whose frame is the trace's root.
    pub(super) fn generator_return_below(&mut self, x: Ref) -> Rec<()> {
        let (g, cont) = self.root_generator()?;
        if !matches!(cont, Cont::ForNext | Cont::SendResult) {
            return Err(Stop::Here);
        }
        let dst = Frame(self.frame).meta() >> 16;
        let below = self.below()?;
        self.suspend(g, GenState::Finished, 0)?;
        let mut to = self.pop_root(below)?;
        if cont == Cont::SendResult {
            self.b.set_slot(dst as usize, x, true)?;
            to = jump_before(&self.code, to);
        }
        self.expect(to);
        Ok(())
    }

    /// Where the loop or `Send` before instruction `after` of a frame jumps.
    fn jump_of(p: FrameNode, after: u32) -> u32 {
        // SAFETY: the trace keeps its codes alive.
        jump_before(unsafe { &*(p.code as *const Code) }, after)
    }

    fn expect_in(&mut self, p: FrameNode, pc: u32) -> Rec<()> {
        // SAFETY: the caller's frame, of which only the address is compared, and an instruction of its code.
        unsafe {
            let frame = self.r.root.add(p.base as usize);
            self.r.expect = (frame, (*(p.code as *const Code)).instrs.get().add(pc as usize));
        }
        Ok(())
    }

    /// Puts the first `n` registers into the generator, those excepted that it has already.
    fn store_registers(&mut self, g: Ref, n: u16) -> Build<()> {
        let base = self.base as usize;
        let after = State { pc: self.pc + 1, ..self.b.now };
        // Boxing may leave the trace: it stands before the first store.
        for k in 0..n as usize {
            let x = match self.b.slot(base + k) {
                Some(x) => self.b.boxed(x)?,
                None if self.b.is_live(after, base + k) => self.get(k as u16)?,
                None => self.b.value(Value::UNBOUND)?,
            };
            self.b.set_slot(base + k, x, true)?;
        }
        for k in 0..n as usize {
            let Some(x) = self.b.slot(base + k) else { continue };
            let d = REGS + k as i32 * 8;
            if !self.b.holds(g, d, x) {
                self.b.op_d(Uop::Store, &[g, x], d)?;
            }
        }
        Ok(())
    }

    fn suspend(&mut self, g: Ref, state: GenState, saved: u16) -> Build<()> {
        self.b.op_dk(Uop::Store32K, &[g], STATE, state_word(state, saved))?;
        let unbound = self.b.value(Value::UNBOUND)?;
        self.b.op_d(Uop::Store, &[g, unbound], HANDLED)?;
        Ok(())
    }

    /// The generator's frame is gone; the frame that resumed it.
    fn leave_generator(&mut self, n: FrameNode) -> Rec<FrameNode> {
        let Some(p) = self.b.nodes.get(n.parent as usize).copied() else { return Err(Stop::Here) };
        self.b.drop_slots(n.base as usize - HEADER);
        self.b.now.node = n.parent;
        self.b.state_changed();
        Ok(p)
    }

    /// The end of an inlined generator.
    pub(super) fn generator_return(&mut self, n: FrameNode, x: Ref) -> Rec<()> {
        let cont = Cont::from_u8((n.meta >> 8) as u8);
        if !matches!(cont, Cont::ForNext | Cont::SendResult) {
            return Err(Stop::Here);
        }
        let Some(g) = self.b.slot(n.base as usize - HEADER) else { return Err(Stop::Here) };
        self.suspend(g, GenState::Finished, 0)?;
        let p = self.leave_generator(n)?;
        if cont == Cont::ForNext {
            return self.expect_in(p, n.ret_pc);
        }
        self.b.set_slot(p.base as usize + (n.meta >> 16) as usize, x, true)?;
        self.expect_in(p, Self::jump_of(p, n.ret_pc))
    }

    /// `MakeGenerator` in an inlined call: the generator is the call's result.
    pub(super) fn make_generator(&mut self) -> Rec<()> {
        let i = self.i;
        let Some(n) = self.b.nodes.get(self.b.now.node as usize).copied() else { return Err(Stop::Here) };
        if n.parent == self.b.now.node || Frame(self.frame).func().get::<Function>().is_none() {
            return Err(Stop::Here);
        }
        let Some(f) = self.b.slot(n.base as usize - HEADER) else { return Err(Stop::Here) };
        // SAFETY: `MakeGenerator` does not end a function.
        let pc = unsafe { self.code.instrs.get().add(self.pc as usize + 1) };
        let pc = self.b.word(pc as usize as u64, Ty::Raw)?;
        for k in 0..i.a() as usize {
            if let Some(x) = self.b.slot(self.base as usize + k) {
                let x = self.b.boxed(x)?;
                self.b.set_slot(self.base as usize + k, x, true)?;
            }
        }
        let g = self.call(Helper::new_generator, &[f, pc], FRESH)?;
        self.b.know(g, Ty::Shape(kind::Generator as u32));
        let saved = i.a().min(self.code.saved_regs);
        self.store_registers(g, saved)?;
        self.b.op_dk(Uop::Store32K, &[g], STATE, state_word(GenState::Created, saved))?;
        self.ret(g)
    }
}
