//! What each kind of cell refers to and owns: the one place that marking, sweeping and the verifier ask.

use super::*;
use crate::heap::{Gc, Header, Heap, Marker};
use crate::value::Value;
use core::ptr::NonNull;

/// Calls `f` for every value in the cell.
#[cfg_attr(feature = "speed", inline(always))]
fn each_child(p: NonNull<Header>, mut f: impl FnMut(Value)) {
    // SAFETY: `p` is a live cell, and its kind says which layout it has; that holds for every arm below.
    let h = unsafe { p.as_ref() };
    macro_rules! cell {
        ($t:ty) => {{
            // SAFETY: as above.
            unsafe { Gc::from_ptr(p.as_ptr().cast::<$t>()) }
        }};
    }
    let mut all = |vs: &[Value]| vs.iter().for_each(|&v| f(v));
    match h.kind {
        kind::Object => {
            let o = cell!(Instance);
            all(&[o.ext.get()]);
            for i in 0..h.aux.get() as usize {
                // SAFETY: `aux` is the instance's inline capacity.
                f(unsafe { o.inline(i) }.get());
            }
        }
        kind::Type => {
            let t = cell!(Type);
            all(&[t.name.get(), t.qualname.get(), t.bases.get(), t.mro.get(), t.dict.get()]);
            all(&[t.subclasses.get(), t.ext.get()]);
        }
        kind::Int => all(&[cell!(BigInt).ext.get()]),
        kind::Float => all(&[cell!(FloatBox).ext.get()]),
        kind::Str => {
            let s = cell!(Str);
            all(&[s.owner.get(), s.ext.get()]);
        }
        kind::StrBuf => all(&[cell!(string::StrBuf).index.get()]),
        kind::Bytes => all(&[cell!(Bytes).ext.get()]),
        kind::Tuple => {
            let t = cell!(Tuple);
            all(t.items());
            all(&[t.ext.get()]);
        }
        kind::List => {
            let l = cell!(List);
            all(l.items());
            all(&[l.ext.get()]);
        }
        kind::Dict => {
            let d = cell!(Dict);
            for e in d.entries() {
                all(&[e.key, e.value]);
            }
            all(&[d.ext.get()]);
        }
        kind::Set | kind::FrozenSet => {
            let s = cell!(Set);
            s.iter().for_each(|e| all(&[e.key]));
            all(&[s.ext.get()]);
        }
        kind::Range => {
            let r = cell!(Range);
            all(&[r.start, r.stop, r.step, r.len]);
        }
        kind::Slice => {
            let s = cell!(Slice);
            all(&[s.start, s.stop, s.step]);
        }
        kind::Function => {
            let g = cell!(Function);
            all(&[g.code.get().value(), g.globals, g.closure, g.defaults.get(), g.kwdefaults.get()]);
            all(&[g.name.get(), g.qualname.get(), g.doc.get(), g.module.get(), g.ext.get()]);
        }
        kind::Builtin | kind::MethodDescriptor | kind::WrapperDescriptor | kind::ClassMethodDescriptor => {
            let b = cell!(Builtin);
            all(&[b.self_, b.owner]);
        }
        kind::BoundMethod => {
            let m = cell!(BoundMethod);
            all(&[m.func, m.self_]);
        }
        kind::Code => {
            let c = cell!(Code);
            all(c.consts());
            all(&[c.name, c.qualname, c.siblings]);
            for s in c.sites() {
                all(&[s.name, s.value, s.owner]);
            }
        }
        kind::Cell => all(&[cell!(CellObj).content.get()]),
        kind::Generator | kind::Coroutine | kind::AsyncGenerator => {
            let g = cell!(Generator);
            all(g.registers());
            all(&[g.func, g.code.value(), g.handled.get(), g.name.get(), g.qualname.get()]);
        }
        kind::Module => {
            let m = cell!(Module);
            all(&[m.dict, m.ext.get()]);
        }
        kind::Traceback => {
            let t = cell!(Traceback);
            all(&[t.next.get(), t.code.value()]);
        }
        kind::Exception => {
            let e = cell!(Exception);
            all(&[e.args.get(), e.cause.get(), e.context.get(), e.traceback.get()]);
            all(&[e.extra.get(), e.obj.get(), e.ext.get()]);
        }
        kind::Slots => cell!(Slots).slots().iter().for_each(|c| f(c.get())),
        k if iter::is_seq_iter(k) => all(&[cell!(SeqIter).source.get()]),
        k if misc::is_wrapper(k) => {
            let w = cell!(Wrapper);
            all(&[w.a.get(), w.b.get(), w.c.get(), w.d.get(), w.ext.get()]);
        }
        _ => {}
    }
}

/// Marks everything the cell refers to, its class included.
pub fn trace_cell(p: NonNull<Header>, heap: &Heap, m: &mut Marker) {
    // SAFETY: marking hands out live cells only.
    let shape = unsafe { p.as_ref() }.shape.get();
    if shape >= crate::heap::Shapes::FIRST {
        m.value(heap.shapes.class(shape));
    }
    each_child(p, |v| m.value(v));
}

/// Frees the buffers of a dead `EXT` cell.
pub fn drop_ext(heap: &mut Heap, p: NonNull<Header>) {
    // SAFETY: the cell is dead but not yet overwritten; its kind says which layout it has.
    unsafe {
        match p.as_ref().kind {
            kind::List => p.cast::<List>().as_ref().free_buffer(heap),
            kind::Dict => p.cast::<Dict>().as_ref().free_buffers(heap),
            kind::Set | kind::FrozenSet => {
                let s = p.cast::<Set>().as_ref();
                heap.buf_free(s.table.get(), s.slots());
            }
            kind::StrBuf => {
                let b = p.cast::<string::StrBuf>().as_ref();
                heap.buf_free(b.data.get(), b.cap.get());
            }
            kind::Code => func::drop_code(heap, p.cast::<Code>().as_ptr()),
            _ => {}
        }
    }
}

/// Whether no child is a free cell, and each has a shape that exists.
pub fn check_children(p: NonNull<Header>, heap: &Heap) -> bool {
    let mut ok = true;
    each_child(p, |v| {
        if let Some(h) = v.header() {
            ok &= h.kind != crate::heap::FREE && heap.shapes.get(h.shape.get()).is_some();
        }
    });
    ok
}
