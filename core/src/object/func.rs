//! Functions, their code in this VM, closures' cells, methods and built-in functions.
//!
//! [`Code`] is the per-VM instance of an immutable function of a module: it owns the counters, the materialized
//! constants, the sites' inline caches and, once warm, a quick copy of the instructions that specialization
//! rewrites. Frames hold a `Code` and an instruction pointer into either copy.
//!
//! Invariants: `instrs` points to the immutable instructions until `quick` is made, then to the quick copy; both
//! have `ninstrs` instructions with the same operands except where a specialized form reuses them; `sites` and
//! `consts` never move.

use crate::bytecode::{Func, Instr, Module};
use crate::exit::Res;
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use alloc::sync::Arc;
use core::cell::Cell;

/// The inline cache of one site. What the fields mean depends on the form of the instruction that uses it.
#[repr(C)]
#[derive(Clone, Debug)]
pub struct SiteCache {
    /// Name, or keyword-name tuple; unbound if the site has none.
    pub name: Value,
    /// Destination register of a call.
    pub dst: u16,
    /// Small extra: slot capacity, kind …
    pub aux: u16,
    /// Shape seen, or version of a dict's keys.
    pub shape: u32,
    /// Slot, entry index, …
    pub index: u32,
    /// Version of a type, function or second dict.
    pub version: u32,
    /// Value found (method, function, class), unbound if none. Kept alive by the cache.
    pub value: Value,
    /// Second value (class whose version is checked, …).
    pub owner: Value,
}

impl SiteCache {
    /// In `aux` of a class's call: the class is one of exceptions, whose instances have no slots.
    pub const EXCEPTION: u16 = u16::MAX;
    /// `shape` of a cache that holds for no value: not what immediates answer ([`Value::shape`]), which would fit it.
    pub const NO_SHAPE: u32 = u32::MAX - 1;
}

/// Layout of `code`.
#[repr(C)]
#[derive(Debug)]
pub struct Code {
    pub(crate) header: Header,
    pub(crate) instrs: Cell<*const Instr>,
    pub(crate) consts: *mut Value,
    pub(crate) sites: *mut SiteCache,
    pub(crate) counters: Cell<*mut u16>,
    pub(crate) nregs: u16,
    pub(crate) nlocals: u16,
    pub(crate) nparams: u16,
    pub(crate) argcount: u16,
    pub(crate) flags: u32,
    pub(crate) entry_cost: u32,
    /// Bytes that a frame needs from its first register on, or [`COLD_FRAME`] before there is a quick copy: calls in
    /// a hurry, which count nothing, find no room for the frame of a function that is still to be counted.
    pub(crate) frame_bytes: Cell<u32>,
    /// Number of parameters if all are positional ones, else [`Code::NOT_PLAIN`].
    pub(crate) plain_args: u16,
    /// Registers that a generator of this code saves at most.
    pub(crate) saved_regs: u16,
    /// Calls so far, up to warm-up.
    pub(crate) entries: Cell<u32>,
    /// Version for call caches: 0 never.
    pub(crate) posonly: u16,
    pub(crate) kwonly: u16,
    pub(crate) ninstrs: u32,
    pub(crate) nconsts: u32,
    /// Inline caches: none without feature `speed`.
    pub(crate) nsites: u32,
    pub(crate) index: u32,
    pub(crate) quick: Cell<*mut Instr>,
    pub(crate) original: *const Instr,
    pub(crate) name: Value,
    pub(crate) qualname: Value,
    pub(crate) func: Func,
    /// The module's code cells by function number (list; unbound where not made yet).
    pub(crate) siblings: Value,
    pub(crate) module: core::mem::ManuallyDrop<Arc<Module>>,
}
super::heap_type!(Code => Code, Function => Function, CellObj => Cell, BoundMethod => BoundMethod, Builtin => Builtin);

/// More bytes than any chunk of the VM stack has.
pub(crate) const COLD_FRAME: u32 = 1 << 30;

impl Code {
    /// `plain_args` of a function with keyword-only, `*` or `**` parameters; no call has so many arguments.
    pub(crate) const NOT_PLAIN: u16 = u16::MAX;

    /// The module this code belongs to.
    pub fn module(&self) -> &Arc<Module> {
        &self.module
    }
    /// The function's record.
    pub fn func(&self) -> &Func {
        &self.func
    }
    /// Materialized constants.
    pub fn consts(&self) -> &[Value] {
        if self.nconsts == 0 {
            return &[];
        }
        // SAFETY: `nconsts` values were written when the code was made.
        unsafe { core::slice::from_raw_parts(self.consts, self.nconsts as usize) }
    }
    /// The sites' caches, if this build has any; see `Code::site`.
    pub fn sites(&self) -> &[SiteCache] {
        if self.nsites == 0 {
            return &[];
        }
        // SAFETY: `nsites` caches were written when the code was made.
        unsafe { core::slice::from_raw_parts(self.sites, self.nsites as usize) }
    }
    /// What site `index` says: its name, unbound if it has none, and the destination register of a call.
    #[cfg_attr(feature = "speed", inline(always))]
    pub(crate) fn site(&self, index: u16) -> (Value, u16) {
        if cfg!(feature = "speed") {
            return self.sites().get(index as usize).map_or((Value::UNBOUND, 0), |s| (s.name, s.dst));
        }
        // Without inline caches nothing of a site is in memory.
        match self.module.site(&self.func, index as u32) {
            Some(s) => (self.consts().get(s.name as usize).copied().unwrap_or(Value::UNBOUND), s.dst),
            None => (Value::UNBOUND, 0),
        }
    }
    /// Whether `pc` points into the quick copy.
    #[inline]
    pub(crate) fn in_quick(&self, pc: *const Instr) -> bool {
        let quick = self.quick.get() as usize;
        let offset = (pc as usize).wrapping_sub(quick);
        quick != 0 && offset <= self.ninstrs as usize * core::mem::size_of::<Instr>()
    }
    /// The immutable instruction at `index`.
    #[inline]
    pub(crate) fn original_at(&self, index: u32) -> Instr {
        debug_assert!(index < self.ninstrs);
        // SAFETY: instruction indices come from program counters inside this code.
        unsafe { *self.original.add(index as usize) }
    }
    /// Index of the instruction `pc` points to.
    #[inline]
    pub(crate) fn index_of(&self, pc: *const Instr) -> u32 {
        let quick = self.quick.get() as usize;
        let base = if quick != 0 && self.in_quick(pc) { quick } else { self.original as usize };
        ((pc as usize).wrapping_sub(base) / core::mem::size_of::<Instr>()) as u32
    }
}

/// Frees what a code cell owns outside its cell.
///
/// # Safety
/// Nothing uses the code any more.
pub(crate) unsafe fn drop_code(heap: &mut Heap, code: *mut Code) {
    // SAFETY: the buffers were allocated with these sizes; the module handle is dropped once.
    unsafe {
        let c = &mut *code;
        heap.buf_free(c.consts, c.nconsts as usize);
        heap.buf_free(c.sites, c.nsites as usize);
        if !c.quick.get().is_null() {
            heap.buf_free(c.quick.get(), c.ninstrs as usize);
            heap.buf_free(c.counters.get(), c.ninstrs as usize);
        }
        core::mem::ManuallyDrop::drop(&mut c.module);
    }
}

/// Layout of `function`.
#[repr(C)]
#[derive(Debug)]
pub struct Function {
    pub(crate) header: Header,
    pub(crate) code: Cell<Gc<Code>>,
    /// Globals (a dict).
    pub globals: Value,
    /// Closure cells (tuple), or None.
    pub closure: Value,
    /// Positional defaults (tuple), or None.
    pub defaults: Cell<Value>,
    /// Keyword-only defaults (dict), or None.
    pub kwdefaults: Cell<Value>,
    /// Name (str).
    pub name: Cell<Value>,
    /// Qualified name (str).
    pub qualname: Cell<Value>,
    /// Docstring, or unbound while it is the code's.
    pub doc: Cell<Value>,
    /// `__module__`, or unbound while it is the globals' `__name__`.
    pub module: Cell<Value>,
    /// Number that call caches compare; 0 until one asks, and again after code or defaults change.
    pub version: Cell<u32>,
    /// Whether traces rely on its defaults (see `watch`).
    pub(crate) marks: Cell<u8>,
    pub(crate) ext: Cell<Value>,
}

impl Function {
    /// The code.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn code(&self) -> Gc<Code> {
        self.code.get()
    }
    /// The version number for call caches, given on first use.
    pub fn ensure_version(&self, heap: &mut Heap) -> u32 {
        if self.version.get() == 0 {
            self.version.set(heap.next_version());
        }
        self.version.get()
    }
}

/// A new function of `code` in `globals`.
pub fn new_function(heap: &mut Heap, code: Gc<Code>, globals: Value, closure: Value) -> Res<Gc<Function>> {
    heap.new_object(super::kind::Function as u32, 0, |header| Function {
        header,
        code: Cell::new(code),
        globals,
        closure,
        defaults: Cell::new(Value::NONE),
        kwdefaults: Cell::new(Value::NONE),
        name: Cell::new(code.name),
        qualname: Cell::new(code.qualname),
        doc: Cell::new(Value::UNBOUND),
        module: Cell::new(Value::UNBOUND),
        version: Cell::new(0),
        marks: Cell::new(0),
        ext: Cell::new(Value::UNBOUND),
    })
}

/// A variable shared with closures.
#[repr(C)]
#[derive(Debug)]
pub struct CellObj {
    pub(crate) header: Header,
    /// The content, or unbound.
    pub content: Cell<Value>,
}

/// A new cell.
pub fn new_cell(heap: &mut Heap, content: Value) -> Res<Gc<CellObj>> {
    heap.new_object(super::kind::Cell as u32, 0, |header| CellObj { header, content: Cell::new(content) })
}

/// A function or other callable bound to an instance.
#[repr(C)]
#[derive(Debug)]
pub struct BoundMethod {
    pub(crate) header: Header,
    /// The callable.
    pub func: Value,
    /// The instance.
    pub self_: Value,
}

/// A new bound method.
pub fn new_bound(heap: &mut Heap, func: Value, self_: Value) -> Res<Gc<BoundMethod>> {
    heap.new_object(super::kind::BoundMethod as u32, 0, |header| BoundMethod { header, func, self_ })
}

/// A built-in function, or a method of a built-in type (bound or not), by its static definition.
#[repr(C)]
#[derive(Debug)]
pub struct Builtin {
    pub(crate) header: Header,
    /// Address of the static definition (`interp::native::NativeDef`), or null for a host function.
    pub(crate) def: *const (),
    /// Bound instance or class, or unbound.
    pub self_: Value,
    /// Class that defines it, module name, or unbound.
    pub owner: Value,
    /// Number of the host function, if `def` is null.
    pub host: u32,
}

impl Builtin {
    /// Whether it is a function of a module, or of nothing: neither a type's nor a method.
    #[cfg(feature = "speed")]
    pub(crate) fn is_free(&self) -> bool {
        self.header.kind == super::kind::Builtin
            && self.self_.is_unbound()
            && self.owner.get::<super::Type>().is_none()
    }
    /// Whether both are the same function bound to the same object.
    pub fn same(&self, other: &Builtin) -> bool {
        self.def == other.def && self.host == other.host && self.self_ == other.self_
    }
}

/// A new built-in function object of `kind` (`Builtin`, `MethodDescriptor`, …; all share the layout).
pub(crate) fn new_builtin(
    heap: &mut Heap,
    kind: u8,
    def: *const (),
    host: u32,
    self_: Value,
    owner: Value,
) -> Res<Value> {
    let p = heap.alloc_cell(core::mem::size_of::<Builtin>(), kind as u32, kind, 0)?;
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let b = p.as_ptr().cast::<Builtin>();
        (*b).def = def;
        (*b).self_ = self_;
        (*b).owner = owner;
        (*b).host = host;
        Ok(Gc::from_ptr(b).value())
    }
}

/// The built-in function or method of a built-in type that `v` is, bound or not.
#[inline]
pub fn get_builtin(v: Value) -> Option<Gc<Builtin>> {
    use super::kind as k;
    match v.header()?.kind {
        k::Builtin | k::MethodDescriptor | k::WrapperDescriptor | k::ClassMethodDescriptor => {
            // SAFETY: all these kinds have a `Builtin`'s layout.
            Some(unsafe { Gc::from_ptr(v.addr() as *mut Builtin) })
        }
        _ => None,
    }
}
