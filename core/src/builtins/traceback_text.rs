//! The text of tracebacks: frames with source lines and carets, and what exception lines need natively.
//!
//! The whole text is put together by `format_exception` of frozen Python, since a guest's `__str__` may have its say;
//! where the carets go is decided in [`super::carets`].

use super::carets::{self, Segment};
use super::exceptions::part;
use super::suggest;
use super::traceback::{line, position};
use crate::bytecode::{FuncFlags, Pos};
use crate::exit::Res;
use crate::heap::{Gc, Heap};
use crate::interp::text::TextBuf;
use crate::interp::{Args, NativeDef, Rt, def};
use crate::object::exception::exc;
use crate::object::{Code, Dict, Exception, List, Module, Str, Traceback, Tuple, int, list};
use crate::room::WithinRoom as _;
use crate::value::Value;
use alloc::vec::Vec;

/// Natives for frozen Python.
pub static INTRINSICS: &[NativeDef] = &[
    def("_traceback_text", "tb, /", |rt, a| traceback_text(rt, a.at(0))),
    def("_syntax_error_text", "e, name, /", syntax_error_text),
    def("_name_from", "e, /", |_, a| Ok(part(a.at(0), 2))),
    def("_module_names", "e, /", module_names),
    def("_visible_names", "e, /", visible_names),
    def("_knows_obj", "e, /", |_, a| {
        Ok(Value::bool(a.at(0).get::<Exception>().is_some_and(|e| !e.obj.get().is_unbound())))
    }),
    def("_self_has", "e, /", |_, a| {
        Ok(Value::bool(a.at(0).get::<Exception>().is_some_and(|e| e.obj.get().get::<Tuple>().is_some())))
    }),
    def("_closest", "names, wrong, /", closest),
    def("_is_stdlib", "name, /", |_, a| {
        let name = a.at(0).get::<Str>();
        Ok(Value::bool(name.is_some_and(|s| s.text().is_some_and(suggest::is_stdlib))))
    }),
];

/// Frames shown of a run of equal ones.
const REPEATS_SHOWN: u32 = 3;

/// Bytes of frames after which the others are only counted.
const TEXT_MAX: usize = 2 << 20;

/// The traceback's header and frames; "" if there are none.
pub fn traceback_text(rt: &mut Rt, tb: Value) -> Res<Value> {
    let mut out = TextBuf::new();
    let mut at = tb;
    let (mut last, mut count): (Option<(Gc<Code>, u32)>, u32) = (None, 0);
    let mut left_out = 0u32;
    while let Some(t) = at.get::<Traceback>() {
        at = t.next.get();
        if t.code.func().flags.has(FuncFlags::FROZEN) {
            continue;
        }
        rt.charge(1)?;
        rt.poll()?;
        if out.as_bytes().len() > TEXT_MAX {
            left_out += 1;
            continue;
        }
        let here = (t.code, line(&t));
        if !last.is_some_and(|l| same_place(l, here)) {
            repeated(&rt.heap, &mut out, count)?;
            (last, count) = (Some(here), 0);
        }
        count += 1;
        if count > REPEATS_SHOWN {
            continue;
        }
        if out.as_bytes().is_empty() {
            out.push(&rt.heap, b"Traceback (most recent call last):\n")?;
        }
        frame_text(&rt.heap, &mut out, &t)?;
    }
    repeated(&rt.heap, &mut out, count)?;
    if left_out > 0 {
        out.push(&rt.heap, b"  [and ")?;
        push_number(&rt.heap, &mut out, left_out)?;
        out.push(&rt.heap, b" more frames]\n")?;
    }
    rt.finish_text(out)
}

fn same_place(a: (Gc<Code>, u32), b: (Gc<Code>, u32)) -> bool {
    let name = |c: &Code| {
        c.name
            .get::<Str>()
            .is_some_and(|s| Some(s.bytes()) == b.0.name.get::<Str>().as_ref().map(|t| t.bytes()))
    };
    a.1 == b.1 && (a.0 == b.0 || (a.0.module().file_name() == b.0.module().file_name() && name(&a.0)))
}

fn repeated(heap: &Heap, out: &mut TextBuf, count: u32) -> Res<()> {
    let Some(n) = count.checked_sub(REPEATS_SHOWN).filter(|&n| n > 0) else { return Ok(()) };
    out.push(heap, b"  [Previous line repeated ")?;
    push_number(heap, out, n)?;
    out.push(heap, if n > 1 { b" more times]\n" } else { b" more time]\n" })
}

fn push_number(heap: &Heap, out: &mut TextBuf, mut n: u32) -> Res<()> {
    let mut digits = [0u8; 10];
    let mut at = digits.len();
    for d in digits.iter_mut().rev() {
        *d = b'0' + (n % 10) as u8;
        n /= 10;
        at -= 1;
        if n == 0 {
            break;
        }
    }
    out.push(heap, digits.get(at..).unwrap_or(&[]))
}

fn frame_text(heap: &Heap, out: &mut TextBuf, t: &Traceback) -> Res<()> {
    let module = t.code.module();
    out.push(heap, b"  File \"")?;
    out.push(heap, module.file_name().as_bytes())?;
    out.push(heap, b"\", line ")?;
    push_number(heap, out, line(t))?;
    out.push(heap, b", in ")?;
    out.push_value(heap, t.code.name)?;
    out.push(heap, b"\n")?;
    match position(t) {
        Some(p) => source_text(heap, out, module.source(), p),
        None => Ok(()),
    }
}

/// The source lines of a range, with carets where they tell something.
fn source_text(heap: &Heap, out: &mut TextBuf, source: &str, p: Pos) -> Res<()> {
    let mut lines: Vec<&str> = Vec::new();
    let n = (p.end_line.saturating_sub(p.line) as usize + 1).min(256);
    lines.try_reserve(n).map_err(|_| crate::exit::Exit::NeedGc)?;
    let from = (p.line as usize).saturating_sub(1);
    lines.fill_within(source_lines(source).skip(from).take(n).map(str::trim_end));
    if lines.iter().all(|l| l.is_empty()) {
        return Ok(());
    }
    if !cfg!(feature = "carets") || p.col == Pos::NO_COL || p.end_col == Pos::NO_COL || lines.len() < n {
        let first = lines.first().map_or("", |l| l.trim());
        out.push(heap, b"    ")?;
        out.push(heap, first.as_bytes())?;
        return out.push(heap, b"\n");
    }
    let margin = carets::dedent(&mut lines);
    let clip = |line: &str, col: u16| {
        let mut at = (col as usize).saturating_sub(margin).min(line.len());
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (first, last) = (lines.first().copied().unwrap_or(""), lines.last().copied().unwrap_or(""));
    let segment = Segment { lines: &lines, start: clip(first, p.col), end: clip(last, p.end_col) };
    carets::write(&segment, &mut |text: &[u8]| out.push(heap, text))
}

/// Lines as Python counts them.
fn source_lines(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(source);
    core::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.bytes().position(|b| b == b'\n' || b == b'\r') else {
            rest = None;
            return Some(text);
        };
        let crlf = text.as_bytes().get(end..end + 2) == Some(b"\r\n");
        rest = text.get(end + 1 + crlf as usize..);
        text.get(..end)
    })
}

/// Place, source line, caret and message of a SyntaxError.
fn syntax_error_text(rt: &mut Rt, a: Args) -> Res<Value> {
    let e = a.at(0);
    let mut out = TextBuf::new();
    let str_at = |i: usize| part(e, i).get::<Str>();
    let num_at = |i: usize| int::get_i64(part(e, i));
    let (file, line, text) = (str_at(1), num_at(2), str_at(4));
    if let Some(n) = line {
        out.push(&rt.heap, b"  File \"")?;
        out.push(&rt.heap, file.as_ref().map_or(b"<string>", |f| f.bytes()))?;
        out.push(&rt.heap, b"\", line ")?;
        push_number(&rt.heap, &mut out, n.clamp(0, u32::MAX as i64) as u32)?;
        out.push(&rt.heap, b"\n")?;
    }
    if cfg!(feature = "carets")
        && let Some(text) = text.as_ref().and_then(|t| t.text())
    {
        let same_line = line == num_at(5);
        let mut push = |bytes: &[u8]| out.push(&rt.heap, bytes);
        carets::syntax_line(text, num_at(3), num_at(6).filter(|&n| n != 0), same_line, &mut push)?;
    }
    out.push_value(&rt.heap, a.at(1))?;
    out.push(&rt.heap, b": ")?;
    match str_at(0) {
        Some(m) if !m.is_empty() => out.push(&rt.heap, m.bytes())?,
        _ => out.push(&rt.heap, b"<no detail available>")?,
    }
    if let (None, Some(f)) = (line, file) {
        out.push(&rt.heap, b" (")?;
        out.push(&rt.heap, f.bytes())?;
        out.push(&rt.heap, b")")?;
    }
    out.push(&rt.heap, b"\n")?;
    rt.finish_text(out)
}

// Suggestions.

/// Names of the module an ImportError is about.
fn module_names(rt: &mut Rt, a: Args) -> Res<Value> {
    let out = list::new(&mut rt.heap, &[])?;
    let module = rt.modules.get::<Dict>().and_then(|d| rt.dict_get_str(d, part(a.at(0), 0)));
    let hide = part(a.at(0), 2).get::<Str>().is_some_and(|s| !s.bytes().starts_with(b"_"));
    if let Some(m) = module.and_then(|m| m.get::<Module>()) {
        rt.open_module(m)?;
        if let Some(d) = m.dict.get::<Dict>() {
            add_names(rt, out, d, hide)?;
        }
    }
    Ok(out.value())
}

fn add_names(rt: &mut Rt, out: Gc<List>, d: Gc<Dict>, hide: bool) -> Res<()> {
    rt.charge(d.len())?;
    for e in d.iter() {
        if e.key.get::<Str>().is_some_and(|s| !(hide && s.bytes().starts_with(b"_"))) {
            out.push(&mut rt.heap, e.key)?;
        }
    }
    Ok(())
}

/// Names that the innermost frame of a NameError could see: locals, globals, built-ins.
fn visible_names(rt: &mut Rt, a: Args) -> Res<Value> {
    let out = list::new(&mut rt.heap, &[])?;
    let Some(e) = a.at(0).get::<Exception>() else { return Ok(out.value()) };
    let (mut at, mut code) = (e.traceback.get(), None);
    while let Some(t) = at.get::<Traceback>() {
        if !t.code.func().flags.has(FuncFlags::FROZEN) {
            code = Some(t.code);
        }
        at = t.next.get();
    }
    let Some(code) = code else { return Ok(out.value()) };
    if !rt.is_exception(e.value(), exc::UnboundLocalError) {
        let module = code.module().clone();
        for i in 0..code.func().vars.1 {
            let name = rt.intern(module.var_name(code.func(), i).unwrap_or("?").as_bytes())?;
            out.push(&mut rt.heap, name)?;
        }
    }
    let globals = match e.obj.get().get::<Dict>() {
        Some(d) => Some(d),
        None => {
            let main = rt.name(crate::interp::Name::__main__)?;
            let module = rt.modules.get::<Dict>().and_then(|d| rt.dict_get_str(d, main));
            module.and_then(|m| m.get::<Module>()).and_then(|m| m.dict.get::<Dict>())
        }
    };
    rt.all_builtins()?;
    for d in [globals, rt.builtins.get::<Dict>()].into_iter().flatten() {
        add_names(rt, out, d, false)?;
    }
    Ok(out.value())
}

/// CPython looks for no name among more.
const MAX_NAMES: usize = 750;

/// The name closest to a wrong one, or None.
fn closest(rt: &mut Rt, a: Args) -> Res<Value> {
    let (Some(l), Some(wrong)) = (a.at(0).get::<List>(), a.at(1).get::<Str>()) else {
        return Ok(Value::NONE);
    };
    let Some(wrong) = wrong.text() else { return Ok(Value::NONE) };
    rt.charge(l.len())?;
    if l.len() >= MAX_NAMES {
        return Ok(Value::NONE);
    }
    let names = l.items().iter().filter_map(|v| v.get::<Str>());
    Ok(crate::interp::suggest::closest(wrong, names, |s| s.bytes()).map_or(Value::NONE, |s| s.value()))
}
