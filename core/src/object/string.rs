//! `str`: WTF-8 text with its length in code points.
//!
//! The bytes lie in the cell behind the fields, are static, or are shared with another cell (`owner`): repeated `s += t` appends
//! in place to a growable buffer that several strings view prefixes of, so building a string is linear.
//!
//! Invariants: `data[..nbytes]` is WTF-8 and never changes; `nchars` counts its code points, so the text is ASCII
//! exactly if `nbytes == nchars`; a string whose `INTERNED` flag is set is the only interned one with its text.

use crate::exit::{Exit, Res};
use crate::heap::{Gc, Header, Heap};
use crate::value::Value;
use core::cell::Cell;

/// Layout of `str`.
#[repr(C)]
#[derive(Debug)]
pub struct Str {
    pub(crate) header: Header,
    data: *const u8,
    nbytes: u32,
    nchars: u32,
    /// Hash, or 0 if not computed yet (0 itself is stored as 1).
    pub(crate) hash: Cell<u64>,
    /// The `StrBuf` that owns the bytes; else unbound, or the index of a long non-ASCII text whose bytes lie in this
    /// cell (see [`Str::offset`]).
    pub(crate) owner: Cell<Value>,
    /// Attributes, in instances of subclasses.
    pub(crate) ext: Cell<Value>,
}

/// A growable byte buffer shared by strings; not visible to guests.
#[repr(C)]
#[derive(Debug)]
pub struct StrBuf {
    pub(crate) header: Header,
    pub(crate) data: Cell<*mut u8>,
    pub(crate) used: Cell<usize>,
    pub(crate) cap: Cell<usize>,
    /// Index of the text so far, or unbound; serves every string that views the buffer.
    pub(crate) index: Cell<Value>,
}

super::heap_type!(Str => Str, StrBuf => StrBuf);

/// Longest string in bytes.
pub const MAX_STR: usize = u32::MAX as usize - 64;

impl Str {
    /// Offsets of the text's address and of its lengths in bytes and code points, none of which ever change.
    #[cfg(feature = "speed")]
    pub(crate) const DATA: usize = core::mem::offset_of!(Str, data);
    #[cfg(feature = "speed")]
    pub(crate) const NBYTES: usize = core::mem::offset_of!(Str, nbytes);
    #[cfg(feature = "speed")]
    pub(crate) const NCHARS: usize = core::mem::offset_of!(Str, nchars);
    /// The text as WTF-8 bytes.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `data` and `nbytes` describe static bytes, or bytes in this cell or in `owner`, which this cell keeps
        // alive.
        unsafe { core::slice::from_raw_parts(self.data, self.nbytes as usize) }
    }
    /// The text as `&str`, if it contains no lone surrogate.
    #[inline]
    pub fn text(&self) -> Option<&str> {
        if self.is_ascii() {
            // SAFETY: as many bytes as code points in WTF-8 (the struct's invariant): ASCII, which is UTF-8.
            return Some(unsafe { core::str::from_utf8_unchecked(self.bytes()) });
        }
        core::str::from_utf8(self.bytes()).ok()
    }
    /// The text for messages: lone surrogates make it `?`.
    pub fn lossy(&self) -> &str {
        self.text().unwrap_or("?")
    }
    /// Length in code points.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn len(&self) -> usize {
        self.nchars as usize
    }
    /// Whether the text is empty.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn is_empty(&self) -> bool {
        self.nbytes == 0
    }
    /// Whether the text is ASCII.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn is_ascii(&self) -> bool {
        self.nbytes == self.nchars
    }
    /// Whether this is the interned string with its text.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn is_interned(&self) -> bool {
        self.header.flags.get() & Header::INTERNED != 0
    }
}

/// Code points between two entries of an index.
pub const INDEX_STEP: usize = 64;
/// Texts shorter than this are not worth an index.
const INDEX_FROM: usize = 4 * INDEX_STEP;

impl Str {
    /// Byte offset of code point `i` (the end for `i >= len`): immediate for ASCII and short texts; else from an
    /// index, made on first use, of the offset of every 64th code point.
    #[inline]
    pub fn offset(&self, heap: &mut Heap, i: usize) -> Res<usize> {
        if self.is_ascii() {
            return Ok(i.min(self.nbytes as usize));
        }
        self.offset_wide(heap, i)
    }

    fn offset_wide(&self, heap: &mut Heap, i: usize) -> Res<usize> {
        let (bytes, len) = (self.bytes(), self.len());
        if i >= len {
            return Ok(bytes.len());
        }
        // Both ends are near enough without an index.
        if len - i <= INDEX_STEP {
            return Ok(back(bytes, len - i));
        }
        if i < INDEX_FROM {
            return Ok(forward(bytes, 0, i));
        }
        let index = self.index(heap)?;
        let known = entries(&index);
        let slot = (i / INDEX_STEP).min(known.saturating_sub(1));
        Ok(forward(bytes, entry(&index, slot), i - slot * INDEX_STEP))
    }

    /// Index of the code point that begins at byte `offset`.
    pub fn position(&self, heap: &mut Heap, offset: usize) -> Res<usize> {
        if self.is_ascii() {
            return Ok(offset);
        }
        let bytes = self.bytes();
        if offset < 4 * INDEX_FROM || self.len() < INDEX_FROM {
            return Ok(count_chars(bytes.get(..offset).unwrap_or(bytes)));
        }
        let index = self.index(heap)?;
        let (mut low, mut high) = (0, entries(&index));
        while high - low > 1 {
            let mid = (low + high) / 2;
            if entry(&index, mid) <= offset {
                low = mid;
            } else {
                high = mid;
            }
        }
        let rest = bytes.get(entry(&index, low)..offset).unwrap_or(&[]);
        Ok(low * INDEX_STEP + count_chars(rest))
    }

    /// The index. That of a shared buffer may end early, by at most an eighth of this text: it is extended only
    /// after the text has grown by that, so that appending and indexing in turn stays linear.
    fn index(&self, heap: &mut Heap) -> Res<Gc<super::Bytes>> {
        let buf = self.owner.get().get::<StrBuf>();
        let old = buf.map_or(self.owner.get(), |b| b.index.get()).get::<super::Bytes>();
        let have = old.map_or(0, |o| entries(&o));
        let want = self.len() / INDEX_STEP + 1;
        if let Some(o) = old
            && have + have / 8 + 1 >= want
        {
            return Ok(o);
        }
        let text = self.bytes();
        let new = super::bytes::build(heap, want * 4, |out| {
            let (mut at, mut done) = (0, 0);
            if let Some(o) = old {
                let kept = o.bytes();
                if let Some(dst) = out.get_mut(..kept.len()) {
                    dst.copy_from_slice(kept);
                }
                done = have.saturating_sub(1);
                at = entry(&o, done);
            }
            for slot in out.chunks_exact_mut(4).skip(done) {
                slot.copy_from_slice(&(at as u32).to_le_bytes());
                at = forward(text, at, INDEX_STEP);
            }
        })?;
        match buf {
            Some(b) => b.index.set(new.value()),
            None => self.owner.set(new.value()),
        }
        Ok(new)
    }
}

fn entries(index: &super::Bytes) -> usize {
    index.len() / 4
}

fn entry(index: &super::Bytes, slot: usize) -> usize {
    let four = index.bytes().get(slot * 4..slot * 4 + 4).and_then(|b| b.try_into().ok());
    four.map_or(0, |b| u32::from_le_bytes(b) as usize)
}

/// Byte offset `n` code points after byte `at`, or the end.
fn forward(bytes: &[u8], mut at: usize, mut n: usize) -> usize {
    while n > 0 && at < bytes.len() {
        at += char_width(bytes[at]);
        n -= 1;
    }
    at.min(bytes.len())
}

/// Byte offset of the `n`th code point from the end.
fn back(bytes: &[u8], n: usize) -> usize {
    let mut at = bytes.len();
    for _ in 0..n {
        at = at.saturating_sub(1);
        while at > 0 && bytes[at] & 0xc0 == 0x80 {
            at -= 1;
        }
    }
    at
}

/// The bytes of the str `v` is; empty for anything else. Like a handle, not held across a collection.
pub fn bytes_of(v: &Value) -> &[u8] {
    match v.get::<Str>() {
        Some(s) => {
            let bytes = s.bytes();
            // SAFETY: the text never changes and lives as long as its cell, which outlives the native that holds
            // the value it was asked for (no collection while a native runs).
            unsafe { core::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) }
        }
        None => &[],
    }
}

/// Bytes of the code point whose first byte is `lead`.
#[cfg_attr(feature = "speed", inline(always))]
pub const fn char_width(lead: u8) -> usize {
    match lead {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

/// The code point that begins at byte `at`, and its width; surrogates included.
#[inline]
pub fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let low = |i: usize| bytes.get(at + i).map_or(0, |&b| b as u32 & 0x3f);
    match bytes.get(at) {
        None => (0, 1),
        Some(&b) => match char_width(b) {
            1 => (b as u32, 1),
            2 => ((b as u32 & 0x1f) << 6 | low(1), 2),
            3 => ((b as u32 & 0x0f) << 12 | low(1) << 6 | low(2), 3),
            _ => ((b as u32 & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
        },
    }
}

/// Writes code point `c` (at most 0x10ffff, surrogates included) as WTF-8; returns its width.
#[inline]
pub fn encode(c: u32, out: &mut [u8; 4]) -> usize {
    match char::from_u32(c) {
        Some(c) => c.encode_utf8(out).len(),
        None => {
            *out = [0xe0 | (c >> 12 & 0xf) as u8, 0x80 | (c >> 6 & 0x3f) as u8, 0x80 | (c & 0x3f) as u8, 0];
            3
        }
    }
}

/// The code points of WTF-8 bytes, with their byte offsets.
pub fn code_points(bytes: &[u8]) -> impl Iterator<Item = (usize, u32)> + '_ {
    let mut at = 0;
    core::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let (c, width) = decode(bytes, at);
        let here = at;
        at += width;
        Some((here, c))
    })
}

/// Number of code points in WTF-8 bytes.
pub fn count_chars(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

/// Size of the cell of a string of `nbytes`.
const fn cell_size(nbytes: usize) -> usize {
    core::mem::size_of::<Str>() + nbytes
}

/// A new string of the well-formed WTF-8 `bytes`.
pub fn new(heap: &mut Heap, bytes: &[u8]) -> Res<Gc<Str>> {
    copied(heap, bytes, count_chars(bytes))
}

/// A new string of ASCII `bytes`.
#[inline]
pub fn new_ascii(heap: &mut Heap, bytes: &[u8]) -> Res<Gc<Str>> {
    debug_assert!(bytes.is_ascii());
    copied(heap, bytes, bytes.len())
}

/// A new string of `bytes`, which are `nchars` code points.
#[inline]
fn copied(heap: &mut Heap, bytes: &[u8], nchars: usize) -> Res<Gc<Str>> {
    let (s, data) = raw(heap, bytes.len(), nchars, super::kind::Str as u32)?;
    // SAFETY: the fresh cell has room for the bytes.
    unsafe { copy_short(bytes, data) };
    Ok(s)
}

/// Copies `from` to `to`, where it has room; without a call for a few bytes, which most strings have.
///
/// # Safety
/// `to` is valid for as many bytes as `from` has.
#[cfg_attr(feature = "speed", inline(always))]
unsafe fn copy_short(from: &[u8], to: *mut u8) {
    let (n, p) = (from.len(), from.as_ptr());
    // SAFETY: the caller's promise; two words that may overlap cover 8 to 16 bytes, two halves 4 to 7.
    unsafe {
        if (8..=16).contains(&n) {
            let (a, b) = (p.cast::<u64>().read_unaligned(), p.add(n - 8).cast::<u64>().read_unaligned());
            to.cast::<u64>().write_unaligned(a);
            to.add(n - 8).cast::<u64>().write_unaligned(b);
        } else if (4..8).contains(&n) {
            let (a, b) = (p.cast::<u32>().read_unaligned(), p.add(n - 4).cast::<u32>().read_unaligned());
            to.cast::<u32>().write_unaligned(a);
            to.add(n - 4).cast::<u32>().write_unaligned(b);
        } else {
            core::ptr::copy_nonoverlapping(p, to, n);
        }
    }
}

/// A new string whose bytes stay where they lie.
pub fn new_static(heap: &mut Heap, text: &'static str) -> Res<Gc<Str>> {
    let p = heap.alloc_cell(core::mem::size_of::<Str>(), super::kind::Str as u32, super::kind::Str, 0)?;
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let s = p.as_ptr().cast::<Str>();
        (*s).data = text.as_ptr();
        (*s).nbytes = text.len() as u32;
        (*s).nchars = count_chars(text.as_bytes()) as u32;
        core::ptr::addr_of_mut!((*s).hash).write(Cell::new(0));
        core::ptr::addr_of_mut!((*s).owner).write(Cell::new(Value::UNBOUND));
        core::ptr::addr_of_mut!((*s).ext).write(Cell::new(Value::UNBOUND));
        Ok(Gc::from_ptr(s))
    }
}

/// A new string of shape `shape` (a subclass's) with the text of `s`.
pub fn with_shape(heap: &mut Heap, s: Gc<Str>, shape: u32) -> Res<Gc<Str>> {
    let bytes = s.bytes();
    build_shaped(heap, bytes.len(), s.len(), shape, |out| out.copy_from_slice(bytes))
}

/// A new string of `nbytes` bytes and `nchars` code points that `fill` writes into a zeroed buffer.
pub fn build(heap: &mut Heap, nbytes: usize, nchars: usize, fill: impl FnOnce(&mut [u8])) -> Res<Gc<Str>> {
    build_shaped(heap, nbytes, nchars, super::kind::Str as u32, fill)
}

fn build_shaped(
    heap: &mut Heap,
    nbytes: usize,
    nchars: usize,
    shape: u32,
    fill: impl FnOnce(&mut [u8]),
) -> Res<Gc<Str>> {
    let (s, data) = raw(heap, nbytes, nchars, shape)?;
    // SAFETY: the fresh cell has room for `nbytes` bytes, which are all written.
    fill(unsafe {
        core::ptr::write_bytes(data, 0, nbytes);
        core::slice::from_raw_parts_mut(data, nbytes)
    });
    Ok(s)
}

/// A new string whose bytes the caller writes at once, and where.
#[inline]
fn raw(heap: &mut Heap, nbytes: usize, nchars: usize, shape: u32) -> Res<(Gc<Str>, *mut u8)> {
    if nbytes > MAX_STR {
        return Err(Exit::NeedGc);
    }
    let p = heap.alloc_cell(cell_size(nbytes), shape, super::kind::Str, 0)?;
    // SAFETY: the cell has room for the fields and `nbytes` bytes behind them; all fields are written.
    unsafe {
        let s = p.as_ptr().cast::<Str>();
        let data = p.as_ptr().add(core::mem::size_of::<Str>());
        (*s).data = data;
        (*s).nbytes = nbytes as u32;
        (*s).nchars = nchars as u32;
        core::ptr::addr_of_mut!((*s).hash).write(Cell::new(0));
        core::ptr::addr_of_mut!((*s).owner).write(Cell::new(Value::UNBOUND));
        core::ptr::addr_of_mut!((*s).ext).write(Cell::new(Value::UNBOUND));
        Ok((Gc::from_ptr(s), data))
    }
}

/// A new string that views the first `nbytes` bytes (`nchars` code points) of `buf`.
fn view(heap: &mut Heap, buf: Gc<StrBuf>, nbytes: usize, nchars: usize) -> Res<Gc<Str>> {
    let p = heap.alloc_cell(core::mem::size_of::<Str>(), super::kind::Str as u32, super::kind::Str, 0)?;
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let s = p.as_ptr().cast::<Str>();
        (*s).data = buf.data.get();
        (*s).nbytes = nbytes as u32;
        (*s).nchars = nchars as u32;
        core::ptr::addr_of_mut!((*s).hash).write(Cell::new(0));
        core::ptr::addr_of_mut!((*s).owner).write(Cell::new(buf.value()));
        core::ptr::addr_of_mut!((*s).ext).write(Cell::new(Value::UNBOUND));
        Ok(Gc::from_ptr(s))
    }
}

/// Below this length a concatenation copies; above, it moves to a shared growable buffer.
const SHARE_FROM: usize = 256;

/// `a + b`. Amortized linear for repeated appending to the newest string.
pub fn concat(heap: &mut Heap, a: Gc<Str>, b: Gc<Str>) -> Res<Gc<Str>> {
    let (abytes, bbytes) = (a.bytes(), b.bytes());
    let total = abytes.len() + bbytes.len();
    if total > MAX_STR {
        return Err(Exit::NeedGc);
    }
    if abytes.len() < SHARE_FROM || bbytes.len() > abytes.len() {
        if joins_surrogates(abytes, bbytes) {
            return concat_surrogates(heap, abytes, bbytes);
        }
        let (s, data) = raw(heap, total, a.len() + b.len(), super::kind::Str as u32)?;
        // SAFETY: the fresh cell has room for the bytes of both.
        unsafe {
            copy_short(abytes, data);
            copy_short(bbytes, data.add(abytes.len()));
        }
        return Ok(s);
    }
    if joins_surrogates(abytes, bbytes) {
        return concat_surrogates(heap, abytes, bbytes);
    }
    if let Some(buf) = a.owner.get().get::<StrBuf>()
        && buf.used.get() == abytes.len()
        && buf.cap.get() - buf.used.get() >= bbytes.len()
    {
        let s = view(heap, buf, total, a.len() + b.len())?;
        // SAFETY: the buffer has room behind `used`, which no string views yet.
        unsafe {
            core::ptr::copy_nonoverlapping(bbytes.as_ptr(), buf.data.get().add(abytes.len()), bbytes.len());
        }
        buf.used.set(total);
        return Ok(s);
    }
    let cap = total + total / 2;
    let buf = new_buf(heap, cap)?;
    // SAFETY: the new buffer has room for both pieces.
    unsafe {
        core::ptr::copy_nonoverlapping(abytes.as_ptr(), buf.data.get(), abytes.len());
        core::ptr::copy_nonoverlapping(bbytes.as_ptr(), buf.data.get().add(abytes.len()), bbytes.len());
    }
    buf.used.set(total);
    view(heap, buf, total, a.len() + b.len())
}

/// Whether `a` ends with a high and `b` begins with a low surrogate.
pub fn joins_surrogates(a: &[u8], b: &[u8]) -> bool {
    let high = matches!(a, [.., 0xed, 0xa0..=0xaf, _]);
    high && matches!(b, [0xed, 0xb0..=0xbf, _, ..])
}

/// Two lone surrogates that meet stay two code points in Python; WTF-8 cannot say so, so they become one.
/// A documented divergence (docs/divergences.md).
#[cold]
fn concat_surrogates(heap: &mut Heap, a: &[u8], b: &[u8]) -> Res<Gc<Str>> {
    let unit = |s: &[u8]| 0xd000u32 | (s[1] as u32 & 0x3f) << 6 | (s[2] as u32 & 0x3f);
    let (hi, lo) = (unit(&a[a.len() - 3..]), unit(&b[..3]));
    let c = char::from_u32(0x10000 + ((hi - 0xd800) << 10) + (lo - 0xdc00)).unwrap_or('\u{fffd}');
    let mut utf8 = [0; 4];
    let parts = [&a[..a.len() - 3], c.encode_utf8(&mut utf8).as_bytes(), &b[3..]];
    let (nbytes, nchars) = (a.len() + b.len() - 2, count_chars(a) + count_chars(b) - 1);
    build(heap, nbytes, nchars, |out| {
        let mut rest = out;
        for p in parts {
            let (to, behind) = core::mem::take(&mut rest).split_at_mut(p.len());
            to.copy_from_slice(p);
            rest = behind;
        }
    })
}

fn new_buf(heap: &mut Heap, cap: usize) -> Res<Gc<StrBuf>> {
    let data: *mut u8 = heap.buf_alloc(cap)?;
    let cell = heap.alloc_cell(
        core::mem::size_of::<StrBuf>(),
        super::kind::StrBuf as u32,
        super::kind::StrBuf,
        Header::EXT,
    );
    let Ok(p) = cell else {
        heap.buf_free(data, cap);
        return Err(Exit::NeedGc);
    };
    // SAFETY: the cell has room for the fields, which are all written before a handle is made.
    unsafe {
        let b = p.as_ptr().cast::<StrBuf>();
        core::ptr::addr_of_mut!((*b).data).write(Cell::new(data));
        core::ptr::addr_of_mut!((*b).used).write(Cell::new(0));
        core::ptr::addr_of_mut!((*b).cap).write(Cell::new(cap));
        core::ptr::addr_of_mut!((*b).index).write(Cell::new(Value::UNBOUND));
        Ok(Gc::from_ptr(b))
    }
}
