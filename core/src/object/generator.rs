//! Generators: a function's frame kept between resumptions.
//!
//! The frame's registers are copied here on `yield` and back to the VM stack on resumption, so frames that run are
//! always on the stack. Built-in iterators written in frozen Python (`map`, `zip`, …) are generators too, whose
//! shape names another type.
//!
//! Invariant: in state `Suspended` (and `Created`), `saved` registers are meaningful and `pc` is where to go on.

use super::func::Code;
use crate::bytecode::Instr;
use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// What a generator is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum GenState {
    /// Not started.
    Created,
    /// At a `yield`.
    Suspended,
    /// Its frame is on the stack.
    Running,
    /// Returned or raised.
    Finished,
    /// The first of a chain of `yield from`, whose last generator is resumed in its place (`interp/delegates.rs`).
    Leading,
    /// In such a chain, between the first and the last.
    Passing,
}

impl GenState {
    /// Whether it waits for another generator, which is resumed in its place.
    #[inline(always)]
    pub(crate) const fn in_chain(self) -> bool {
        cfg!(feature = "speed") && self as u16 > GenState::Finished as u16
    }
}

/// Layout of a generator; the saved registers follow.
#[repr(C)]
#[derive(Debug)]
pub struct Generator {
    pub(crate) header: Header,
    /// State. With `saved` behind it, one word of 32 bits for compiled code.
    pub state: Cell<GenState>,
    pub(crate) saved: Cell<u16>,
    cap: u16,
    /// Of the first generator of a chain: how many are passed by.
    pub(crate) levels: Cell<u16>,
    pub(crate) code: Gc<Code>,
    /// The function.
    pub func: Value,
    pub(crate) pc: Cell<*const Instr>,
    /// The exception its frame was handling when it yielded; what the rest of a chain costs that it leads.
    pub(crate) handled: Cell<Value>,
    /// Name and qualified name.
    pub name: Cell<Value>,
    /// Qualified name.
    pub qualname: Cell<Value>,
}
super::heap_type!(Generator => Generator);

/// A new generator for `func`, with room for the registers of `code`.
pub fn new(heap: &mut Heap, func: Value, code: Gc<Code>, shape: u32) -> Res<Gc<Generator>> {
    let size = core::mem::size_of::<Generator>() + code.saved_regs as usize * 8;
    let p = heap.alloc_cell(size, shape, super::kind::Generator, 0)?;
    // SAFETY: the cell has room for the fields and the registers; no register counts as saved yet.
    unsafe {
        let g = p.as_ptr().cast::<Generator>();
        core::ptr::addr_of_mut!((*g).state).write(Cell::new(GenState::Created));
        core::ptr::addr_of_mut!((*g).saved).write(Cell::new(0));
        (*g).cap = code.saved_regs;
        core::ptr::addr_of_mut!((*g).levels).write(Cell::new(0));
        core::ptr::addr_of_mut!((*g).code).write(code);
        (*g).func = func;
        core::ptr::addr_of_mut!((*g).pc).write(Cell::new(code.instrs.get()));
        core::ptr::addr_of_mut!((*g).handled).write(Cell::new(Value::UNBOUND));
        core::ptr::addr_of_mut!((*g).name).write(Cell::new(code.name));
        core::ptr::addr_of_mut!((*g).qualname).write(Cell::new(code.qualname));
        Ok(Gc::from_ptr(g))
    }
}

impl Generator {
    /// The saved registers.
    pub fn registers(&self) -> &[Value] {
        // SAFETY: `saved <= cap` registers were copied here.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<Value>();
            core::slice::from_raw_parts(first, self.saved.get() as usize)
        }
    }
    /// Changes a saved register.
    #[inline]
    pub(crate) fn set_register(&self, n: usize, x: Value) {
        if n < self.saved.get() as usize {
            // SAFETY: as above.
            unsafe { core::ptr::from_ref(self).add(1).cast::<Value>().cast_mut().add(n).write(x) };
        }
    }
    /// As `save`, word by word: quicker for the few registers most generators have.
    ///
    /// # Safety
    /// As for `save`.
    #[cfg(feature = "speed")]
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) unsafe fn save_words(&self, base: *const Value, n: u16) {
        let n = n.min(self.cap);
        // SAFETY: as in `save`.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<Value>().cast_mut();
            for i in 0..n as usize {
                *first.add(i) = *base.add(i);
            }
        }
        self.saved.set(n);
    }
    /// Saves `n` registers from `base`.
    ///
    /// # Safety
    /// `base` points to at least `n` registers.
    #[inline]
    pub(crate) unsafe fn save(&self, base: *const Value, n: u16) {
        let n = n.min(self.cap);
        // SAFETY: the cell has room for `cap` registers; the caller vouches for the source.
        unsafe {
            let first = core::ptr::from_ref(self).add(1).cast::<Value>().cast_mut();
            core::ptr::copy_nonoverlapping(base, first, n as usize);
        }
        self.saved.set(n);
    }
}
