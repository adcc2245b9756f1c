//! `translate` and `maketrans`.

use super::args::{bad_name, this};
use crate::builtins::frozen;
use crate::exit::{Exit, Res};
use crate::interp::text::TextBuf;
use crate::interp::{Args, Rt};
use crate::object::dict::{self, Probe};
use crate::object::hash::hash;
use crate::object::string::{self, code_points};
use crate::object::{Dict, Str, int};
use crate::value::Value;

/// What a code point is translated to.
enum Target {
    Same,
    Nothing,
    Point(u32),
    Text(Value),
}

fn target(rt: &mut Rt, v: Value) -> Res<Target> {
    if v.is_none() {
        return Ok(Target::Nothing);
    }
    if v.get::<Str>().is_some() {
        return Ok(Target::Text(v));
    }
    match int::get(v) {
        Some(int::IntRef::Small(n)) => match u32::try_from(n) {
            Ok(c) if c < 0x110000 => Ok(Target::Point(c)),
            _ => Err(rt.value_error(message!("character mapping must be in range(0x110000)"))),
        },
        Some(_) => Err(rt.value_error(message!("character mapping must be in range(0x110000)"))),
        None => Err(rt.type_error(message!("character mapping must return integer, None or str"))),
    }
}

fn look_up(rt: &mut Rt, d: &Dict, c: u32) -> Res<Option<Target>> {
    let key = Value::int(c as i64);
    let crate::object::hash::Hash::Is(h) = hash(&rt.heap, key) else { return Ok(None) };
    match d.find(&rt.heap, h, key) {
        Probe::Found(i) => match d.entry(i) {
            Some(e) => target(rt, e.value).map(Some),
            None => Ok(Some(Target::Same)),
        },
        Probe::Missing => Ok(Some(Target::Same)),
        Probe::Guest => Ok(None),
    }
}

/// `s.translate(table)`: here for dicts, by frozen code for other tables.
pub fn translate(rt: &mut Rt, a: Args) -> Res<Value> {
    let s = this(rt, a.at(0))?;
    let Some(d) = a.at(1).exact::<Dict>() else {
        return Err(rt.delegate(frozen::str_translate, &[a.at(0), a.at(1)]));
    };
    rt.charge(s.len() / 2)?;
    let mut out = TextBuf::new();
    let mut ascii: [Option<Option<u8>>; 128] = [None; 128];
    for (n, (_, c)) in code_points(s.bytes()).enumerate() {
        if n & 0xfff == 0xfff {
            rt.poll()?;
        }
        if let Some(Some(known)) = ascii.get(c as usize) {
            known.map_or(Ok(()), |b| out.push(&rt.heap, &[b]))?;
            continue;
        }
        let Some(t) = look_up(rt, &d, c)? else {
            return Err(rt.delegate(frozen::str_translate, &[a.at(0), a.at(1)]));
        };
        let one = match t {
            Target::Same => Some(c),
            Target::Point(p) => Some(p),
            Target::Nothing => None,
            Target::Text(v) => {
                out.push_value(&rt.heap, v)?;
                continue;
            }
        };
        if let Some(p) = one {
            push_point(rt, &mut out, p)?;
        }
        if let Some(slot) = ascii.get_mut(c as usize)
            && one.is_none_or(|p| p < 0x80)
        {
            *slot = Some(one.map(|p| p as u8));
        }
    }
    super::build::finish(rt, out)
}

/// Appends a code point, which may be a surrogate.
pub fn push_point(rt: &mut Rt, out: &mut TextBuf, c: u32) -> Res<()> {
    let mut utf8 = [0; 4];
    let n = string::encode(c, &mut utf8);
    out.push(&rt.heap, utf8.get(..n).unwrap_or(&[]))
}

/// `_translated(v)`: what a table's answer stands for, as text; for frozen code.
pub fn translated(rt: &mut Rt, a: Args) -> Res<Value> {
    match target(rt, a.at(0))? {
        Target::Nothing | Target::Same => rt.new_str(""),
        Target::Text(v) => Ok(v),
        Target::Point(c) => {
            let mut out = TextBuf::new();
            push_point(rt, &mut out, c)?;
            rt.finish_text(out)
        }
    }
}

/// `str.maketrans(x, y, z)`.
pub fn maketrans(rt: &mut Rt, a: Args) -> Res<Value> {
    match a.opt(1) {
        None => from_dict(rt, a.at(0)),
        Some(_) => from_texts(rt, a),
    }
}

fn set(rt: &mut Rt, d: crate::heap::Gc<Dict>, key: Value, value: Value) -> Res<()> {
    match hash(&rt.heap, key) {
        crate::object::hash::Hash::Is(h) => d.insert(&mut rt.heap, h, key, value).map(|_| ()),
        _ => Ok(()),
    }
}

fn from_dict(rt: &mut Rt, x: Value) -> Res<Value> {
    let Some(from) = x.get::<Dict>() else {
        return Err(rt.type_error(message!("if you give only one argument to maketrans it must be a dict")));
    };
    rt.charge(from.len())?;
    let to = dict::new(&mut rt.heap)?;
    for e in from.iter() {
        let key = if let Some(s) = e.key.get::<Str>() {
            if s.len() != 1 {
                return Err(rt.value_error(message!("string keys in translate table must be of length 1")));
            }
            Value::int(string::decode(s.bytes(), 0).0 as i64)
        } else if int::get(e.key).is_some() {
            e.key
        } else {
            return Err(rt.type_error(message!("keys in translate table must be strings or integers")));
        };
        set(rt, to, key, e.value)?;
    }
    Ok(to.value())
}

fn must_be_str(rt: &mut Rt, i: usize, v: Value) -> Exit {
    let name = bad_name(rt, v);
    rt.type_error(message!("maketrans() argument {i} must be str, not {name}"))
}

fn from_texts(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(x) = a.at(0).get::<Str>() else {
        return Err(rt.type_error(message!(
            "first maketrans argument must be a string if there is a second argument"
        )));
    };
    let Some(y) = a.at(1).get::<Str>() else { return Err(must_be_str(rt, 2, a.at(1))) };
    let z = match a.opt(2) {
        None => None,
        Some(v) => match v.get::<Str>() {
            Some(z) => Some(z),
            None => return Err(must_be_str(rt, 3, v)),
        },
    };
    if x.len() != y.len() {
        return Err(rt.value_error(message!("the first two maketrans arguments must have equal length")));
    }
    rt.charge(x.len())?;
    let to = dict::new(&mut rt.heap)?;
    for ((_, k), (_, v)) in code_points(x.bytes()).zip(code_points(y.bytes())) {
        set(rt, to, Value::int(k as i64), Value::int(v as i64))?;
    }
    if let Some(z) = z {
        rt.charge(z.len())?;
        for (_, k) in code_points(z.bytes()) {
            set(rt, to, Value::int(k as i64), Value::NONE)?;
        }
    }
    Ok(to.value())
}
