//! Making `Code` cells of a module's functions: constants, names, sites, quick copies.

use super::Rt;
use crate::bytecode::{ConstRef, Func, FuncFlags, Instr, Module, Op};
use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header};
use crate::object::func::{Code, SiteCache};
use crate::object::{bytes, float, int, kind, list, set, string, tuple};
use crate::value::Value;
use alloc::sync::Arc;
use core::cell::Cell;

/// Calls (or back-edges) after which a function gets its quick copy.
pub(crate) const WARM_UP: u32 = 2;

impl Rt {
    /// The code cell of function 0 of `module`, with a fresh table for its other functions.
    pub fn code_of_module(&mut self, module: &Arc<Module>) -> Res<Gc<Code>> {
        let n = module.func_count() as usize;
        let table = list::with_capacity(&mut self.heap, n)?;
        for _ in 0..n {
            table.push(&mut self.heap, Value::UNBOUND)?;
        }
        self.code_at(module, table.value(), 0)
    }

    /// The code cell of function `index`, from the table `siblings` or newly made.
    pub(crate) fn code_at(&mut self, module: &Arc<Module>, siblings: Value, index: u32) -> Res<Gc<Code>> {
        let table = siblings.get::<crate::object::List>();
        if let Some(c) = table.and_then(|t| t.get(index as usize)).and_then(|v| v.get::<Code>()) {
            return Ok(c);
        }
        let code = self.make_code(module, siblings, index)?;
        if let Some(t) = table {
            t.set(index as usize, code.value());
        }
        Ok(code)
    }

    fn make_code(&mut self, module: &Arc<Module>, siblings: Value, index: u32) -> Res<Gc<Code>> {
        let Some(func) = module.func(index) else { return Err(Exit::NeedGc) };
        let instrs = module.instrs(&func);
        let name = self.intern(module.text(func.name).as_bytes())?;
        let qualname = self.intern(module.text(func.qualname).as_bytes())?;
        let (nconsts, nsites) = (func.consts.1, if cfg!(feature = "speed") { func.sites.1 } else { 0 });
        let consts: *mut Value = self.heap.buf_alloc(nconsts as usize)?;
        let sites: *mut SiteCache = match self.heap.buf_alloc(nsites as usize) {
            Ok(p) => p,
            Err(e) => {
                self.heap.buf_free(consts, nconsts as usize);
                return Err(e);
            }
        };
        for i in 0..nconsts as usize {
            // SAFETY: the buffer has `nconsts` values; likewise for the sites.
            unsafe { consts.add(i).write(Value::NONE) };
        }
        for i in 0..nsites {
            let dst = module.site(&func, i).map_or(0, |s| s.dst);
            // SAFETY: as above.
            unsafe { sites.add(i as usize).write(empty_site(dst)) };
        }
        let made = self.heap.new_object(kind::Code as u32, Header::EXT, |header| Code {
            header,
            instrs: Cell::new(instrs.as_ptr()),
            consts,
            sites,
            counters: Cell::new(core::ptr::null_mut()),
            nregs: func.nregs,
            nlocals: func.nlocals,
            nparams: func.nparams(),
            argcount: func.argcount,
            flags: func.flags.0,
            entry_cost: func.entry_cost,
            frame_bytes: Cell::new(crate::object::func::COLD_FRAME),
            plain_args: plain_args(&func),
            saved_regs: instrs.iter().map(saved_regs).max().unwrap_or(0).min(func.nregs),
            entries: Cell::new(0),
            posonly: func.posonly,
            kwonly: func.kwonly,
            ninstrs: func.instrs.1,
            nconsts,
            nsites,
            index,
            quick: Cell::new(core::ptr::null_mut()),
            original: instrs.as_ptr(),
            name,
            qualname,
            func,
            siblings,
            module: core::mem::ManuallyDrop::new(module.clone()),
        });
        let code = match made {
            Ok(c) => c,
            Err(e) => {
                self.heap.buf_free(consts, nconsts as usize);
                self.heap.buf_free(sites, nsites as usize);
                return Err(e);
            }
        };
        self.fill_consts(code)?;
        Ok(code)
    }

    /// Materializes constants and site names; the cell frees its buffers if this fails and it is collected.
    fn fill_consts(&mut self, code: Gc<Code>) -> Res<()> {
        let module = code.module().clone();
        for i in 0..code.nconsts {
            let Some(c) = module.constant(&code.func, i) else { return Err(Exit::NeedGc) };
            let v = self.make_const(code, c)?;
            // SAFETY: `i < nconsts`.
            unsafe { *code.consts.add(i as usize) = v };
        }
        for i in 0..code.nsites {
            if let Some(s) = module.site(&code.func, i)
                && s.name < code.nconsts
            {
                // SAFETY: `i < nsites` and the name is a constant of this code.
                unsafe { (*code.sites.add(i as usize)).name = *code.consts.add(s.name as usize) };
            }
        }
        Ok(())
    }

    fn make_const(&mut self, code: Gc<Code>, c: ConstRef<'_>) -> Res<Value> {
        let heap = &mut self.heap;
        let at = |i: &u64| code.consts().get(*i as usize).copied().unwrap_or(Value::NONE);
        match c {
            ConstRef::None => Ok(Value::NONE),
            ConstRef::Bool(b) => Ok(Value::bool(b)),
            ConstRef::Ellipsis => Ok(Value::ELLIPSIS),
            ConstRef::Int(n) => int::from_i64(heap, n),
            ConstRef::BigInt(..) if !cfg!(feature = "bigint") => Err(self.too_wide()),
            ConstRef::BigInt(neg, limbs) => int::from_mag(heap, neg, limbs),
            ConstRef::Float(x) | ConstRef::Imaginary(x) => float::new(heap, x),
            ConstRef::Str(s) if s.len() <= 64 => self.intern(s),
            ConstRef::Str(s) => Ok(string::new(heap, s)?.value()),
            ConstRef::Bytes(_) if !cfg!(feature = "bytes") => Err(self.left_out("bytes")),
            ConstRef::Bytes(b) => Ok(bytes::new(heap, b)?.value()),
            ConstRef::Tuple(items) => {
                let l = list::with_capacity(heap, items.len())?;
                for v in items.iter().map(at) {
                    l.push(heap, v)?;
                }
                if l.is_empty() {
                    return Ok(self.empty_tuple);
                }
                Ok(tuple::new(heap, l.items())?.value())
            }
            ConstRef::FrozenSet(_) if !cfg!(feature = "sets") => Err(self.left_out("sets")),
            ConstRef::FrozenSet(items) => {
                let s = set::new_frozen(heap)?;
                for v in items.iter().map(at) {
                    if let Some(h) = self.hash(v)? {
                        s.insert(&mut self.heap, h, v)?;
                    }
                }
                Ok(s.value())
            }
        }
    }

    /// Gives a warm function its quick copy. Without memory it stays as it is.
    #[cold]
    pub(crate) fn make_quick(&mut self, code: Gc<Code>) {
        if !code.quick.get().is_null() {
            return;
        }
        let n = code.ninstrs as usize;
        let Ok(quick) = self.heap.buf_alloc::<Instr>(n) else { return };
        let Ok(counters) = self.heap.buf_alloc::<u16>(n) else {
            self.heap.buf_free(quick, n);
            return;
        };
        // SAFETY: both buffers have `n` elements, and the immutable code has as many instructions.
        unsafe {
            core::ptr::copy_nonoverlapping(code.original, quick, n);
            core::ptr::write_bytes(counters, 0, n);
        }
        code.quick.set(quick);
        code.counters.set(counters);
        code.instrs.set(quick);
        code.frame_bytes.set((code.nregs as u32 + FRAME_MARGIN) * 8);
    }

    /// Counts an entry and makes the quick copy when the function is warm.
    #[inline]
    pub(crate) fn count_entry(&mut self, code: Gc<Code>) {
        if cfg!(feature = "speed") && code.quick.get().is_null() {
            let n = code.entries.get() + 1;
            code.entries.set(n);
            if n >= WARM_UP {
                self.make_quick(code);
            }
        }
    }
}

/// Words beyond its registers that a frame keeps free to the end of its chunk, for natives' slots and the like.
const FRAME_MARGIN: u32 = 8;

/// How many registers an instruction saves in a generator.
fn saved_regs(i: &Instr) -> u16 {
    match i.op() {
        Some(Op::MakeGenerator) => i.a(),
        Some(Op::Yield | Op::YieldFrom) => i.c(),
        _ => 0,
    }
}

fn plain_args(func: &Func) -> u16 {
    let plain = func.kwonly == 0 && func.flags.0 & (FuncFlags::VARARGS | FuncFlags::VARKW) == 0;
    if plain { func.argcount } else { Code::NOT_PLAIN }
}

pub(crate) fn empty_site(dst: u16) -> SiteCache {
    SiteCache {
        name: Value::UNBOUND,
        dst,
        aux: 0,
        shape: SiteCache::NO_SHAPE,
        index: 0,
        version: 0,
        value: Value::UNBOUND,
        owner: Value::UNBOUND,
    }
}
