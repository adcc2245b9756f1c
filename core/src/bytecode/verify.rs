//! The verifier: accepts or refuses every module from outside, so that running it is as safe as running source.
//!
//! What it proves: every record's ranges lie inside their sections; every operand names an existing register,
//! constant, site or function; every jump lands on an instruction of the same function; every call window and
//! register run fits the frame; control cannot run off the end. What it need not prove: what a register holds.
//! Handlers check the kind of every value they use (a cell, an iteration state, an exception) and treat a wrong
//! one as a guest error, so no kind analysis is needed (docs/decisions/0002-frames-and-resume.md).

use super::module::{ConstRef, Func, Module, ModuleError, Site};
use super::{CALL_GAP, Instr, Op, Operand};

/// Checks a whole module.
pub fn verify(m: &Module) -> Result<(), ModuleError> {
    if m.func_count() == 0 {
        return Err(ModuleError::Invalid { func: 0, at: 0, rule: "a module has at least one function" });
    }
    for index in 0..m.func_count() {
        let f = m.func(index).ok_or(ModuleError::Truncated)?;
        let fail = |at: u32, rule: &'static str| ModuleError::Invalid { func: index, at, rule };
        check_record(m, &f).map_err(|rule| fail(0, rule))?;
        check_consts(m, &f).map_err(|rule| fail(0, rule))?;
        for (at, &i) in m.instrs(&f).iter().enumerate() {
            check_instr(m, &f, at as u32, i).map_err(|rule| fail(at as u32, rule))?;
        }
    }
    Ok(())
}

type Rule = Result<(), &'static str>;

fn ensure(ok: bool, rule: &'static str) -> Rule {
    if ok { Ok(()) } else { Err(rule) }
}

fn check_record(m: &Module, f: &Func) -> Rule {
    ensure(m.instrs(f).len() == f.instrs.1 as usize && f.instrs.1 > 0, "instruction range out of bounds")?;
    ensure(f.consts.1 == 0 || m.constant(f, f.consts.1 - 1).is_some(), "constant range out of bounds")?;
    ensure(f.sites.1 == 0 || m.site(f, f.sites.1 - 1).is_some(), "site range out of bounds")?;
    ensure(f.excs.1 == 0 || m.exc(f, f.excs.1 - 1).is_some(), "exception range out of bounds")?;
    ensure(f.vars.1 == 0 || m.var_name(f, f.vars.1 - 1).is_some(), "variable range out of bounds")?;
    ensure(f.vars.1 == f.nlocals as u32, "one name per named register")?;
    ensure(f.posonly <= f.argcount, "more positional-only than positional parameters")?;
    let params = f.argcount as u32 + f.kwonly as u32 + 2;
    ensure(params < u16::MAX as u32, "too many parameters")?;
    ensure(
        f.nparams() as u32 + f.nfree as u32 <= f.nlocals as u32 && f.nlocals <= f.nregs,
        "registers: parameters and free variables within locals within the frame",
    )?;
    ensure(f.nregs < u16::MAX - 16, "too many registers")?;
    ensure(f.doc <= f.consts.1, "docstring constant out of range")?;
    for s in (0..f.sites.1).filter_map(|i| m.site(f, i)) {
        ensure(s.dst < f.nregs, "a site's destination is outside the frame")?;
        ensure(s.name == Site::NO_NAME || s.name < f.consts.1, "a site's name is not a constant")?;
    }
    for e in (0..f.excs.1).filter_map(|i| m.exc(f, i)) {
        ensure(e.start <= e.end && e.end <= f.instrs.1, "an exception range is outside the function")?;
        ensure(e.handler < f.instrs.1, "an exception handler is outside the function")?;
        ensure((e.reg as u32) + 1 < f.nregs as u32, "an exception register is outside the frame")?;
    }
    let last = m.instrs(f)[f.instrs.1 as usize - 1].op();
    let ends = matches!(
        last,
        Some(
            Op::Return
                | Op::ReturnNone
                | Op::Jump
                | Op::JumpBack
                | Op::Raise
                | Op::RaiseFrom
                | Op::RaiseCurrent
                | Op::Reraise
        )
    );
    ensure(ends, "control may run off the end")
}

fn check_consts(m: &Module, f: &Func) -> Rule {
    for i in 0..f.consts.1 {
        match m.constant(f, i).ok_or("unknown kind of constant")? {
            // Items precede their tuple, so constants can be materialized in one pass and cannot be circular.
            ConstRef::Tuple(items) | ConstRef::FrozenSet(items) => {
                ensure(items.iter().all(|&c| c < i as u64), "a tuple's items must precede it")?;
            }
            ConstRef::BigInt(_, limbs) => {
                ensure(limbs.last().is_some_and(|&l| l != 0), "a big int has no leading zero limb")?;
            }
            ConstRef::Str(s) => ensure(is_wtf8(s), "a string constant is not WTF-8")?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether `s` is well-formed WTF-8: UTF-8 in which surrogates may appear, but no surrogate pair.
pub fn is_wtf8(s: &[u8]) -> bool {
    let mut rest = s;
    let mut after_high = false;
    loop {
        match core::str::from_utf8(rest) {
            Ok(_) => return true,
            Err(e) => {
                let bad = &rest[e.valid_up_to()..];
                let surrogate = bad.len() >= 3
                    && bad[0] == 0xed
                    && (0xa0..=0xbf).contains(&bad[1])
                    && (0x80..=0xbf).contains(&bad[2]);
                if !surrogate {
                    return false;
                }
                let high = bad[1] < 0xb0;
                if !high && after_high && e.valid_up_to() == 0 {
                    return false;
                }
                after_high = high;
                rest = &bad[3..];
            }
        }
    }
}

fn check_instr(m: &Module, f: &Func, at: u32, i: Instr) -> Rule {
    let op = i.op().ok_or("unknown operation")?;
    ensure(!op.is_specialized(), "a specialized operation in stored code")?;
    let fields = [i.a(), i.b(), i.c()];
    for (n, kind) in op.operands().into_iter().enumerate() {
        check_operand(m, f, at, i, fields[n], kind)?;
    }
    check_shape(m, f, at, i, op)
}

fn check_operand(m: &Module, f: &Func, at: u32, i: Instr, v: u16, kind: Operand) -> Rule {
    match kind {
        Operand::None => ensure(v == 0, "an unused operand is not zero"),
        Operand::Dst | Operand::Reg => ensure(v < f.nregs, "a register is outside the frame"),
        Operand::Regs(n) => run(f, v, n as u32),
        Operand::Const => ensure((v as u32) < f.consts.1, "no such constant"),
        Operand::Name => {
            ensure(matches!(m.constant(f, v as u32), Some(ConstRef::Str(_))), "a name is not a string")
        }
        Operand::Site => ensure((v as u32) < f.sites.1, "no such site"),
        Operand::Func => ensure((v as u32) < m.func_count(), "no such function"),
        Operand::Jump16 => target(f, at, v as i16 as i64),
        Operand::Jump32 => target(f, at, i.offset32() as i64),
        Operand::Run | Operand::Imm | Operand::Num | Operand::JumpHi => Ok(()),
    }
}

fn run(f: &Func, first: u16, len: u32) -> Rule {
    ensure(first as u32 + len <= f.nregs as u32, "a run of registers is outside the frame")
}

fn target(f: &Func, at: u32, offset: i64) -> Rule {
    let to = at as i64 + 1 + offset;
    ensure(0 <= to && to < f.instrs.1 as i64, "a jump leaves the function")
}

/// Rules that concern more than one operand.
fn check_shape(m: &Module, f: &Func, at: u32, i: Instr, op: Op) -> Rule {
    let (a, b, c) = (i.a(), i.b(), i.c());
    let named = |r: u16| ensure(r < f.nlocals, "not a named register");
    let site_name = |s: u16, want_tuple: bool| {
        let name = m.site(f, s as u32).map_or(Site::NO_NAME, |s| s.name);
        let ok = match m.constant(f, name) {
            Some(ConstRef::Str(_)) => !want_tuple,
            Some(ConstRef::Tuple(items)) => {
                want_tuple && items.iter().all(|&c| matches!(m.constant(f, c as u32), Some(ConstRef::Str(_))))
            }
            _ => false,
        };
        ensure(ok, "a site lacks its name")
    };
    match op {
        Op::MoveChecked => named(b),
        Op::CheckBound | Op::DelLocal => named(a),
        Op::LoadCell => named(b),
        Op::DelCell => named(a),
        Op::CopyFree => ensure(b == f.nfree, "wrong number of free variables").and(run(f, a, b as u32)),
        Op::LoadGlobal | Op::StoreGlobal | Op::DelGlobal => site_name(b, false),
        Op::LoadName | Op::LoadNameCell | Op::StoreName | Op::DelName => site_name(c, false),
        Op::LoadAttr | Op::StoreAttr | Op::DelAttr | Op::LoadMethod | Op::ImportFrom => site_name(c, false),
        Op::LoadSuperAttr | Op::LoadSuperMethod => site_name(c, false),
        Op::Unpack => run(f, a, c as u32),
        Op::UnpackEx => run(f, a, (c & 0xff) as u32 + (c >> 8) as u32 + 1),
        Op::BuildList | Op::BuildTuple | Op::BuildSet | Op::BuildString => run(f, b, c as u32),
        Op::BuildMap => run(f, b, 2 * c as u32),
        Op::Call => run(f, a, CALL_GAP as u32 + b as u32),
        Op::CallMethod => run(f, a, CALL_GAP as u32 + 1 + b as u32),
        Op::CallKw | Op::CallMethodKw => {
            site_name(c, true)?;
            let name = m.site(f, c as u32).map_or(Site::NO_NAME, |s| s.name);
            if let Some(ConstRef::Tuple(items)) = m.constant(f, name) {
                ensure(items.len() <= b as usize, "more keyword names than arguments")?;
            }
            run(f, a, CALL_GAP as u32 + (op == Op::CallMethodKw) as u32 + b as u32)
        }
        Op::MakeGenerator => {
            ensure(a <= f.nregs && f.flags.has(super::FuncFlags::GENERATOR), "not a generator")
        }
        Op::Yield | Op::YieldFrom => {
            ensure(c <= f.nregs && f.flags.has(super::FuncFlags::GENERATOR), "not a generator")
        }
        Op::ForLoop | Op::JumpBack => {
            // Fuel is charged by the distance spanned, so a back-edge must go back, or reach one that does.
            let offset = if op == Op::ForLoop { i.imm_c() as i64 } else { i.offset32() as i64 };
            let to = at as i64 + 1 + offset;
            let lands_on_back_edge =
                m.instrs(f).get(to as usize).is_some_and(|t| t.op() == Some(Op::JumpBack));
            ensure(offset < 0 || lands_on_back_edge, "a back-edge goes forward")
        }
        Op::Jump | Op::JumpIf | Op::JumpIfNot | Op::JumpIfNone | Op::JumpIfNotNone => {
            ensure(i.offset32() >= 0, "a forward jump goes back")
        }
        Op::Send => ensure(i.imm_c() >= 0, "a forward jump goes back"),
        _ if op.operands()[2] == Operand::Jump16 => ensure(i.imm_c() >= 0, "a forward jump goes back"),
        _ => Ok(()),
    }
}
