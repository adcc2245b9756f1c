//! Recording exceptions: from an exit whose instruction raised to the handler, and what handlers do.
//!
//! An instruction that raises ends its trace: the helper that ran it has left the exception pending, and the exit hands it
//! to the interpreter. Where that happens often, a side trace of the exit begins with the helper `land`, which unwinds as
//! the interpreter would and goes on at the handler, if that is in a frame of the trace.
//!
//! Invariants: between the raise and `land` nothing is run that could change what is pending, and an exit there leaves it
//! to the interpreter. The context has the exception being handled while a trace runs.

use super::helpers::{self, Helper};
use super::{Abort, Ctx, Kind, Rec, Recorder, Stop, off};
use crate::bytecode::{CALL_GAP, Op};
use crate::emit::JitCtx;
use crate::heap::Gc;
use crate::interp::Rt;
use crate::interp::cont::Cont;
use crate::interp::frame::{HEADER, flag};
use crate::jit::{Jit, Site};
use crate::object::func::BoundMethod;
use crate::object::{Code, Exception, Function, Type};
use crate::opt::builder::{Build, Fail, MAX_SLOTS, Ty, clobber};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

/// Failed recordings of a loop after which one that raises is taken: the way without an exception should come first.
const RAISES: u8 = 3;

impl Recorder {
    /// Begins a recording at an exit whose instruction raised, with the handler that the interpreter is about to go on
    /// at: its frame, in words from the root's, instruction and register.
    pub(in crate::jit) fn handler(
        jit: &mut Jit,
        rt: &Rt,
        exit: u32,
        root: *mut Value,
        (base, pc, reg): (u32, u32, u16),
    ) -> Build<()> {
        let mut r = Recorder::at_exit(jit, rt, exit, root)?;
        r.missed = false;
        let owner: *mut u8 = core::ptr::from_mut(jit).cast();
        let b = &mut jit.builder;
        let mut node = b.now.node;
        let mut top = MAX_SLOTS;
        while let Some(n) = b.nodes.get(node as usize).copied()
            && n.base > base
        {
            top = n.base as usize - HEADER - n.is_init() as usize;
            node = n.parent;
        }
        let Some(n) = b.nodes.get(node as usize).copied() else { return Err(Fail::Contradiction) };
        // A generator that is inlined does not expect that the exception being handled changes.
        if n.base != base || n.meta & flag::GENERATOR != 0 {
            return Err(Fail::Contradiction);
        }
        // SAFETY: the parent trace keeps its codes alive.
        let code: Gc<Code> = unsafe { Gc::from_ptr(n.code as *mut Code) };
        let site = Site::new(owner, base, code, pc);
        r.call_with(b, site, Helper::land, clobber::NONE)?;
        b.drop_slots(top);
        b.now.node = node;
        b.now.pc = pc;
        b.state_changed();
        let first = base as usize + reg as usize;
        for at in [first, first + 1] {
            let x = b.add_slot_load(at)?;
            b.set_slot(at, x, false)?;
        }
        Recorder::install(jit, r);
        Ok(())
    }

    /// The interpreter is where the recording goes on.
    pub(in crate::jit) fn starts(&mut self, rt: &Rt) {
        self.expect = (rt.stack.frame.0, rt.stack.pc);
    }
}

impl Ctx<'_> {
    /// The trace's end: an instruction that raises.
    pub(super) fn raise(&mut self, op: Op) -> Rec<()> {
        if self.r.kind == Kind::Root && self.r.failed.count < RAISES {
            return Err(Stop::Abort(Abort::Raised));
        }
        self.flush_operands(op)?;
        let site = self.site(Site::NO_DST)?;
        self.call_site(site, Helper::generic, clobber::ALL)?;
        Err(Stop::Left)
    }

    /// A call of a guest's exception class that has no `__init__` of its own.
    pub(super) fn call_exception(&mut self, t: Gc<Type>) -> Rec<()> {
        let (i, now) = (self.i, t.value());
        let plain = !t.has_flag(Type::GUEST_NEW | Type::GUEST_INIT);
        if !plain || self.rt.type_of(now).has_flag(Type::HEAP) {
            return Err(Stop::Here);
        }
        let shape = self.rt.instance_shape(now).map_err(|_| Stop::Here)?;
        let x = self.get(i.a())?;
        self.same(x, now)?;
        self.class_stays(t)?;
        let e = self.new_exception(now, i.b())?;
        self.b.know(e, Ty::Shape(shape));
        self.answer(e)
    }

    /// A new instance of exception class `class` for the `n` arguments of the call.
    pub(super) fn new_exception(&mut self, class: Value, n: u16) -> Build<Ref> {
        let first = self.run_in_memory(self.i.a() + CALL_GAP, n)?;
        let class = self.konst(class)?;
        let count = self.b.word(n as u64, Ty::Raw)?;
        self.call(Helper::new_exception, &[class, first, count], clobber::NONE)
    }

    /// The instruction at which a helper of the parent's had to give up: whatever can do it in general.
    pub(super) fn missed(&mut self, op: Op) -> Rec<()> {
        if helpers::branches_generic(op) {
            return self.generic_branch();
        }
        if matches!(op, Op::Call | Op::CallMethod) {
            return self.call_builtin(op);
        }
        self.generic()
    }

    /// Whether exception `x` is one of a class; tuples of classes are looked through by the interpreter's code.
    pub(super) fn match_except(&mut self) -> Rec<()> {
        let i = self.i;
        if self.val(i.c()).get::<Type>().is_none_or(|t| !t.has_flag(Type::EXCEPTION)) {
            return self.generic();
        }
        self.is_instance(i.b(), i.c(), i.a())
    }

    /// The end of a handler: the exception that was being handled before is again.
    pub(super) fn pop_except(&mut self) -> Rec<()> {
        let x = self.get(self.i.a() + 1)?;
        self.b.op_d(Uop::CtxStore, &[x], off(core::mem::offset_of!(JitCtx, handled)))?;
        self.next()
    }

    /// `__exit__` of a guest's context manager, with an exception.
    pub(super) fn with_except(&mut self) -> Rec<()> {
        let i = self.i;
        let (now, e) = (self.val(i.b()), self.val(i.c()));
        let Some(m) = now.get::<BoundMethod>() else { return Err(Stop::Here) };
        let Some(f) = m.func.get::<Function>().filter(|f| f.code().plain_args == 4) else {
            return Err(Stop::Here);
        };
        if e.get::<Exception>().is_none() {
            return Err(Stop::Here);
        }
        let (x, y) = (self.get(i.b())?, self.get(i.c())?);
        let (func, receiver) = self.unbind(x, now, f)?;
        self.guard_class(y, e)?;
        let t = self.rt.type_of(e);
        let class = self.konst(t.value())?;
        let traceback =
            self.b.op_d(Uop::Load, &[y], core::mem::offset_of!(Exception, traceback) as i32 - 1)?;
        self.push_above(f, func, &[receiver, class, y, traceback], i.a(), Cont::Value)
    }

    /// Whether the instruction is one of exceptions, which was recorded.
    pub(super) fn exception_op(&mut self, op: Op) -> Rec<Option<()>> {
        match op {
            Op::MatchExcept => self.match_except()?,
            Op::PopExcept => self.pop_except()?,
            Op::WithExcept => self.with_except()?,
            Op::LoadException => {
                let class = crate::interp::patterns::exception_class(self.rt, self.i.b());
                let x = self.konst(class.map_err(|_| Stop::Abort(Abort::NoMemory))?)?;
                self.set(self.i.a(), x)?;
                self.next()?;
            }
            Op::MatchKind | Op::Length | Op::MatchClass | Op::MatchArgs | Op::LoadAttrBy => {
                self.pattern(op)?
            }
            op if helpers::raises(op) => self.raise(op)?,
            _ => return Ok(None),
        }
        Ok(Some(()))
    }
}
