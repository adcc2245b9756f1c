//! Recording strs: characters of ASCII texts without a call, comparisons.
//!
//! A character is loaded from the runtime's table of one-letter strs, by its byte. Where only the byte matters (it is
//! compared with another character, or `ord` asks for it), the load is dead.
//!
//! Invariant: the first 128 entries of the table are there before a trace refers to it, and never change.

use super::helpers::Helper;
use super::{Ctx, Rec, Stop};
use crate::bytecode::CALL_GAP;
use crate::heap::{Header, HeapType as _};
use crate::interp::fast;
use crate::object::Str;
use crate::opt::builder::{Build, Ty, clobber, load};
use crate::trace::ir::Ref;
use crate::uop::Uop;
use crate::value::Value;

const STR: u32 = Str::KIND as u32;

impl Ctx<'_> {
    /// The address of the table of characters.
    fn chars(&mut self) -> Build<Ref> {
        self.b.word(self.rt.chars_table() as usize as u64, Ty::Raw)
    }

    /// The one-letter str of a byte below 128, an int value.
    fn char_at(&mut self, byte: Ref) -> Rec<Ref> {
        self.rt.fill_ascii_chars().map_err(|_| Stop::Here)?;
        let table = self.chars()?;
        let r = self.b.op_dk(Uop::ElemLoad, &[table, byte], 0, load::IMMUTABLE | load::LETTER)?;
        self.b.know(r, Ty::Shape(STR));
        Ok(r)
    }

    /// The byte, as an int value, of a str that is known to be one ASCII letter.
    fn byte_of(&mut self, x: Ref) -> Build<Option<Ref>> {
        let table = self.chars()?;
        if let Some(d) = self.b.def(x)
            && d.op == Uop::ElemLoad
            && d.args[0] == table
        {
            return Ok(Some(d.args[1]));
        }
        let text = self.b.konst_word(x).map(Value::from_bits).and_then(|v| v.exact::<Str>());
        match text.as_ref().map(|s| s.bytes()) {
            Some([byte @ 0..128]) => Ok(Some(self.b.int(*byte as i64)?)),
            _ => Ok(None),
        }
    }

    /// As `byte_of`, of a str that is one ASCII letter now, which is guarded.
    fn guarded_byte(&mut self, x: Ref, v: Value) -> Build<Option<Ref>> {
        if let Some(byte) = self.byte_of(x)? {
            return Ok(Some(byte));
        }
        if !v.exact::<Str>().is_some_and(|s| s.is_ascii() && s.len() == 1) {
            return Ok(None);
        }
        self.shape(x, STR)?;
        let n = self.b.op_dk(Uop::LoadLen32, &[x], Str::NBYTES as i32 - 1, load::IMMUTABLE)?;
        let one = self.b.int(1)?;
        self.b.op(Uop::GuardEq, &[n, one])?;
        let zero = self.b.int(0)?;
        self.byte_at(x, zero).map(Some)
    }

    /// Byte `k` of a str; the index was checked.
    fn byte_at(&mut self, x: Ref, k: Ref) -> Build<Ref> {
        let data = match self.known_object::<Str>(x) {
            Some(s) => self.b.word(s.bytes().as_ptr() as usize as u64, Ty::Raw)?,
            None => self.b.op_dk(Uop::Load, &[x], Str::DATA as i32 - 1, load::IMMUTABLE)?,
        };
        self.b.know(data, Ty::Raw);
        self.b.op_dk(Uop::ByteLoad, &[data, k], 0, load::IMMUTABLE)
    }

    /// `c in s` of a letter and a constant ASCII str: a table says it by the letter's byte. `None` for anything else.
    pub(super) fn letter_in(&mut self, c: u16, s: Ref) -> Build<Option<Ref>> {
        let text = self.b.konst_word(s).map(Value::from_bits).and_then(|v| v.exact::<Str>());
        let Some(text) = text.filter(|s| s.is_ascii()) else { return Ok(None) };
        let (x, now) = (self.get(c)?, self.val(c));
        let Some(byte) = self.guarded_byte(x, now)? else { return Ok(None) };
        let mut table = [0u8; 128];
        for &b in text.bytes() {
            if let Some(x) = table.get_mut(b as usize) {
                *x = 1;
            }
        }
        let Ok(table) = self.rt.new_str_bytes(&table) else { return Ok(None) };
        let Some(data) = table.exact::<Str>().map(|s| s.bytes().as_ptr()) else { return Ok(None) };
        self.r.keep(table)?;
        let data = self.b.word(data as usize as u64, Ty::Raw)?;
        let found = self.b.op_dk(Uop::ByteLoad, &[data, byte], 0, load::IMMUTABLE)?;
        let zero = self.b.int(0)?;
        self.b.op(Uop::NeWord, &[found, zero]).map(Some)
    }

    /// Guards that `x` is an exact ASCII str; its length.
    fn ascii(&mut self, x: Ref) -> Build<Ref> {
        self.shape(x, STR)?;
        if let Some(s) = self.known_object::<Str>(x).filter(|s| s.is_ascii()) {
            return self.b.int(s.len() as i64);
        }
        let (bytes, chars) = (Str::NBYTES as i32 - 1, Str::NCHARS as i32 - 1);
        let n = self.b.op_dk(Uop::LoadLen32, &[x], bytes, load::IMMUTABLE)?;
        let m = self.b.op_dk(Uop::LoadLen32, &[x], chars, load::IMMUTABLE)?;
        self.b.op(Uop::GuardEq, &[n, m])?;
        Ok(n)
    }

    /// Character `k` of an ASCII str; the index was checked.
    fn letter(&mut self, x: Ref, k: Ref) -> Rec<Ref> {
        let byte = self.byte_at(x, k)?;
        self.char_at(byte)
    }

    /// `s[k]`.
    pub(super) fn get_letter(&mut self) -> Rec<()> {
        let i = self.i;
        let (v, now) = (self.val(i.b()), self.val(i.c()).int_unchecked());
        if !v.exact::<Str>().is_some_and(|s| s.is_ascii() && now < s.len() as i64 && now >= -(s.len() as i64))
        {
            return self.generic();
        }
        let x = self.get(i.b())?;
        let k = self.int(i.c())?;
        let n = self.ascii(x)?;
        let k = self.counted(k, now, n)?;
        let r = self.letter(x, k)?;
        self.set(i.a(), r)?;
        self.next()
    }

    /// The step of a loop over an ASCII str.
    pub(super) fn next_letter(&mut self, more: bool) -> Rec<()> {
        let i = self.i;
        let x = self.get(i.a())?;
        let n = self.ascii(x)?;
        let pos = self.int(i.a() + 1)?;
        if !more {
            self.b.op(Uop::GuardLe, &[n, pos])?;
            let empty = self.konst(self.rt.empty_tuple)?;
            return Ok(self.set(i.a(), empty)?);
        }
        self.b.op(Uop::GuardUlt, &[pos, n])?;
        let item = self.letter(x, pos)?;
        let one = self.b.int(1)?;
        let next = self.b.op(Uop::AddIntN, &[pos, one])?;
        self.set(i.a() + 1, next)?;
        self.set(i.b(), item)?;
        Ok(())
    }

    /// `ord(c)` and `chr(n)` where no call is needed; `None` otherwise.
    pub(super) fn ord_or_chr(&mut self, name: &str) -> Rec<Option<()>> {
        let arg = self.i.a() + CALL_GAP;
        let v = self.val(arg);
        let r = if name == "ord" {
            if !v.exact::<Str>().is_some_and(|s| s.is_ascii() && s.len() == 1) {
                return Ok(None);
            }
            self.builtin()?;
            let x = self.get(arg)?;
            let Some(byte) = self.guarded_byte(x, v)? else { return Ok(None) };
            byte
        } else {
            if !v.is_int() || !(0..128).contains(&v.int_unchecked()) {
                return Ok(None);
            }
            self.builtin()?;
            let x = self.int(arg)?;
            let limit = self.b.int(128)?;
            self.b.op(Uop::GuardUlt, &[x, limit])?;
            self.char_at(x)?
        };
        self.answer(r).map(Some)
    }

    /// Guards that a str is interned, and so the only interned one with its text. It stays so.
    fn guard_interned(&mut self, x: Ref) -> Build<()> {
        if self.b.konst_word(x).is_some() {
            return Ok(());
        }
        let d = core::mem::offset_of!(Header, flags) as i32 - 1;
        let flags = self.b.op_dk(Uop::Load8, &[x], d, load::IMMUTABLE)?;
        let bit = self.b.word(Header::INTERNED as u64, Ty::Raw)?;
        let set = self.b.op(Uop::AndInt, &[flags, bit])?;
        self.b.op(Uop::GuardEq, &[set, bit])?;
        Ok(())
    }

    /// Comparisons of strs: of their bytes if both are single letters, of their identity if both are interned.
    pub(super) fn compare_strs(&mut self, c: usize, jump: bool, ra: u16, rb: u16) -> Rec<()> {
        let (v, w) = (self.val(ra), self.val(rb));
        let (Some(s), Some(t)) = (v.exact::<Str>(), w.exact::<Str>()) else { return Err(Stop::Here) };
        let order = s.bytes().cmp(t.bytes());
        let holds =
            [order.is_lt(), order.is_le(), order.is_eq(), order.is_ne(), order.is_gt(), order.is_ge()];
        let Some(truth) = holds.get(c).copied() else { return Err(Stop::Here) };
        let (x, y) = (self.get(ra)?, self.get(rb)?);
        self.shape(x, STR)?;
        self.shape(y, STR)?;
        let letters = (self.byte_of(x)?, self.byte_of(y)?);
        let letters = match letters {
            (None, Some(q)) => (self.guarded_byte(x, v)?, Some(q)),
            (Some(p), None) => (Some(p), self.guarded_byte(y, w)?),
            other => other,
        };
        if let (Some(p), Some(q)) = letters {
            return self.int_comparison(c, jump, truth, p, q);
        }
        // Of strs, only the empty one has no characters.
        let is_empty = |c: &Self, r: Ref, s: &Str| c.b.konst_word(r).is_some() && s.is_empty();
        let other = match (is_empty(self, y, &t), is_empty(self, x, &s)) {
            (true, _) => Some((x, v)),
            (_, true) => Some((y, w)),
            _ => None,
        };
        if (c == 2 || c == 3)
            && let Some((o, now)) = other
            && let Some(len) = self.length(o, now)?
        {
            let zero = self.b.int(0)?;
            return self.int_comparison(c, jump, truth, len, zero);
        }
        if (c == 2 || c == 3) && s.is_interned() && t.is_interned() {
            self.guard_interned(x)?;
            self.guard_interned(y)?;
            return self.int_comparison(c, jump, truth, x, y);
        }
        if !(c == 2 || c == 3) {
            let r = self.b.op_dk(Uop::Call2, &[x, y], Helper::str_cmp.at(), clobber::NONE)?;
            self.b.know(r, Ty::Int);
            let zero = self.b.int(0)?;
            return self.int_comparison(c, jump, truth, r, zero);
        }
        let r = self.b.op_dk(Uop::Call2, &[x, y], Helper::str_eq.at(), clobber::NONE)?;
        self.b.know(r, Ty::Bool);
        if jump {
            let equal = fast::eq_str(v, w) == Some(true);
            let want = self.b.value(Value::bool(equal))?;
            self.b.op(Uop::GuardEq, &[r, want])?;
            return self.take(equal == (c == 2));
        }
        let r = if c == 2 { r } else { self.b.op(Uop::NotBool, &[r])? };
        self.set(self.i.a(), r)?;
        self.next()
    }
}
