//! Leaf helpers: what compiled code calls. They do not collect, suspend or run guest code; an answer of "unbound" makes
//! the trace leave through the exit of the call.
//!
//! Invariant: a helper that answers unbound has changed nothing, or has noted in `Jit::pending` what the interpreter has
//! to go on with.

use super::{Jit, Pending, Site};
use crate::builtins::{self, exceptions};
use crate::bytecode::{Instr, Op};
use crate::emit::JitCtx;
use crate::exit::{Exit, Res};
use crate::interp::call::CallSite;
use crate::interp::cont::Cont;
use crate::interp::frame::{Frame, word};
use crate::interp::native::{BinOp, CmpOp};
use crate::interp::{Args, NativeDef, Rt, fast};
use crate::num::float;
use crate::object::{
    Code, Dict, Function, List, Str, Tuple, Type, dict, func, generator, instance, int, iter, kind, misc,
};
use crate::opt::builder::clobber;
use crate::value::Value;

const UNBOUND: u64 = Value::UNBOUND.bits();
/// Answer of a loop's step that found the end: no value of the guest's.
pub(super) const END: u64 = 0xff << 3 | 2;

/// Declares helpers: a number for each, and the table of their addresses. One marked `[plain]` takes no fuel and allocates
/// nothing.
macro_rules! helpers {
    ($( $(#[doc = $doc:literal])* $([$plain:ident])? $name:ident($rt:ident $(, $p:ident)*) $body:block )*) => {
        #[cfg(target_arch = "x86_64")]
        helpers!(@abi "sysv64" $( $(#[doc = $doc])* $([$plain])? $name($rt $(, $p)*) $body )*);
        #[cfg(not(target_arch = "x86_64"))]
        helpers!(@abi "C" $( $(#[doc = $doc])* $([$plain])? $name($rt $(, $p)*) $body )*);
        /// Number of a helper.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(usize)]
        #[allow(non_camel_case_types)]
        pub(super) enum Helper { $( $(#[doc = $doc])* $name, )* }
        impl Helper {
            /// Displacement of its address in the context.
            pub fn at(self) -> i32 {
                (core::mem::offset_of!(JitCtx, helpers) + self as usize * 8) as i32
            }
            /// Fills the table.
            pub fn fill(table: &mut [usize]) {
                for (to, from) in table.iter_mut().zip([$( $name as *const () as usize, )*]) {
                    *to = from;
                }
            }
            /// Its name by displacement, for listings.
            pub fn name(d: i32) -> Option<&'static str> {
                let n = (d as usize).checked_sub(core::mem::offset_of!(JitCtx, helpers))? / 8;
                [$( stringify!($name), )*].get(n).copied()
            }
        }
    };
    (@abi $abi:literal $( $(#[doc = $doc:literal])* $([$plain:ident])? $name:ident($rt:ident $(, $p:ident)*) $body:block )*) => { $(
        $(#[doc = $doc])*
        extern $abi fn $name(ctx: *mut JitCtx $(, $p: u64)*) -> u64 {
            // SAFETY: the context's runtime is the one that entered the trace, which lends it to helpers; nothing else
            // uses either meanwhile.
            let rt = unsafe { &mut *(*ctx).rt.cast::<Rt>() };
            fn run($rt: &mut Rt, $($p: u64),*) -> Option<u64> $body
            helpers!(@run $([$plain])? rt, ctx, run(rt, $($p),*)).unwrap_or(UNBOUND)
        }
    )* };
    (@run [plain] $rt:ident, $ctx:ident, $run:expr) => {{
        let _ = $ctx;
        $run
    }};
    (@run $rt:ident, $ctx:ident, $run:expr) => {{
        // SAFETY: as above.
        $rt.fuel = unsafe { (*$ctx).fuel };
        let r = $run;
        // SAFETY: as above.
        unsafe {
            (*$ctx).fuel = $rt.fuel;
            (*$ctx).gc_due = $rt.heap.gc_due() as u64;
            (*$ctx).epoch = $rt.heap.epoch.now() as u64;
        }
        r
    }};
}

fn v(bits: u64) -> Value {
    Value::from_bits(bits)
}

helpers! {
    /// Runs the instruction of a site on the frame in memory.
    generic(rt, site, root) { run_site(rt, site, root, Run::Plain) }
    /// Runs the jump of a site on the frame in memory; tells whether it was taken.
    branch(rt, site, root) { run_site(rt, site, root, Run::Branch) }
    /// Runs the native of a site on its window in memory.
    native(rt, site, root) { run_site(rt, site, root, Run::Native) }
    /// After an instruction raised: goes on at the handler of a site, if the exception comes there.
    land(rt, site, root) { land_at(rt, site, root) }
    /// After an instruction or native asked for a call: makes it, if it is the one of a site.
    go_on(rt, site, root) { go_on_at(rt, site, root) }
    /// A new instance of a shape with inline capacity.
    new_instance(rt, shape, cap) { Some(instance::new(&mut rt.heap, shape as u32, cap as u16).ok()?.value().bits()) }
    /// An instance of an exception class for the `n` words at `first`.
    new_exception(rt, class, first, n) {
        // SAFETY: the trace has stored them in its frame.
        let given = unsafe { Args::new(first as usize as *const Value, n as usize) };
        Some(exceptions::make(rt, v(class), Value::UNBOUND, given).ok()?.bits())
    }
    /// Appends to a list.
    append(rt, list, x) { fast::list_append(rt, v(list), v(x)).then_some(Value::NONE.bits()) }
    /// A new dict.
    new_dict(rt) { Some(dict::new(&mut rt.heap).ok()?.value().bits()) }
    /// `d[k]`.
    [plain] dict_get(rt, d, k) { Some(fast::dict_item(rt, v(d), v(k))?.bits()) }
    /// `d.get(k, x)`.
    [plain] dict_get_or(rt, d, k, x) { Some(fast::dict_item_or(rt, v(d), v(k), v(x))?.bits()) }
    /// `d[k] = x`.
    dict_set(rt, d, k, x) {
        // One that traces rely on is left to what tells them.
        let plain = v(d).exact::<Dict>().is_some_and(|d| !d.is_watched());
        (plain && fast::set_dict_item(rt, v(d), v(k), v(x))).then_some(Value::NONE.bits())
    }
    /// `s.add(k)`.
    set_add(rt, s, k) { fast::set_add(rt, v(s), v(k)).then_some(Value::NONE.bits()) }
    /// `list.extend(items)` of few items of a list or tuple. Charges.
    list_extend(rt, list, items) {
        let (l, i) = (v(list), v(items));
        let few = (i.exact::<Tuple>().map(|t| t.len())).or(i.exact::<List>().map(|l| l.len()))? <= FEW;
        let plain = few && l.exact::<List>().is_some() && l != i;
        unless_repeated(rt, plain, |rt| done(builtins::list::list_extend(rt, l, i)))
    }
    /// Adds the few items of dict `items` to `d`, which has none of their keys, for call of `callee`. Charges.
    dict_merge(rt, d, items, callee) {
        let (d, i) = (v(d), v(items));
        let few = i.exact::<Dict>().is_some_and(|i| i.len() <= FEW);
        let plain = few && d.exact::<Dict>().is_some_and(|d| d.is_empty() && !d.is_watched());
        unless_repeated(rt, plain, |rt| done(builtins::dict::dict_merge(rt, d, i, v(callee))))
    }
    /// `s.remove(k)`, where it is there.
    [plain] set_remove(rt, s, k) { fast::set_remove(rt, v(s), v(k))?.then_some(Value::NONE.bits()) }
    /// `s.discard(k)`.
    [plain] set_discard(rt, s, k) { fast::set_remove(rt, v(s), v(k)).map(|_| Value::NONE.bits()) }
    /// `k in d`.
    [plain] dict_has(rt, k, d) { Some(Value::bool(fast::in_dict(rt, v(k), v(d))?).bits()) }
    /// `a + b` of strs.
    str_concat(rt, a, b) { Some(fast::add_str(rt, v(a), v(b))?.bits()) }
    /// `a == b` of strs.
    [plain] str_eq(_rt, a, b) { Some(Value::bool(fast::eq_str(v(a), v(b))?).bits()) }
    /// The entry of a dict whose key is the tuple of `x` and `y`, or -1.
    [plain] dict_pair(rt, d, x, y) { Some(Value::int(fast::dict_pair(rt, v(d), v(x), v(y))?).bits()) }
    /// Whether the tuple of `x` and `y` is in a set.
    [plain] set_pair(rt, s, x, y) { Some(Value::bool(fast::set_pair(rt, v(s), v(x), v(y))?).bits()) }
    /// How the strs compare: an int below, at or above 0.
    [plain] str_cmp(_rt, a, b) {
        let (x, y) = (v(a).exact::<Str>()?, v(b).exact::<Str>()?);
        Some(Value::int(x.bytes().cmp(y.bytes()) as i64).bits())
    }
    /// A range of `len` items, with the step 1.
    new_range(rt, start, stop, len) {
        Some(misc::new_range(&mut rt.heap, v(start), v(stop), Value::int(1), v(len)).ok()?.value().bits())
    }
    /// The iterator of a built-in container.
    iter_of(rt, x) {
        let make = rt.slots_of(v(x)).iter?;
        Some(make(rt, v(x)).ok()?.bits())
    }
    /// An iterator of `kind` over nothing.
    new_iterator(rt, kind) { Some(iter::new_empty(&mut rt.heap, kind as u8).ok()?.bits()) }
    /// A bound method.
    bind(rt, f, o) { Some(func::new_bound(&mut rt.heap, v(f), v(o)).ok()?.value().bits()) }
    /// A function of `code`, with the globals of function `own`.
    new_function(rt, own, code, closure) {
        let (own, code) = (v(own).get::<Function>()?, v(code).get::<Code>()?);
        Some(func::new_function(&mut rt.heap, code, own.globals, v(closure)).ok()?.value().bits())
    }
    /// A generator of function `f` that goes on at `pc`, without registers yet.
    new_generator(rt, f, pc) {
        let f = v(f).get::<Function>()?;
        let g = generator::new(&mut rt.heap, f.value(), f.code(), kind::Generator as u32).ok()?;
        g.name.set(f.name.get());
        g.qualname.set(f.qualname.get());
        g.pc.set(pc as usize as *const Instr);
        Some(g.value().bits())
    }
    /// The step of a loop over a built-in iterator, whose state is at `state`: the item, or the end.
    next_iter(rt, state) {
        let frame = core::mem::replace(&mut rt.stack.frame, Frame(state as usize as *mut Value));
        let next = fast::next_iter(rt, 0);
        rt.stack.frame = frame;
        item(next)
    }
    /// As `next_iter`, for pairs that are unpacked at once.
    next_pair(rt, state) {
        // SAFETY: the trace has stored the three words of the state in its frame.
        item(unsafe { fast::next_pair(rt, state as usize as *mut Value, 0) })
    }
    /// As `next_iter`, of an iterator that keeps its own state.
    iter_item(rt, it) { item(fast::iter_item(rt, v(it))) }
    /// As `next_pair`, of an iterator that keeps its own state.
    iter_pair(rt, it) { item(fast::iter_pair(rt, v(it))) }
    /// A tuple of two.
    tuple2(rt, a, b) { Some(fast::build_tuple(rt, &[v(a), v(b)])?.bits()) }
    /// A tuple of three.
    tuple3(rt, a, b, c) { Some(fast::build_tuple(rt, &[v(a), v(b), v(c)])?.bits()) }
    /// A list of the `n` words at `first`.
    build_list(rt, first, n) {
        // SAFETY: the trace has stored them in its frame.
        let items = unsafe { core::slice::from_raw_parts(first as usize as *const Value, n as usize) };
        Some(fast::build_list(rt, items)?.bits())
    }
    /// A tuple of the `n` words at `first`.
    build_tuple(rt, first, n) {
        // SAFETY: as above.
        let items = unsafe { core::slice::from_raw_parts(first as usize as *const Value, n as usize) };
        Some(fast::build_tuple(rt, items)?.bits())
    }
    /// `slice(a, b, c)`.
    build_slice(rt, a, b, c) { Some(fast::build_slice(rt, v(a), v(b), v(c))?.bits()) }
    /// `o[lo:hi]`.
    get_slice(rt, o, lo, hi) { Some(fast::get_slice(rt, v(o), v(lo), v(hi))?.bits()) }
    /// `list[slice]`.
    list_slice(rt, o, key) { Some(fast::list_slice(rt, v(o), v(key))?.bits()) }
    /// `list[start:stop:step]`, the three at `bounds`.
    list_part(rt, o, bounds) {
        // SAFETY: the trace has stored them above its frame.
        let (start, stop, step) = unsafe {
            let at = bounds as usize as *const Value;
            (*at, *at.add(1), *at.add(2))
        };
        Some(fast::list_part(rt, v(o), start, stop, step)?.bits())
    }
    /// `o[lo:hi] = x`, the bounds at `bounds`. Charges.
    set_slice(rt, o, bounds, x) {
        // SAFETY: the trace has stored both in its frame.
        let (lo, hi) = unsafe {
            let at = bounds as usize as *const Value;
            (*at, *at.add(1))
        };
        fast::set_slice(rt, v(o), lo, hi, v(x)).then_some(Value::NONE.bits())
    }
    /// `a + b` of lists.
    add_list(rt, a, b) { Some(fast::add_list(rt, v(a), v(b))?.bits()) }
    /// `k in s` of a set.
    [plain] in_set(rt, k, s) { Some(Value::bool(fast::in_set(rt, v(k), v(s))?).bits()) }
    /// `k in s` of a short str.
    [plain] in_str(_rt, k, s) { Some(Value::bool(fast::in_str(v(k), v(s))?).bits()) }
    /// `k in o` of a short list or tuple. Charges.
    in_items(rt, k, o) { Some(Value::bool(fast::in_items(rt, v(k), v(o))?).bits()) }
    /// A cell.
    make_cell(rt, content) { Some(fast::make_cell(rt, v(content))?.bits()) }
    /// `a op b` of ints of any size: `op` is the operator's number, and how much fuel must be left above it. Charges.
    int_op(rt, op, a, b) { int_operator(rt, op, v(a), v(b)) }
    /// `a op b` of ints of any size, `op` a comparison's number.
    [plain] int_cmp(_rt, op, a, b) {
        let (op, a, b) = (*CmpOp::ALL.get(op as usize)?, v(a), v(b));
        if !int::is_exact(a) || !int::is_exact(b) {
            return None;
        }
        Some(Value::bool(op.holds(int::compare(int::get(a)?, int::get(b)?))).bits())
    }
    /// Float floor division.
    [plain] float_floordiv(_rt, a, b) { Some(float::floor_div(f64::from_bits(a), f64::from_bits(b)).unwrap_or(0.0).to_bits()) }
    /// Float remainder.
    [plain] float_mod(_rt, a, b) { Some(float::modulo(f64::from_bits(a), f64::from_bits(b)).unwrap_or(0.0).to_bits()) }
    /// Float power; nan for what raises.
    [plain] pow(_rt, a, b) { Some(float::pow(f64::from_bits(a), f64::from_bits(b)).unwrap_or(f64::NAN).to_bits()) }
}

impl Helper {
    /// Bits of the operator in the first argument of `int_op`.
    pub(super) const OPERATOR_BITS: u32 = 8;
}

/// An operator of ints. If it fails, or what is left of the fuel is not enough for the rest of the trace, nothing was done,
/// and the interpreter does it again.
fn int_operator(rt: &mut Rt, op: u64, a: Value, b: Value) -> Option<u64> {
    let (op, wants) = (op as u8, (op >> Helper::OPERATOR_BITS) as i64);
    let op = *BinOp::ALL.get(op as usize)?;
    unless_repeated(rt, int::is_exact(a) && int::is_exact(b), |rt| {
        let r = builtins::int::binary(rt, op, a, b).ok()?;
        (rt.fuel >= wants && r != Value::NOT_IMPLEMENTED).then_some(r.bits())
    })
}

/// Items that a leaf helper goes through at most.
const FEW: usize = 64;

/// Runs what changes nothing where it fails; the interpreter repeats it then.
fn unless_repeated(rt: &mut Rt, plain: bool, run: impl FnOnce(&mut Rt) -> Option<u64>) -> Option<u64> {
    let fuel = rt.fuel;
    let r = if plain { run(rt) } else { None };
    if r.is_none() {
        rt.fuel = fuel;
    }
    r
}
fn done(r: Res<()>) -> Option<u64> {
    r.ok().map(|()| Value::NONE.bits())
}

fn item(next: fast::Next) -> Option<u64> {
    match next {
        fast::Next::Item(v) => Some(v.bits()),
        fast::Next::End => Some(END),
        fast::Next::Miss => None,
    }
}

/// What a helper with a site is given: the site, the JIT, and the trace's root frame.
///
/// # Safety
/// `site` is the address of one of the running trace's sites, which live as long as it, and `root` of its root frame. A
/// site points back to the `Jit` that entered the trace, which nothing else uses while a helper runs.
unsafe fn given<'a>(site: u64, root: u64) -> (&'a Site, &'a mut Jit, *mut Value) {
    // SAFETY: the caller's promise.
    unsafe {
        let s = &*(site as usize as *const Site);
        (s, &mut *s.jit.cast::<Jit>(), root as usize as *mut Value)
    }
}

/// Unwinds to the handler at which a side trace begins. Where the exception does not come there, or where there is none,
/// nothing is done, and what the helper before left is pending still.
fn land_at(rt: &mut Rt, site: u64, root: u64) -> Option<u64> {
    // SAFETY: a helper's arguments; the one that raised has left its frames in memory.
    let (s, jit, root) = unsafe { given(site, root) };
    let last = Frame(root);
    if !matches!(jit.pending, Some(Pending::Exit(Exit::Raise))) {
        return None;
    }
    let (frame, pc, _) = rt.landing(last)?;
    if frame.0 != last.0.wrapping_add(s.base as usize) || pc != s.pc {
        return None;
    }
    jit.pending = None;
    rt.handled = Value::from_bits(jit.ctx.handled);
    rt.redo = None;
    let landed = rt.unwind();
    jit.ctx.handled = rt.handled.bits();
    match landed {
        Ok(None) => Some(Value::NONE.bits()),
        Ok(Some(_)) => None,
        Err(e) => {
            jit.pending = Some(Pending::Exit(e));
            None
        }
    }
}

/// Makes the call that the helper before has left for, if it pushes the frame with which a side trace goes on. Where it pushes
/// another one, that is what is pending.
fn go_on_at(rt: &mut Rt, site: u64, root: u64) -> Option<u64> {
    // SAFETY: a helper's arguments.
    let (s, jit, root) = unsafe { given(site, root) };
    match jit.pending.take()? {
        Pending::Native(callee, site) => {
            rt.handled = Value::from_bits(jit.ctx.handled);
            if let Err(e) = rt.after_native_call(callee, site) {
                jit.pending = Some(Pending::Exit(e));
                return None;
            }
        }
        Pending::Pushed => {}
        other => {
            jit.pending = Some(other);
            return None;
        }
    }
    let f = rt.stack.frame;
    if f.0 != root.wrapping_add(s.base as usize) || !s.is_at(f, rt.stack.pc) {
        jit.pending = Some(Pending::Pushed);
        return None;
    }
    jit.ctx.handled = rt.handled.bits();
    jit.ctx.depth = rt.depth as u64;
    Some(Value::NONE.bits())
}

/// What a site has run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// An instruction; the result is the value of its destination.
    Plain,
    /// A conditional jump; the result is whether it jumped.
    Branch,
    /// A native.
    Native,
}

/// Runs a site's instruction as the interpreter would, on operands in memory.
fn run_site(rt: &mut Rt, site: u64, root: u64, run: Run) -> Option<u64> {
    // SAFETY: a trace passes the address of one of its own sites, which live as long as it, and its root frame, above
    // which there is room for the frames of its inlined calls (checked on entry). `Jit::ctx` points back to the `Jit`
    // that entered the trace, which nothing else uses meanwhile. Operands were stored.
    unsafe {
        let (s, jit, root) = given(site, root);
        let base = root.add(s.base as usize);
        rt.handled = Value::from_bits(jit.ctx.handled);
        if s.lean
            && !(rt.heap.gc_due() || rt.interrupted())
            && let Some(r) = run_lean(rt, jit, s, root, base)
        {
            return r.map(Value::bits);
        }
        stand_at(rt, jit, s, root);
        run_in_general(rt, jit, s, base, run)
    }
}

/// Makes a site's instruction the interpreter's present one.
///
/// # Safety
/// As for `write_frames`; the site is of a trace with this root.
unsafe fn stand_at(rt: &mut Rt, jit: &Jit, s: &Site, root: *mut Value) {
    // SAFETY: the caller's promise.
    unsafe {
        write_frames(root, &s.frames);
        rt.stack.frame = Frame(root.add(s.base as usize));
    }
    rt.stack.pc = s.next_pc();
    rt.depth = jit.ctx.depth as u32 + s.frames.len() as u32;
}

/// Runs what needs nothing but operands; the interpreter's state follows only where that fails. `None`: it needs more.
///
/// # Safety
/// The site's operands were stored in the frame at `base`, above `root`.
unsafe fn run_lean(
    rt: &mut Rt,
    jit: &mut Jit,
    s: &Site,
    root: *mut Value,
    base: *mut Value,
) -> Option<Option<Value>> {
    let fuel = rt.fuel;
    // SAFETY: the caller's promise; a definition is static.
    let r = unsafe {
        if s.def != 0 {
            call_native(rt, s, base)
        } else {
            let (x, y) = (*base.add(s.instr.b() as usize), *base.add(s.instr.c() as usize));
            rt.built_in_operator(s.instr.op()?, x, y)?
        }
    };
    match r {
        Ok(x) => {
            rt.commit();
            Some(Some(x))
        }
        Err(e) => {
            // SAFETY: the caller's promise.
            unsafe { stand_at(rt, jit, s, root) };
            rt.undo(e, rt.stack.frame, fuel);
            jit.pending = Some(if s.def == 0 { Pending::Exit(e) } else { after_native(s, base, e) });
            Some(None)
        }
    }
}

/// Runs a site's instruction in the frame at `base`, at which the interpreter stands.
///
/// # Safety
/// The site's operands were stored in that frame.
unsafe fn run_in_general(rt: &mut Rt, jit: &mut Jit, s: &Site, base: *mut Value, run: Run) -> Option<u64> {
    use Op::*;
    let call = matches!(s.instr.op(), Some(Call | CallMethod | CallKw | CallMethodKw | CallEx));
    if (run == Run::Branch || call) && (rt.heap.gc_due() || rt.interrupted()) {
        // A loop's step, or a call, is a place where the interpreter collects and polls: what the trace has in
        // registers is no root.
        jit.pending = Some(Pending::Slow);
        return None;
    }
    if run == Run::Native {
        // SAFETY: the caller's promise.
        let r = unsafe { run_native(rt, jit, s, base) };
        jit.ctx.handled = rt.handled.bits();
        return r;
    }
    let r = crate::interp::control::plain(rt, s.instr);
    jit.ctx.handled = rt.handled.bits();
    match r {
        Ok(()) if rt.stack.frame.0 == base => {
            rt.depth = jit.ctx.depth as u32;
            if run == Run::Branch {
                return Some(Value::bool(rt.stack.pc != s.next_pc()).bits());
            }
            let dst = s.dst;
            // SAFETY: the destination is a register of the frame.
            Some(if dst == Site::NO_DST { Value::NONE } else { unsafe { *base.add(dst as usize) } }.bits())
        }
        Ok(()) => {
            jit.pending = Some(Pending::Pushed);
            None
        }
        Err(e) => {
            jit.pending = Some(Pending::Exit(e));
            None
        }
    }
}

/// Runs a site's native over the window at `base`, at which the interpreter stands.
///
/// # Safety
/// The site's window and native are as recorded, and its operands were stored.
unsafe fn run_native(rt: &mut Rt, jit: &mut Jit, s: &Site, base: *mut Value) -> Option<u64> {
    let fuel = rt.fuel;
    // SAFETY: the caller's promise.
    match unsafe { call_native(rt, s, base) } {
        Ok(x) => {
            rt.commit();
            rt.depth = jit.ctx.depth as u32;
            Some(x.bits())
        }
        Err(e) => {
            rt.undo(e, rt.stack.frame, fuel);
            jit.pending = Some(after_native(s, base, e));
            None
        }
    }
}

/// Calls a site's native.
///
/// # Safety
/// As for `run_native`.
#[inline(always)]
unsafe fn call_native(rt: &mut Rt, s: &Site, base: *mut Value) -> Res<Value> {
    // SAFETY: the definition is static; the window lies in the frame, with words to spare behind it.
    unsafe {
        let (d, args) = (&*(s.def as *const NativeDef), base.add(s.args as usize));
        for i in s.nargs as usize..s.slots as usize {
            *args.add(i) = Value::UNBOUND;
        }
        (d.func)(rt, Args::new(args, s.slots as usize))
    }
}

/// What the interpreter does after a site's native has exited with `e`.
fn after_native(s: &Site, base: *mut Value, e: Exit) -> Pending {
    if e != Exit::Call {
        return Pending::Exit(e);
    }
    if s.callee.is_unbound() {
        // A constructor needs room for a frame of its own: the general path makes it.
        return Pending::Slow;
    }
    let (args, n) = (base.wrapping_add(s.args as usize), s.nargs.max(s.slots) as usize);
    let site = CallSite { args, n, kw: Value::UNBOUND, dst: s.dst, cont: Cont::Value, owned: false };
    Pending::Native(s.callee, site)
}

/// Writes the headers of inlined frames, whose functions are in memory already.
///
/// # Safety
/// `root` is the trace's root frame, and there is room above it.
pub(super) unsafe fn write_frames(root: *mut Value, frames: &[super::FrameRec]) {
    for f in frames {
        // SAFETY: the caller's promise.
        unsafe {
            let at = Frame(root.add(f.base as usize));
            let caller = Frame(root.add(f.caller as usize));
            let caller_code = f.caller_code as *const crate::object::Code;
            caller.set_pc((*caller_code).instrs.get().add(f.ret_pc as usize));
            at.set_word(word::CODE, f.code as u64);
            at.set_word(word::PREV, caller.0 as usize as u64);
            at.set_word(word::RESUME, 0);
            at.set_meta(f.meta);
        }
    }
}

/// Whether an operation can be run by the `generic` helper: it writes one register or none, does not jump, and looks at
/// nothing but its operands.
pub(super) fn runs_generic(op: Op) -> bool {
    use Op::*;
    matches!(
        op,
        Add | Sub
            | Mul
            | MatMul
            | TrueDiv
            | FloorDiv
            | Mod
            | Pow
            | Shl
            | Shr
            | And
            | Or
            | Xor
            | IAdd
            | ISub
            | IMul
            | IMatMul
            | ITrueDiv
            | IFloorDiv
            | IMod
            | IPow
            | IShl
            | IShr
            | IAnd
            | IOr
            | IXor
            | AddI
            | SubI
            | IAddI
            | ISubI
            | Neg
            | Pos
            | Invert
            | Not
            | Truth
            | Lt
            | Le
            | Eq
            | Ne
            | Gt
            | Ge
            | In
            | NotIn
            | LoadAttr
            | StoreAttr
            | GetItem
            | SetItem
            | DelItem
            | GetSlice
            | SetSlice
            | BuildSlice
            | BuildList
            | BuildTuple
            | BuildSet
            | BuildMap
            | BuildString
            | ListAppend
            | ListExtend
            | SetAdd
            | SetUpdate
            | MapAdd
            | DictUpdate
            | ListToTuple
            | Convert
            | Format
            | FormatSpec
            | LoadGlobal
            | StoreGlobal
            | MakeCell
            | LoadCell
            | StoreCell
            | MakeFunction
            | MatchExcept
            | MatchClass
            | Length
            | LoadAttrBy
            | Raise
            | RaiseFrom
            | RaiseCurrent
            | Reraise
    )
}

/// Whether an operation raises, whatever its operands.
pub(super) fn raises(op: Op) -> bool {
    matches!(op, Op::Raise | Op::RaiseFrom | Op::RaiseCurrent | Op::Reraise)
}

/// What `op`, run by the `generic` helper, may change of what a trace reads. No guest code runs in it, so it is what the
/// operation itself does to built-in objects.
pub(super) fn changes(op: Op) -> u64 {
    use Op::*;
    match op {
        LoadAttr | LoadAttrBy | StoreAttr | Call | CallMethod | CallKw | CallMethodKw => clobber::ALL,
        _ if crate::interp::cont::bin_op(op).is_some_and(|(_, inplace)| !inplace) => clobber::NONE,
        _ if crate::interp::cont::cmp_op(op).is_some() => clobber::NONE,
        Neg | Pos | Invert | Not | Truth | In | NotIn | GetSlice | BuildSlice | BuildList | BuildTuple
        | BuildSet | BuildMap | BuildString | MatchExcept | MatchClass | Length | ListToTuple | Convert
        | Format | FormatSpec | MakeCell | MakeFunction | LoadCell | AddI | SubI => clobber::NONE,
        // What may be a module's dict, or puts a built-in where it is looked for.
        SetItem | DelItem | IOr | MapAdd | DictUpdate | LoadGlobal | StoreGlobal => {
            clobber::FIELDS | clobber::ELEMS | clobber::DICTS | clobber::EPOCH
        }
        _ => clobber::FIELDS | clobber::ELEMS | clobber::DICTS,
    }
}

/// Whether a native looks at its caller's registers, which a trace does not keep in memory.
pub(super) fn looks_at_frames(d: &NativeDef) -> bool {
    matches!(d.name(), "locals" | "vars" | "dir")
}

/// Whether a built-in type's constructor looks at its arguments only.
pub(super) fn plain_constructor(k: u16) -> bool {
    use kind::*;
    let plain =
        [Int, Float, Str, Bytes, Tuple, List, Dict, Set, FrozenSet, Range, Enumerate, Zip, Reversed, Slice];
    plain.iter().any(|x| *x as u16 == k)
}

/// Whether a native looks at its arguments only, and no frame.
pub(super) fn is_lean(d: &NativeDef, owner: Value) -> bool {
    owner.get::<Type>().is_some() || reads_only(d, owner)
}

/// As [`changes`], for a native.
pub(super) fn native_changes(d: &NativeDef, owner: Value) -> u64 {
    if let Some(t) = owner.get::<Type>() {
        return match t.builtin {
            k if [kind::Str, kind::Bytes, kind::Int, kind::Float, kind::Tuple]
                .iter()
                .any(|x| *x as u16 == k) =>
            {
                clobber::NONE
            }
            k if k == kind::List as u16 => clobber::FIELDS | clobber::ELEMS,
            k if k == kind::Dict as u16 => clobber::FIELDS | clobber::DICTS | clobber::EPOCH,
            k if k == kind::Set as u16 => clobber::FIELDS | clobber::DICTS,
            _ => clobber::ALL,
        };
    }
    if reads_only(d, owner) { clobber::NONE } else { clobber::ALL }
}

/// Whether a native is one of the functions that change nothing a trace reads.
fn reads_only(d: &NativeDef, owner: Value) -> bool {
    matches!(
        function_name(d, owner),
        "len"
            | "repr"
            | "ascii"
            | "format"
            | "chr"
            | "ord"
            | "hash"
            | "id"
            | "callable"
            | "isinstance"
            | "issubclass"
            | "print"
            | "abs"
            | "min"
            | "max"
            | "round"
            | "divmod"
            | "pow"
            | "sum"
            | "bin"
            | "hex"
            | "oct"
            | "sorted"
    )
}

/// The name of a function of the module `builtins`, which others may bear too.
pub(super) fn function_name(d: &NativeDef, owner: Value) -> &'static str {
    if is_owned_by(owner, "builtins") { d.name() } else { "" }
}

/// Whether the owner of a built-in function is the module `name`.
pub(super) fn is_owned_by(owner: Value, name: &str) -> bool {
    owner.exact::<Str>().is_some_and(|s| s.bytes() == name.as_bytes())
}

/// Whether a conditional jump can be run by the `branch` helper.
pub(super) fn branches_generic(op: Op) -> bool {
    crate::interp::cont::is_compare_jump(op) || matches!(op, Op::JumpIf | Op::JumpIfNot | Op::ForLoop)
}
