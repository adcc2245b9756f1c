//! Recording calls that a helper made: an instruction or native whose helper has pushed a function's frame, as `sum` of a
//! generator does.
//!
//! The helper leaves its trace, since a leaf helper cannot run the function. Where that happens often, a side trace of the
//! exit begins with the helper `go_on`, which makes the call and sees that its frame is the one recorded. That frame is the
//! trace's root from then on; the frames below it are in memory, to be returned to like any below a root.
//!
//! Invariant: what the call took as arguments stands in the new frame, so nothing is written from its header on.

use super::Recorder;
use super::begin::{check_events, check_room, live_of};
use super::calls::live_while_called;
use super::finish::{flush_all, write_headers};
use super::helpers::Helper;
use crate::interp::Rt;
use crate::interp::cont::Cont;
use crate::interp::frame::{Frame, HEADER};
use crate::jit::{Jit, Site};
use crate::object::Code;
use crate::opt::builder::{Build, Fail, MAX_SLOTS, State, clobber};

impl Recorder {
    /// Begins a recording at an exit whose helper pushed the frame that is running now, above the trace's frames.
    pub(in crate::jit) fn pushed(
        jit: &mut Jit,
        rt: &Rt,
        exit: u32,
        root: *mut crate::value::Value,
    ) -> Build<()> {
        let f = rt.stack.frame;
        let Some(code) = f.code().filter(|code| code.in_quick(rt.stack.pc)) else {
            return Err(Fail::Contradiction);
        };
        let base = (f.0 as usize).wrapping_sub(root as usize) / 8;
        let mut r = Recorder::at_exit(jit, rt, exit, root)?;
        r.missed = false;
        let owner: *mut u8 = core::ptr::from_mut(jit).cast();
        let b = &mut jit.builder;
        let Some(n) = b.nodes.get(b.now.node as usize).copied() else { return Err(Fail::Contradiction) };
        let caller = root.wrapping_add(n.base as usize);
        let cont = Cont::from_u8((f.meta() >> 8) as u8);
        if base >= MAX_SLOTS
            || base < n.base as usize + HEADER
            || f.prev() != Frame(caller)
            || cont == Cont::Init
        {
            return Err(Fail::Contradiction);
        }
        b.drop_slots(base - HEADER);
        // SAFETY: the parent trace keeps its codes alive.
        let calls = unsafe { &*(n.code as *const Code) };
        flush_all(b, live_while_called(calls, b.now.pc, cont))?;
        // Slots of windows lie where headers are.
        write_headers(b)?;
        let pc = code.index_of(rt.stack.pc);
        r.keep(code.value())?;
        r.call_with(b, Site::new(owner, base as u32, code, pc), Helper::go_on, clobber::ALL)?;
        b.add_frame(base as i32)?;
        let live = live_of(b, code)?;
        b.new_root(code.as_ptr() as usize, live, pc)?;
        b.now = State { fuel: 0, ..b.now };
        r.root = f.0;
        check_events(b)?;
        check_room(b)?;
        r.expect = (f.0, rt.stack.pc);
        Recorder::install(jit, r);
        Ok(())
    }
}
