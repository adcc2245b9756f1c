//! The table's code looked at with a disassembler, on any host: each variant with each assignment of registers
//! decodes, names no registers but its own and scratch, keeps its jumps inside or at an exit, and shows what is put into
//! its holes. And: the table was made from the sources as they are.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")]

#[path = "../../tests/emit/sources.rs"]
mod sources;

use taipan_core::emit::stencil::{Stencil, Variant, key};
use taipan_core::uop::{Class, Effect, Uop};
use taipan_emit_aarch64::reloc::Kind;
use taipan_emit_aarch64::table::{self, TABLE};
use yaxpeax_arch::{Decoder, U8Reader};
use yaxpeax_arm::armv8::a64::{InstDecoder, Instruction, Opcode, Operand};

/// Registers 0 to 7 in the code.
const G: [u16; 8] = [22, 23, 24, 25, 26, 27, 28, 0];
const FRAME: u16 = 20;
const CTX: u16 = 21;

/// A register as an instruction names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Register {
    X(u16),
    D(u16),
}
use Register::{D, X};

/// A stencil of the table with its uop, and the classes of its slots.
struct Row {
    op: Uop,
    stencil: &'static Stencil,
    slots: Vec<Class>,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, op) in Uop::ALL.iter().enumerate() {
        for table in [&table::STENCILS, &table::KEEPING, &table::NARROW] {
            let out = op.out().filter(|_| !op.calls());
            let slots = op.ins().iter().copied().chain(out).collect();
            if table[i].longest > 0 {
                rows.push(Row { op: *op, stencil: &table[i], slots });
            }
        }
    }
    for stencil in [&table::LOAD_K32, &table::LOAD_K16] {
        rows.push(Row { op: Uop::LoadK, stencil, slots: vec![Class::G] });
    }
    rows.push(Row { op: Uop::LoadKF, stencil: &table::LOAD_ZERO_F, slots: vec![Class::F] });
    rows
}

fn assignments(slots: usize) -> Vec<Vec<u8>> {
    let mut all = vec![vec![]];
    for _ in 0..slots {
        all = all.iter().flat_map(|a: &Vec<u8>| (0..8).map(move |r| [&a[..], &[r]].concat())).collect();
    }
    all
}

fn decode(bytes: &[u8]) -> Vec<Instruction> {
    let decoder = InstDecoder::default();
    let one = |w: &[u8]| decoder.decode(&mut U8Reader::new(w)).unwrap_or_else(|e| panic!("{w:02x?}: {e}"));
    bytes.chunks_exact(4).map(one).collect()
}

fn each(mut check: impl FnMut(&Row, &[u8], &Variant, &[u8])) {
    for row in rows() {
        for registers in assignments(row.slots.len()) {
            let key = key(&registers).unwrap();
            let variant = TABLE.variant(row.stencil, key).unwrap();
            let mut bytes = vec![0; variant.len()];
            TABLE.write(variant, key, &mut bytes).unwrap();
            check(&row, &registers, variant, &bytes);
        }
    }
}

/// The registers an instruction names, and whether it writes them.
fn named(ins: &Instruction) -> Vec<(Register, bool)> {
    use Opcode::*;
    // What these name first is an operand; all others write it.
    let reads =
        matches!(ins.opcode, STR | STUR | STRB | STURB | CBZ | CBNZ | TBZ | TBNZ | BR | BLR | FCMP | CCMP);
    let mut found = vec![];
    for (n, operand) in ins.operands.iter().enumerate() {
        let writes = n == 0 && !reads;
        match *operand {
            Operand::Register(_, 31) => {}
            Operand::Register(_, r) => found.push((X(r), writes)),
            Operand::RegisterOrSP(_, r) => found.push((X(r), writes)),
            Operand::SIMDRegister(_, r) => found.push((D(r), writes)),
            Operand::RegShift(_, _, _, 31) => {}
            Operand::RegShift(_, _, _, r) => found.push((X(r), false)),
            Operand::RegRegOffset(a, b, ..) => found.extend([(X(a), false), (X(b), false)]),
            Operand::RegPreIndex(r, _, back) => found.push((X(r), back)),
            Operand::RegPostIndex(r, _) => found.push((X(r), true)),
            Operand::Nothing
            | Operand::Immediate(_)
            | Operand::Imm64(_)
            | Operand::Imm16(_)
            | Operand::ImmShift(..)
            | Operand::PCOffset(_)
            | Operand::ImmediateDouble(_)
            | Operand::ConditionCode(_) => {}
            ref other => panic!("{ins}: {other:?}"),
        }
    }
    found
}

#[test]
fn code_touches_only_its_registers() {
    each(|row, registers, _, bytes| {
        let register = |(class, r): (&Class, &u8)| match class {
            Class::G => X(G[usize::from(*r)]),
            Class::F => D(u16::from(*r)),
        };
        let own: Vec<Register> = row.slots.iter().zip(registers).map(register).collect();
        let (operands, result) = own.split_at(row.op.ins().len().min(own.len()));
        for ins in decode(bytes) {
            for (r, writes) in named(&ins) {
                let scratch = match r {
                    X(n) => (1..18).contains(&n),
                    D(n) => n >= 8,
                };
                let allowed = scratch
                    || result.contains(&r)
                    || !writes && ([X(FRAME), X(CTX)].contains(&r) || operands.contains(&r))
                    || r == X(FRAME) && matches!(row.op, Uop::SetFrame | Uop::AddFrame)
                    // A helper's arguments and result, and registers that are its own.
                    || row.op.calls() && matches!(r, X(0..3));
                assert!(allowed, "{:?} {registers:?}: {ins}: {r:?}, written: {writes}", row.op);
            }
        }
    });
}

/// Distance of a branch, if it is one.
fn branch(ins: &Instruction) -> Option<i64> {
    let is = matches!(ins.opcode, Opcode::B | Opcode::CBZ | Opcode::CBNZ | Opcode::TBZ | Opcode::TBNZ)
        || matches!(ins.opcode, Opcode::Bcc(_));
    let distance = |o: &Operand| if let Operand::PCOffset(d) = o { Some(*d) } else { None };
    ins.operands.iter().find_map(distance).filter(|_| is)
}

#[test]
fn jumps_go_to_instructions_or_out() {
    each(|row, registers, variant, bytes| {
        let at = |i: usize| format!("{:?} {registers:?} at {}", row.op, 4 * i);
        let mut exits = 0;
        for (i, ins) in decode(bytes).iter().enumerate() {
            let leaves = TABLE.relocs(variant).iter().find(|r| {
                usize::from(r.at) == 4 * i && matches!(r.kind, Kind::Exit26 | Kind::Exit19 | Kind::Exit14)
            });
            match (branch(ins), leaves) {
                (Some(0), Some(reloc)) => {
                    let wanted = match ins.opcode {
                        Opcode::B => Kind::Exit26,
                        Opcode::TBZ | Opcode::TBNZ => Kind::Exit14,
                        _ => Kind::Exit19,
                    };
                    assert_eq!(reloc.kind, wanted, "{}", at(i));
                    exits += 1;
                }
                (Some(distance), None) => {
                    let to = 4 * i as i64 + distance;
                    // Bodies that look for something go back, within themselves.
                    let looks = matches!(row.op, Uop::NextSlot | Uop::NextEntry) && to >= 0;
                    let forwards = to > 4 * i as i64;
                    assert!(to % 4 == 0 && (forwards || looks) && to <= bytes.len() as i64, "{}", at(i));
                }
                (None, None) => {
                    let jumps = matches!(ins.opcode, Opcode::BR | Opcode::RET | Opcode::BL | Opcode::BLR);
                    let call = ins.opcode == Opcode::BLR && row.op.calls();
                    assert!(!jumps || call || row.op == Uop::JumpReg, "{}: {ins}", at(i));
                }
                other => panic!("{}: {ins} {other:?}", at(i)),
            }
        }
        // `a == a` needs no check.
        assert!(exits > 0 || !row.op.exits() || registers.first() == registers.get(1), "{}", at(0));
        assert!(exits == 0 || row.op.exits(), "{}", at(0));
    });
}

fn is_subtraction(ins: &Instruction) -> bool {
    matches!(ins.opcode, Opcode::SUB | Opcode::SUBS)
}

/// The value that an instruction shows for a kind of hole; `subtracts` says what it was before.
fn shown(kind: Kind, ins: &Instruction, subtracts: bool) -> Option<i64> {
    let value = |o: &Operand| match *o {
        Operand::PCOffset(d) if kind.relative() => Some(d),
        Operand::RegPreIndex(_, d, false) => Some(i64::from(d)),
        Operand::Imm16(v) if kind.part() > 0 || matches!(kind, Kind::D0 | Kind::D1) => Some(i64::from(v)),
        Operand::ImmShift(v, shift) if kind.part() > 0 || matches!(kind, Kind::D0 | Kind::D1) => {
            Some(i64::from(v) << shift)
        }
        Operand::Immediate(v) if kind == Kind::Add => {
            Some(if is_subtraction(ins) == subtracts { i64::from(v) } else { -i64::from(v) })
        }
        _ => None,
    };
    ins.operands.iter().find_map(value)
}

/// What is to be seen of a value in a hole.
fn wanted(kind: Kind, value: i64) -> i64 {
    match kind {
        Kind::D0 => value & 0xffff,
        Kind::D1 => value & 0xffff_0000,
        _ if kind.part() > 0 => (value as u64 & kind.part()) as i64,
        _ => value,
    }
}

#[test]
fn holes_show_what_is_put_in() {
    let values = |kind: Kind| {
        let (low, high) = kind.range();
        [-1, 0, 1, low, high, low / 2, high / 2, 8, -8, 255, 256, -256, 264, 0x1000, -0x1000]
            .into_iter()
            .filter(move |v| kind.takes(*v))
    };
    let mut seen = std::collections::BTreeSet::new();
    each(|row, registers, variant, bytes| {
        for r in TABLE.relocs(variant) {
            seen.insert(format!("{:?}", r.kind));
            let subtracts = is_subtraction(&decode(&bytes[usize::from(r.at)..usize::from(r.at) + 4])[0]);
            for value in values(r.kind) {
                let mut bytes = bytes.to_vec();
                r.kind.patch(&mut bytes, usize::from(r.at), value).unwrap();
                let at = usize::from(r.at);
                let ins = &decode(&bytes[at..at + 4])[0];
                // The disassembler leaves an offset of 0 out, and shows subtracting 0 as adding it.
                let found = shown(r.kind, ins, subtracts).unwrap_or(0);
                let label = (row.op, registers, r.kind);
                assert_eq!(found, wanted(r.kind, value), "{label:?} {value}: {ins}");
            }
        }
        let has_exit = TABLE.relocs(variant).iter().any(|r| format!("{:?}", r.kind).starts_with("Exit"));
        assert!(has_exit || !row.op.exits() || registers.first() == registers.get(1), "{:?}", row.op);
    });
    assert!(seen.len() >= 12, "{seen:?}");
}

#[test]
fn out_of_range_or_misaligned_is_an_error() {
    use Kind::*;
    let all = [Exit26, Exit19, Exit14, D0, D1, Mem1, Mem2, Mem4, Mem8, Add, Label, Pool, Page];
    for kind in all {
        let (low, high) = kind.range();
        assert!(kind.patch(&mut [0; 4], 0, low).is_ok(), "{kind:?}");
        assert!(kind.patch(&mut [0; 4], 0, high).is_ok(), "{kind:?}");
        assert!(kind.patch(&mut [0; 4], 0, low - kind.unit()).is_err(), "{kind:?}");
        assert!(kind.patch(&mut [0; 4], 0, high + kind.unit()).is_err(), "{kind:?}");
        assert!(kind.patch(&mut [0; 4], 1, 0).is_err(), "{kind:?}");
        assert!(kind.patch(&mut [0; 4], usize::MAX, 0).is_err(), "{kind:?}");
        if kind.unit() > 1 {
            assert!(kind.patch(&mut [0; 4], 0, high - 1).is_err(), "{kind:?}");
        }
    }
    assert_eq!((Exit26.range().1 + 4, Exit19.range().1 + 4), (128 << 20, 1 << 20));
    assert_eq!((Exit14.range().1 + 4, Exit14.veneer()), (32 << 10, Some(Exit26)));
}

#[test]
fn every_uop_with_a_body_has_code() {
    for op in &Uop::ALL[..Uop::WITH_BODY] {
        assert!(table::STENCILS[*op as usize].longest > 0, "{op:?} has none: run `cargo xtask stencils`");
        assert_ne!(op.effect(), Effect::Control);
    }
}

#[test]
fn the_table_is_made_from_these_sources() {
    assert_eq!(sources::hash(), table::SOURCES, "{}", sources::ADVICE);
}
