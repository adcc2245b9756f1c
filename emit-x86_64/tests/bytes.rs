//! The table's code looked at with a disassembler, on any host: each variant with each assignment of registers
//! decodes, reads and writes no registers but its own and scratch, keeps its jumps inside or at an exit, and shows what
//! is put into its holes. And: the table was made from the sources as they are.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests may allocate")]

#[path = "../../tests/emit/sources.rs"]
mod sources;

use iced_x86::{
    Decoder, DecoderOptions, FlowControl, Instruction, InstructionInfoFactory, OpAccess, OpKind, Register,
};
use taipan_core::emit::stencil::{Stencil, Variant, key};
use taipan_core::uop::{Class, Effect, Uop};
use taipan_emit_x86_64::reloc::Kind;
use taipan_emit_x86_64::table::{self, TABLE};

const G: [Register; 8] = [
    Register::R14,
    Register::R15,
    Register::RDI,
    Register::RSI,
    Register::RDX,
    Register::RCX,
    Register::R8,
    Register::R9,
];
const SCRATCH: [Register; 4] = [Register::RAX, Register::R10, Register::R11, Register::RBX];

/// A stencil of the table with its uop, and the classes of its slots.
struct Row {
    op: Uop,
    stencil: &'static Stencil,
    slots: Vec<Class>,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, op) in Uop::ALL.iter().enumerate() {
        for table in [&table::STENCILS, &table::KEEPING] {
            let out = op.out().filter(|_| !op.calls());
            let slots = op.ins().iter().copied().chain(out).collect();
            if table[i].longest > 0 {
                rows.push(Row { op: *op, stencil: &table[i], slots });
            }
        }
    }
    rows.push(Row { op: Uop::LoadK, stencil: &table::LOAD_K32, slots: vec![Class::G] });
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

fn code(variant: &Variant, key: usize) -> Vec<u8> {
    let mut bytes = vec![0; variant.len()];
    TABLE.write(variant, key, &mut bytes).unwrap();
    bytes
}

fn decode(bytes: &[u8]) -> Vec<Instruction> {
    Decoder::with_ip(64, bytes, 0, DecoderOptions::NONE).into_iter().collect()
}

fn each(mut check: impl FnMut(&Row, &[u8], &Variant, &[u8])) {
    for row in rows() {
        for registers in assignments(row.slots.len()) {
            let key = key(&registers).unwrap();
            let variant = TABLE.variant(row.stencil, key).unwrap();
            check(&row, &registers, variant, &code(variant, key));
        }
    }
}

fn register(class: Class, n: u8) -> Register {
    match class {
        Class::G => G[n as usize],
        Class::F => Register::XMM0 + u32::from(n),
    }
}

#[test]
fn code_touches_only_its_registers() {
    let mut info = InstructionInfoFactory::new();
    each(|row, registers, _, bytes| {
        let own: Vec<Register> =
            row.slots.iter().zip(registers).map(|(class, r)| register(*class, *r)).collect();
        let ins = row.op.ins().len();
        let (operands, result) = own.split_at(ins.min(own.len()));
        let at = || format!("{:?} {registers:?} {bytes:02x?}", row.op);
        for i in decode(bytes) {
            assert!(!i.is_invalid(), "{}", at());
            let call = i.flow_control() == FlowControl::IndirectCall;
            assert!(!call || row.op.calls(), "{}", at());
            for used in info.info(&i).used_registers() {
                let r = used.register().full_register();
                let r = if r.is_vector_register() { Register::XMM0 + r.number() as u32 } else { r };
                let writes = !matches!(used.access(), OpAccess::Read | OpAccess::CondRead);
                let scratch = SCRATCH.contains(&r) || (r >= Register::XMM8 && r <= Register::XMM15);
                let fixed = matches!(r, Register::R12 | Register::R13);
                let allowed = scratch
                    || result.contains(&r)
                    || (!writes && (fixed || operands.contains(&r)))
                    || (r == Register::RSP && call)
                    // Division and products need rdx, shifts need rcx: saved and restored, as running them shows.
                    || (matches!(row.op, Uop::FloorDivInt | Uop::ModInt | Uop::MulHi) && r == Register::RDX)
                    || (matches!(row.op, Uop::ShlInt | Uop::ShlIntN | Uop::ShrInt | Uop::ShrIntN)
                        && r == Register::RCX)
                    || (matches!(row.op, Uop::SetFrame | Uop::AddFrame) && r == Register::R12)
                    || (row.op.calls() && (G[2..].contains(&r) || r.is_vector_register()))
                    || (row.op == Uop::LoadK && r == Register::RIP);
                assert!(allowed, "{}: {r:?} {:?}", at(), used.access());
            }
        }
    });
}

#[test]
fn jumps_go_to_instructions_or_out() {
    each(|row, registers, variant, bytes| {
        let code = decode(bytes);
        let at = || format!("{:?} {registers:?} {bytes:02x?}", row.op);
        let ends: Vec<u64> = code.iter().map(Instruction::next_ip).collect();
        assert_eq!(ends.last().copied().unwrap_or(0), bytes.len() as u64, "{}", at());
        let mut exits = 0;
        for i in &code {
            let leaves = TABLE
                .relocs(variant)
                .iter()
                .any(|r| r.kind == Kind::Exit && (i.ip()..i.next_ip()).contains(&u64::from(r.at)));
            match i.flow_control() {
                FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch if !leaves => {
                    let to = i.near_branch_target();
                    assert!(to == 0 || ends.contains(&to), "{}: {to:#x}", at());
                }
                FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch => exits += 1,
                FlowControl::Next | FlowControl::IndirectCall => assert!(!leaves, "{}", at()),
                FlowControl::IndirectBranch => assert_eq!(row.op, Uop::JumpReg),
                other => panic!("{}: {other:?}", at()),
            }
        }
        // x / x needs no check but that for 0 and -1, and `a == a` none at all.
        assert!(exits > 0 || !row.op.exits() || registers.first() == registers.get(1), "{}", at());
        assert!(exits == 0 || row.op.exits(), "{}", at());
    });
}

/// Values that an instruction shows as displacement or immediate.
fn shown(i: &Instruction) -> Vec<u64> {
    let mut values = vec![];
    for n in 0..i.op_count() {
        match i.op_kind(n) {
            OpKind::Memory => values.push(i.memory_displacement64()),
            OpKind::Register | OpKind::NearBranch64 => {}
            _ => values.push(i.immediate(n)),
        }
    }
    values
}

#[test]
fn holes_show_what_is_put_in() {
    let extremes = |kind: Kind| {
        let (low, high) = kind.range();
        [-1, 0, 1, low, high, low / 2, high / 2].into_iter().filter(move |v| (low..=high).contains(v))
    };
    each(|row, registers, variant, bytes| {
        for r in TABLE.relocs(variant) {
            assert!(r.at as usize + r.kind.size() <= bytes.len());
            for value in extremes(r.kind) {
                let mut bytes = bytes.to_vec();
                r.kind.patch(&mut bytes, r.at as usize, value).unwrap();
                let code = decode(&bytes);
                let i = code.iter().find(|i| (i.ip()..i.next_ip()).contains(&u64::from(r.at))).unwrap();
                let wanted =
                    if r.kind.relative() { (value as u64).wrapping_add(i.next_ip()) } else { value as u64 };
                let found = match r.kind {
                    Kind::Exit => vec![i.near_branch_target()],
                    _ => shown(i),
                };
                assert!(
                    found.contains(&wanted),
                    "{:?} {registers:?} {:?} {value}: {found:x?}",
                    row.op,
                    r.kind
                );
            }
        }
        for (what, there) in [
            (Kind::Exit, row.op.exits() && registers.first() != registers.get(1)),
            (Kind::K64, row.op == Uop::LoadKF && !std::ptr::eq(row.stencil, &table::LOAD_ZERO_F)),
        ] {
            let has = TABLE.relocs(variant).iter().any(|r| r.kind == what);
            assert!(has || !there, "{:?} {registers:?} has no {what:?}", row.op);
        }
    });
}

#[test]
fn out_of_range_is_an_error() {
    for kind in [Kind::Exit, Kind::D8, Kind::D32, Kind::K32, Kind::Label, Kind::Pool] {
        let (low, high) = kind.range();
        assert!(kind.patch(&mut [0; 4], 0, low - 1).is_err());
        assert!(kind.patch(&mut [0; 4], 0, high + 1).is_err());
        assert!(kind.patch(&mut [0; 4], 5 - kind.size(), 0).is_err());
    }
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
