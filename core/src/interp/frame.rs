//! The VM stack and its frames.
//!
//! A frame is a header of [`HEADER`] words followed by its registers; `base` points to register 0:
//!
//! | word | content |
//! |---|---|
//! | `base[-6]` | the function (or the native, in a native frame) |
//! | `base[-5]` | address of its `Code`, 0 in a native frame |
//! | `base[-4]` | the caller's `base`, 0 in the outermost frame |
//! | `base[-3]` | address of the instruction after the one being executed, while the frame is not running |
//! | `base[-2]` | `resume`: where this frame returns to in compiled code (set by the trace that pushed it); 0 = the interpreter |
//! | `base[-1]` | meta: `dst << 16 \| cont << 8 \| flags << 3` |
//!
//! The stack is a list of chunks that never move. Arguments are placed where the callee's frame will begin; a call
//! that does not fit its chunk copies them to a new one.
//!
//! Invariants: header words but the function have the low three bits clear and are stored as the int of such a word, which
//! is what a stale one is to a later frame that sees it as a register; every other word was written as a `Value` since the
//! last collection, or the collector cleared it (`Stack::clear_above`), so a register that was never written in its frame is
//! still a valid value.

use super::Rt;
use crate::bytecode::Instr;
use crate::exit::{Exit, Res};
use crate::heap::{Gc, Heap, Marker};
use crate::object::Code;
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

/// Words of a frame header.
pub const HEADER: usize = 6;

/// Offsets of the header words from `base`.
pub(crate) mod word {
    pub const FUNC: isize = -6;
    pub const CODE: isize = -5;
    pub const PREV: isize = -4;
    pub const PC: isize = -3;
    pub const RESUME: isize = -2;
    pub const META: isize = -1;
}

/// Bits of the meta word.
pub(crate) mod flag {
    /// The frame's function is a generator object.
    pub const GENERATOR: u64 = 1 << 3;
    /// Returning ends the run loop (first frame of a run).
    pub const ENTRY: u64 = 1 << 4;
    /// A native frame.
    pub const NATIVE: u64 = 1 << 5;
    /// The first frame in its chunk: returning from it changes the chunk in use.
    pub const CHUNK: u64 = 1 << 6;
    /// The generator runs for the outermost of a chain of `yield from`, which is in the word before the header
    /// (`interp/delegates.rs`).
    pub const DELEGATE: u64 = 1 << 7;
    /// Mask of continuation and flags: a plain return has none.
    #[cfg(feature = "speed")]
    pub const SPECIAL: u64 = 0xfff8;
}

/// A frame, by its register 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Frame(pub *mut Value);

impl Frame {
    /// # Safety
    /// The frame is live and `i` is one of its header words or registers.
    #[cfg_attr(feature = "speed", inline(always))]
    pub unsafe fn word(self, i: isize) -> u64 {
        // SAFETY: the caller's promise.
        unsafe { *self.0.offset(i) }.int_word() as u64
    }
    /// # Safety
    /// As for `word`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub unsafe fn set_word(self, i: isize, w: u64) {
        // SAFETY: the caller's promise.
        unsafe { *self.0.offset(i) = Value::from_int_word(w as i64) }
    }
    /// The function, or the value before the header.
    ///
    /// # Safety
    /// As for `word`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub unsafe fn value(self, i: isize) -> Value {
        // SAFETY: the caller's promise.
        unsafe { *self.0.offset(i) }
    }
    /// # Safety
    /// As for `value`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub unsafe fn set_value(self, i: isize, v: Value) {
        // SAFETY: the caller's promise.
        unsafe { *self.0.offset(i) = v }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn func(self) -> Value {
        // SAFETY: a `Frame` is made from live bases only; likewise below.
        unsafe { self.value(word::FUNC) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn code(self) -> Option<Gc<Code>> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: the code word holds the address of a live code cell, or 0.
        unsafe {
            let p = self.word(word::CODE) as usize as *mut Code;
            if p.is_null() { None } else { Some(Gc::from_ptr(p)) }
        }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn prev(self) -> Frame {
        // SAFETY: see `func`.
        Frame(unsafe { self.word(word::PREV) } as usize as *mut Value)
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn pc(self) -> *const Instr {
        // SAFETY: see `func`.
        unsafe { self.word(word::PC) as usize as *const Instr }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn set_pc(self, pc: *const Instr) {
        // SAFETY: see `func`.
        unsafe { self.set_word(word::PC, pc as usize as u64) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn meta(self) -> u64 {
        // SAFETY: see `func`.
        unsafe { self.word(word::META) }
    }
    /// Whether it has [`flag::DELEGATE`]. Without feature `speed` there are no chains.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn runs_for_chain(self) -> bool {
        cfg!(feature = "speed") && self.meta() & flag::DELEGATE != 0
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn set_meta(self, m: u64) {
        // SAFETY: see `func`.
        unsafe { self.set_word(word::META, m) }
    }
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn is_null(self) -> bool {
        self.0.is_null()
    }
    /// Number of registers in use.
    pub fn nregs(self) -> usize {
        match self.code() {
            Some(c) => c.nregs as usize,
            // A native frame keeps the number of its arguments in the pc word.
            // SAFETY: see `func`.
            None => (unsafe { self.word(word::PC) } >> 3) as usize,
        }
    }
    /// # Safety
    /// `i` is a register of the frame.
    #[cfg_attr(feature = "speed", inline(always))]
    pub unsafe fn reg(self, i: u16) -> Value {
        // SAFETY: the caller's promise.
        unsafe { *self.0.add(i as usize) }
    }
    /// # Safety
    /// As for `reg`.
    #[cfg_attr(feature = "speed", inline(always))]
    pub unsafe fn set_reg(self, i: u16, v: Value) {
        // SAFETY: the caller's promise.
        unsafe { *self.0.add(i as usize) = v }
    }
}

/// Packs a meta word.
#[cfg_attr(feature = "speed", inline(always))]
pub(crate) const fn meta(dst: u16, cont: u8, flags: u64) -> u64 {
    (dst as u64) << 16 | (cont as u64) << 8 | flags
}

#[derive(Debug)]
struct Chunk {
    start: *mut Value,
    words: usize,
}

impl Chunk {
    #[inline]
    fn contains(&self, p: *mut Value) -> bool {
        // SAFETY: pointer arithmetic inside the chunk.
        p >= self.start && p <= unsafe { self.start.add(self.words) }
    }
}

/// The VM stack.
#[derive(Debug)]
pub(crate) struct Stack {
    chunks: Vec<Chunk>,
    /// Words of a chunk, unless one frame needs more.
    chunk_words: usize,
    /// Chunk in use.
    current: usize,
    /// Words at the end of each chunk in which no frame begins.
    reserve: usize,
    /// Where frames pushed onto the chunk in use have to end: its end, less the reserve.
    pub limit: *mut Value,
    /// The running frame.
    pub frame: Frame,
    /// Its next instruction, while the dispatch loop has handed over to a slow path.
    pub pc: *const Instr,
    /// The chunk in use is not (yet) the running frame's.
    pub moved: bool,
}

// SAFETY: the chunks belong to this stack alone; a VM moves between threads as a whole.
unsafe impl Send for Stack {}

impl Stack {
    pub fn new(chunk_words: usize) -> Stack {
        Stack {
            chunks: Vec::new(),
            chunk_words: chunk_words.max(64),
            current: 0,
            reserve: 0,
            limit: core::ptr::null_mut(),
            frame: Frame(core::ptr::null_mut()),
            pc: core::ptr::null(),
            moved: false,
        }
    }

    pub fn init(&mut self, heap: &mut Heap) -> Res<()> {
        self.add_chunk(heap, self.chunk_words)?;
        self.limit = self.chunk_end(0);
        Ok(())
    }

    /// Keeps `words` words free above each frame that is pushed from now on: what traces want to have, so that none is out of
    /// reach only because a chunk ends.
    #[cfg(feature = "speed")]
    pub fn reserve(&mut self, words: usize) {
        self.reserve = words;
        self.limit = self.chunk_end(self.current);
    }

    fn add_chunk(&mut self, heap: &mut Heap, words: usize) -> Res<()> {
        self.chunks.try_reserve(1).map_err(|_| Exit::NeedGc)?;
        let start: *mut Value = heap.buf_alloc(words)?;
        for i in 0..words {
            // SAFETY: the buffer has `words` words.
            unsafe { *start.add(i) = Value::ZERO };
        }
        self.chunks.push_within(Chunk { start, words });
        Ok(())
    }

    fn chunk_end(&self, i: usize) -> *mut Value {
        // SAFETY: in the chunk's buffer, or one past its end.
        let end = |c: &Chunk| unsafe { c.start.add(c.words.saturating_sub(self.reserve)) };
        self.chunks.get(i).map_or(core::ptr::null_mut(), end)
    }

    /// Where a frame of `words` words (header included) can lie that does not follow the running one directly:
    /// the next chunk. Returns its register 0.
    #[cold]
    pub fn next_chunk(&mut self, heap: &mut Heap, words: usize) -> Res<*mut Value> {
        let words = words + 1 + self.reserve;
        let mut next = if self.frame.is_null() { 0 } else { self.current + 1 };
        while self.chunks.get(next).is_some_and(|c| c.words < words) {
            next += 1;
        }
        if next >= self.chunks.len() {
            self.add_chunk(heap, words.max(self.chunk_words + self.reserve))?;
            next = self.chunks.len() - 1;
        }
        self.current = next;
        self.limit = self.chunk_end(next);
        self.moved = true;
        // SAFETY: the chunk has at least `words` words. One stays free before the header, see `Cont::Init`.
        Ok(unsafe { self.chunks[next].start.add(HEADER + 1) })
    }

    /// Makes the chunk that holds the running frame the current one, after frames were popped.
    pub fn settle(&mut self) {
        self.moved = false;
        let p = self.frame.0;
        if self.holds(p) {
            return;
        }
        // Frames are popped one by one, so the chunk is most often the one before: a search from the start would make
        // unwinding a deep stack quadratic.
        let before = self.chunks.get(..self.current).and_then(|c| c.iter().rposition(|c| c.contains(p)));
        if let Some(i) = before.or_else(|| self.chunks.iter().position(|c| c.contains(p))) {
            self.current = i;
            self.limit = self.chunk_end(i);
        }
    }

    /// Whether `p` lies in the chunk in use.
    pub fn holds(&self, p: *mut Value) -> bool {
        self.chunks.get(self.current).is_some_and(|c| c.contains(p))
    }

    /// Lowest address not used by the running frame, its call windows included.
    pub fn top(&self) -> *mut Value {
        if self.frame.is_null() {
            core::ptr::null_mut()
        } else {
            // SAFETY: the frame's registers lie in its chunk.
            unsafe { self.frame.0.add(self.frame.nregs()) }
        }
    }

    pub fn trace(&self, m: &mut Marker) {
        let mut f = self.frame;
        while !f.is_null() {
            m.value(f.func());
            if let Some(c) = f.code() {
                m.value(c.value());
            }
            for i in 0..f.nregs() {
                // SAFETY: `i < nregs`.
                m.value(unsafe { *f.0.add(i) });
            }
            if (f.meta() >> 8) as u8 == super::cont::Cont::Init as u8 {
                // SAFETY: a constructor's frame has the instance in the word before its header.
                m.value(unsafe { f.value(word::FUNC - 1) });
            }
            if f.runs_for_chain() {
                // SAFETY: such a frame has the outermost generator there.
                m.value(unsafe { f.value(word::FUNC - 1) });
            }
            f = f.prev();
        }
    }

    /// Clears every word above the running frame, so that stale words never refer to freed cells.
    pub fn clear_above(&mut self) {
        let top = self.top();
        let mut above = top.is_null();
        for c in &self.chunks {
            // SAFETY: the range stays inside the chunk.
            unsafe {
                let end = c.start.add(c.words);
                let mut p = c.start;
                if !above {
                    if top < c.start || top > end {
                        continue;
                    }
                    p = top;
                    above = true;
                }
                while p < end {
                    *p = Value::ZERO;
                    p = p.add(1);
                }
            }
        }
    }

    /// Frees the chunks above the running frame's but one: a recursion that ended does not keep its memory.
    pub fn release_above(&mut self, heap: &mut Heap) {
        let keep = if self.frame.is_null() { 1 } else { self.current + 2 };
        while self.chunks.len() > keep {
            if let Some(c) = self.chunks.pop() {
                heap.buf_free(c.start, c.words);
            }
        }
    }

    /// Pops everything.
    pub fn reset(&mut self) {
        self.frame = Frame(core::ptr::null_mut());
        self.current = 0;
        self.limit = self.chunk_end(0);
        self.moved = false;
    }

    /// Frees the chunks; the heap ends too.
    pub fn free(&mut self, heap: &mut Heap) {
        for c in core::mem::take(&mut self.chunks) {
            heap.buf_free(c.start, c.words);
        }
    }
}

impl Drop for Rt {
    fn drop(&mut self) {
        self.stack.free(&mut self.heap);
    }
}

#[cfg(all(test, feature = "speed"))]
mod tests {
    use super::*;

    /// Words from the limit for frames to the end of the chunk in use.
    fn room(s: &Stack) -> usize {
        let c = &s.chunks[s.current];
        (c.start.addr() + c.words * 8 - s.limit.addr()) / 8
    }

    #[test]
    fn what_is_in_reserve_lies_behind_every_frame() {
        let mut heap = Heap::new(1 << 20);
        let mut s = Stack::new(256);
        s.init(&mut heap).expect("memory");
        assert_eq!(room(&s), 0);
        s.reserve(100);
        assert_eq!(room(&s), 100);
        // The running frame is anywhere in the first chunk; then there is one that more than a chunk's words are wanted for.
        s.frame = Frame(s.chunks[0].start);
        for words in [40, 1000] {
            let at = s.next_chunk(&mut heap, words).expect("memory");
            assert!(at.addr() + (words - HEADER) * 8 <= s.limit.addr());
            assert_eq!(room(&s), 100);
            s.frame = Frame(at);
        }
        s.reset();
        assert_eq!(room(&s), 100);
        s.free(&mut heap);
    }
}
