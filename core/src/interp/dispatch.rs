//! The dispatch loop: fast paths of hot instructions; everything else goes to `control::slow`.
//!
//! Locals of the loop: `pc` (next instruction), `base` (register 0), `sites` (inline caches of the running code).
//! They are written back before anything that may look at the frame, and read again after.
//!
//! Invariants: a fast path either completes or leaves without effect to the slow path of the same instruction;
//! back-edges and calls charge fuel and poll before their effect.

use super::call::CallSite;
use super::frame::{Frame, flag};
use super::jit_hooks::{Entered, Step};
use super::run::{settle, settle_slowly};
use super::{Rt, RunEnd, control, fast, patterns};
use crate::bytecode::{Instr, Op};
use crate::exit::Exit;
use crate::object::func::SiteCache;
use crate::value::Value;

/// Runs from the frame on top until the run ends or stops.
pub(crate) fn run(rt: &mut Rt) -> RunEnd {
    let mut recording = false;
    loop {
        let end = if recording { run_recording(rt) } else { run_mode::<false>(rt) };
        if let Some(end) = end {
            if recording {
                rt.give_up_recording();
            }
            return end;
        }
        recording = !recording;
    }
}

/// The loop that records; a second copy of it, which small builds leave out.
#[cfg(feature = "jit")]
fn run_recording(rt: &mut Rt) -> Option<RunEnd> {
    rt.waiting.begin((rt.fuel_given - rt.fuel).max(0) as u64);
    let end = run_mode::<true>(rt);
    rt.waiting.give_back();
    end
}
/// Without the recording loop a recording ends at once.
#[cfg(not(feature = "jit"))]
fn run_recording(rt: &mut Rt) -> Option<RunEnd> {
    rt.give_up_recording();
    None
}

/// The loop. `RECORD`: each instruction is shown to the JIT's recorder first. `None` asks for the other mode.
#[expect(unused_unsafe, reason = "operand macros are used inside and outside of unsafe expressions")]
fn run_mode<const RECORD: bool>(rt: &mut Rt) -> Option<RunEnd> {
    let mut pc: *const Instr = rt.stack.pc;
    let mut base: *mut Value = rt.stack.frame.0;
    // SAFETY: the frame on top is a code frame (callers ensure it).
    let mut sites: *mut SiteCache = unsafe { fast::sites_of(base) };

    loop {
        if RECORD {
            rt.stack.pc = pc;
            if !rt.waiting.passes(base) && rt.record_step() == Step::Done {
                return None;
            }
        }
        // SAFETY: verified code never runs off its end, and every jump lands on an instruction of it. Operands are
        // registers, sites and constants of the running frame's code. These hold for every arm below.
        let i = unsafe { *pc };
        pc = pc.wrapping_add(1);

        macro_rules! reload {
            () => {
                pc = rt.stack.pc;
                base = rt.stack.frame.0;
                // SAFETY: as above.
                sites = unsafe { fast::sites_of(base) };
            };
        }
        // Slow paths are calls of functions outside of the loop that do everything, so that an arm keeps only its fast
        // path and the loop's locals stay in registers. They answer whether the run has ended.
        macro_rules! leave {
            ($ended:expr) => {{
                if $ended {
                    return Some(rt.take_end());
                }
                reload!();
            }};
        }
        macro_rules! slow {
            () => {{
                rt.stack.pc = pc;
                leave!(slow_path(rt));
            }};
        }
        macro_rules! plain {
            () => {{
                rt.stack.pc = pc;
                leave!(plain_path(rt, i));
            }};
        }
        macro_rules! r {
            ($n:expr) => {
                // SAFETY: an operand of verified code.
                (unsafe { *base.add($n as usize) })
            };
        }
        macro_rules! set {
            ($n:expr, $v:expr) => {
                // SAFETY: an operand of verified code.
                unsafe { *base.add($n as usize) = $v }
            };
        }
        macro_rules! site {
            ($n:expr) => {
                // SAFETY: an operand of verified code; sites do not move.
                (unsafe { &mut *sites.add($n as usize) })
            };
        }
        // `try_fast!(f(…))`: a fast path that answers with a value for register `a`.
        macro_rules! value {
            ($e:expr) => {
                match $e {
                    Some(v) => set!(i.a(), v),
                    None => slow!(),
                }
            };
        }
        // The run `b..b+c`.
        macro_rules! run {
            () => {
                // SAFETY: an operand of verified code; the slice does not leave the handler.
                (unsafe { core::slice::from_raw_parts(base.add(i.b() as usize), i.c() as usize) })
            };
        }
        // As `value!`, for operations without specialized forms.
        macro_rules! value_or_plain {
            ($e:expr) => {
                match $e {
                    Some(v) => set!(i.a(), v),
                    None => plain!(),
                }
            };
        }
        macro_rules! done_or_plain {
            ($e:expr) => {
                // SAFETY: operands of verified code.
                if !unsafe { $e } {
                    plain!();
                }
            };
        }
        macro_rules! done {
            ($e:expr) => {
                // SAFETY: operands of verified code.
                if !unsafe { $e } {
                    slow!();
                }
            };
        }
        macro_rules! jump32 {
            ($want:expr) => {{
                let v = r!(i.a());
                let truth = match fast::truth(v) {
                    None => fast::truth_of_cell(rt, v),
                    known => known,
                };
                match truth {
                    Some(b) if b == $want => pc = pc.wrapping_offset(i.offset32() as isize),
                    Some(_) => {}
                    None => slow!(),
                }
            }};
        }
        macro_rules! jump16 {
            ($cond:expr) => {
                match $cond {
                    Some(true) => pc = pc.wrapping_offset(i.imm_c() as isize),
                    Some(false) => {}
                    None => slow!(),
                }
            };
        }
        // A back-edge was taken: `pc` is the loop's head.
        macro_rules! heat {
            () => {
                if rt.heat.count(pc) {
                    rt.stack.pc = pc;
                    rt.hot();
                }
            };
        }
        macro_rules! loop_edge {
            ($step:expr) => {{
                if fast::can_loop(rt, -(i.imm_c() as i64)) {
                    match $step {
                        fast::Next::Item(v) => {
                            set!(i.b(), v);
                            rt.fuel -= -(i.imm_c() as i64);
                            pc = pc.wrapping_offset(i.imm_c() as isize);
                            heat!();
                        }
                        fast::Next::End => {
                            rt.fuel -= -(i.imm_c() as i64);
                        }
                        fast::Next::Miss => slow!(),
                    }
                } else {
                    slow!();
                }
            }};
        }
        macro_rules! pushed {
            ($e:expr) => {{
                rt.stack.pc = pc;
                // SAFETY: as above.
                match unsafe { $e } {
                    fast::Pushed::Yes => {
                        reload!();
                    }
                    fast::Pushed::Miss => slow!(),
                }
            }};
        }
        macro_rules! native {
            ($e:expr) => {{
                rt.stack.pc = pc;
                // SAFETY: as above.
                match unsafe { $e } {
                    fast::Native::Value(v, dst) => set!(dst, v),
                    fast::Native::Pushed => {
                        reload!();
                    }
                    fast::Native::Miss => slow!(),
                    fast::Native::Exit(e, site) => leave!(exit_path(rt, e, site.0, site.1)),
                }
            }};
        }
        macro_rules! ret {
            ($v:expr) => {{
                let mut v = $v;
                let f = Frame(base);
                let m = f.meta();
                // SAFETY: the running frame is a code frame.
                if m & flag::SPECIAL == 0 || unsafe { fast::returns(f, m, &mut v) } {
                    let caller = f.prev();
                    rt.depth -= 1;
                    rt.stack.frame = caller;
                    base = caller.0;
                    pc = caller.pc();
                    set!(m >> 16, v);
                    // SAFETY: a frame with a plain continuation is called from a code frame.
                    sites = unsafe { fast::sites_of(base) };
                } else {
                    rt.stack.pc = pc;
                    // SAFETY: as above.
                    if unsafe { fast::generator_returns(rt, base, v) } {
                        reload!();
                    } else {
                        leave!(return_path(rt, v));
                    }
                }
            }};
        }

        // SAFETY: stored code is verified and specialized forms are written by this crate, so the number is an `Op`.
        unsafe { core::hint::assert_unchecked(i.op_raw() < Op::COUNT) };
        // SAFETY: as above.
        let op: Op = unsafe { core::mem::transmute::<u16, Op>(i.op_raw()) };
        match op {
            Op::Nop => {}
            Op::EnterTrace => {
                rt.stack.pc = pc;
                if RECORD {
                    slow!();
                    continue;
                }
                if rt.heap.gc_due() {
                    rt.collect();
                }
                match rt.enter_trace(i.b()) {
                    Entered::Go => leave!(settle(rt, Ok(()))),
                    Entered::Slow => {
                        pc = rt.stack.pc;
                        slow!()
                    }
                    Entered::Exit(e) => leave!(settle_slowly(rt, Err(e))),
                    Entered::Record => return None,
                }
            }
            Op::Move => set!(i.a(), r!(i.b())),
            Op::MoveChecked => {
                let v = r!(i.b());
                if v.is_unbound() {
                    slow!();
                } else {
                    set!(i.a(), v);
                }
            }
            // SAFETY: an operand of verified code.
            Op::LoadConst => set!(i.a(), unsafe { fast::constant(base, i.b()) }),
            Op::LoadInt => set!(i.a(), Value::int(i.imm_b() as i64)),
            Op::LoadNone => set!(i.a(), Value::NONE),
            Op::LoadCell => value!(fast::load_cell(r!(i.b()))),
            Op::StoreCell => done!(fast::store_cell(r!(i.a()), r!(i.b()))),

            Op::AddInt => value!(fast::add_int(r!(i.b()), r!(i.c()))),
            Op::SubInt => value!(fast::sub_int(r!(i.b()), r!(i.c()))),
            Op::MulInt => value!(fast::mul_int(r!(i.b()), r!(i.c()))),
            Op::FloorDivInt => value!(fast::floordiv_int(r!(i.b()), r!(i.c()))),
            Op::ModInt => value!(fast::mod_int(r!(i.b()), r!(i.c()))),
            Op::AndInt => value!(fast::and_int(r!(i.b()), r!(i.c()))),
            Op::OrInt => value!(fast::or_int(r!(i.b()), r!(i.c()))),
            Op::XorInt => value!(fast::xor_int(r!(i.b()), r!(i.c()))),
            Op::ShlInt => value!(fast::shl_int(r!(i.b()), r!(i.c()))),
            Op::ShrInt => value!(fast::shr_int(r!(i.b()), r!(i.c()))),
            Op::AddIInt => value!(fast::add_int(r!(i.b()), Value::int(i.imm_c() as i64))),
            Op::SubIInt => value!(fast::sub_int(r!(i.b()), Value::int(i.imm_c() as i64))),
            Op::AddIFloat => value!(fast::float_imm(r!(i.b()), i.imm_c() as f64)),
            Op::SubIFloat => value!(fast::float_imm(r!(i.b()), -(i.imm_c() as f64))),
            Op::AddFloat => value!(fast::float2(r!(i.b()), r!(i.c()), |x, y| x + y)),
            Op::SubFloat => value!(fast::float2(r!(i.b()), r!(i.c()), |x, y| x - y)),
            Op::MulFloat => value!(fast::float2(r!(i.b()), r!(i.c()), |x, y| x * y)),
            Op::TrueDivFloat => value!(fast::div_float(r!(i.b()), r!(i.c()))),
            Op::AddMixed => value!(fast::mixed(r!(i.b()), r!(i.c()), |x, y| x + y)),
            Op::SubMixed => value!(fast::mixed(r!(i.b()), r!(i.c()), |x, y| x - y)),
            Op::MulMixed => value!(fast::mixed(r!(i.b()), r!(i.c()), |x, y| x * y)),
            Op::TrueDivMixed => value!(fast::div_mixed(r!(i.b()), r!(i.c()))),
            Op::AddList => value!(fast::add_list(rt, r!(i.b()), r!(i.c()))),
            Op::AddStr => value!(fast::add_str(rt, r!(i.b()), r!(i.c()))),
            Op::NegInt => value!(fast::sub_int(Value::ZERO, r!(i.b()))),
            Op::NegFloat => value!(fast::neg_float(r!(i.b()))),
            Op::BinGuest => pushed!(fast::bin_guest(rt, base, i)),

            Op::LtInt => value!(fast::cmp_int(r!(i.b()), r!(i.c()), |x, y| x < y).map(Value::bool)),
            Op::LeInt => value!(fast::cmp_int(r!(i.b()), r!(i.c()), |x, y| x <= y).map(Value::bool)),
            Op::EqInt => value!(fast::cmp_int(r!(i.b()), r!(i.c()), |x, y| x == y).map(Value::bool)),
            Op::NeInt => value!(fast::cmp_int(r!(i.b()), r!(i.c()), |x, y| x != y).map(Value::bool)),
            Op::GtInt => value!(fast::cmp_int(r!(i.b()), r!(i.c()), |x, y| x > y).map(Value::bool)),
            Op::GeInt => value!(fast::cmp_int(r!(i.b()), r!(i.c()), |x, y| x >= y).map(Value::bool)),
            Op::LtFloat => value!(fast::cmp_float(r!(i.b()), r!(i.c()), |x, y| x < y).map(Value::bool)),
            Op::LeFloat => value!(fast::cmp_float(r!(i.b()), r!(i.c()), |x, y| x <= y).map(Value::bool)),
            Op::EqFloat => value!(fast::cmp_float(r!(i.b()), r!(i.c()), |x, y| x == y).map(Value::bool)),
            Op::NeFloat => value!(fast::cmp_float(r!(i.b()), r!(i.c()), |x, y| x != y).map(Value::bool)),
            Op::GtFloat => value!(fast::cmp_float(r!(i.b()), r!(i.c()), |x, y| x > y).map(Value::bool)),
            Op::GeFloat => value!(fast::cmp_float(r!(i.b()), r!(i.c()), |x, y| x >= y).map(Value::bool)),
            Op::EqStr => value!(fast::eq_str(r!(i.b()), r!(i.c())).map(Value::bool)),

            Op::LtJumpInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x < y)),
            Op::LeJumpInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x <= y)),
            Op::EqJumpInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x == y)),
            Op::NeJumpInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x != y)),
            Op::GtJumpInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x > y)),
            Op::GeJumpInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x >= y)),
            Op::LtJumpNotInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x >= y)),
            Op::LeJumpNotInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x > y)),
            Op::EqJumpNotInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x != y)),
            Op::NeJumpNotInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x == y)),
            Op::GtJumpNotInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x <= y)),
            Op::GeJumpNotInt => jump16!(fast::cmp_int(r!(i.a()), r!(i.b()), |x, y| x < y)),
            Op::LtIJumpInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x < y)),
            Op::LeIJumpInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x <= y)),
            Op::EqIJumpInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x == y)),
            Op::NeIJumpInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x != y)),
            Op::GtIJumpInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x > y)),
            Op::GeIJumpInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x >= y)),
            Op::LtIJumpNotInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x >= y)),
            Op::LeIJumpNotInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x > y)),
            Op::EqIJumpNotInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x != y)),
            Op::NeIJumpNotInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x == y)),
            Op::GtIJumpNotInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x <= y)),
            Op::GeIJumpNotInt => jump16!(fast::cmp_imm(r!(i.a()), i, |x, y| x < y)),
            Op::LtJumpFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x < y)),
            Op::LeJumpFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x <= y)),
            Op::EqJumpFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x == y)),
            Op::NeJumpFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x != y)),
            Op::GtJumpFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x > y)),
            Op::GeJumpFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x >= y)),
            Op::LtJumpNotFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x < y).map(|c| !c)),
            Op::LeJumpNotFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x <= y).map(|c| !c)),
            Op::EqJumpNotFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x == y).map(|c| !c)),
            Op::NeJumpNotFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x != y).map(|c| !c)),
            Op::GtJumpNotFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x > y).map(|c| !c)),
            Op::GeJumpNotFloat => jump16!(fast::cmp_float(r!(i.a()), r!(i.b()), |x, y| x >= y).map(|c| !c)),
            Op::EqJumpStr | Op::NeJumpNotStr => jump16!(fast::eq_str(r!(i.a()), r!(i.b()))),
            Op::NeJumpStr | Op::EqJumpNotStr => jump16!(fast::eq_str(r!(i.a()), r!(i.b())).map(|c| !c)),

            Op::Is => set!(i.a(), Value::bool(r!(i.b()) == r!(i.c()))),
            Op::IsNot => set!(i.a(), Value::bool(r!(i.b()) != r!(i.c()))),
            Op::Not => match r!(i.b()) {
                Value::TRUE => set!(i.a(), Value::FALSE),
                Value::FALSE => set!(i.a(), Value::TRUE),
                v => value!(fast::truth_of_cell(rt, v).map(|b| Value::bool(!b))),
            },
            Op::Truth => value_or_plain!(fast::truth_of_cell(rt, r!(i.b())).map(Value::bool)),

            Op::Jump => pc = pc.wrapping_offset(i.offset32() as isize),
            Op::JumpIf | Op::JumpIfBool => jump32!(true),
            Op::JumpIfNot | Op::JumpIfNotBool => jump32!(false),
            Op::JumpIfNone => {
                if r!(i.a()).is_none() {
                    pc = pc.wrapping_offset(i.offset32() as isize);
                }
            }
            Op::JumpIfNotNone => {
                if !r!(i.a()).is_none() {
                    pc = pc.wrapping_offset(i.offset32() as isize);
                }
            }
            Op::JumpBackQuick => {
                let distance = -(i.offset32() as i64);
                if fast::can_loop(rt, distance) {
                    rt.fuel -= distance;
                    pc = pc.wrapping_offset(i.offset32() as isize);
                    heat!();
                } else {
                    slow!();
                }
            }
            // SAFETY: the state's registers are operands of verified code.
            Op::ForLoopCount => loop_edge!(unsafe { fast::next_count(base, i.a()) }),
            // SAFETY: as above.
            Op::ForLoopRange => loop_edge!(unsafe { fast::next_range(base, i.a()) }),
            // SAFETY: as above.
            Op::ForLoopList => loop_edge!(unsafe { fast::next_list(base, i.a(), rt.empty_tuple) }),
            // SAFETY: as above.
            Op::ForLoopTuple => loop_edge!(unsafe { fast::next_tuple(base, i.a()) }),
            Op::ForLoopIter => {
                rt.stack.pc = pc;
                loop_edge!(fast::next_iter(rt, i.a()))
            }
            // SAFETY: as above.
            Op::ForLoopPairs => loop_edge!(unsafe { fast::next_pair(rt, base, i.a()) }),
            Op::ForLoopGen => {
                if fast::can_loop(rt, -(i.imm_c() as i64)) {
                    pushed!(fast::resume_gen(rt, base, i));
                } else {
                    slow!();
                }
            }
            Op::UnpackTuple | Op::UnpackList => done!(fast::unpack(base, i)),

            Op::LoadGlobalModule => value!(fast::global_module(site!(i.b()))),
            Op::LoadGlobalBuiltin => value!(fast::global_builtin(site!(i.b()))),
            Op::StoreGlobalModule => done!(fast::store_global(site!(i.b()), r!(i.a()))),
            Op::LoadAttrSlot => value!(fast::attr_slot(r!(i.b()), site!(i.c()))),
            Op::LoadAttrPoly => value!(fast::attr_poly(rt, r!(i.b()), site!(i.c()))),
            Op::LoadAttrOverflow => value!(fast::attr_overflow(r!(i.b()), site!(i.c()))),
            Op::LoadAttrClass => value!(fast::attr_class(r!(i.b()), site!(i.c()))),
            Op::LoadAttrType => value!(fast::attr_type(r!(i.b()), site!(i.c()))),
            Op::LoadAttrModule => value!(fast::attr_module(r!(i.b()), site!(i.c()))),
            Op::LoadAttrMethod => value!(fast::attr_method(rt, r!(i.b()), site!(i.c()))),
            Op::LoadAttrProperty => pushed!(fast::attr_property(rt, base, i, site!(i.c()))),
            Op::StoreAttrSlot => done!(fast::store_slot(r!(i.a()), site!(i.c()), r!(i.b()))),
            Op::StoreAttrPoly => done!(fast::store_poly(rt, r!(i.a()), site!(i.c()), r!(i.b()))),
            Op::StoreAttrAdd => done!(fast::store_add(r!(i.a()), site!(i.c()), r!(i.b()))),
            Op::StoreAttrOverflow => done!(fast::store_overflow(r!(i.a()), site!(i.c()), r!(i.b()))),
            Op::StoreAttrType => done!(fast::store_type(r!(i.a()), site!(i.c()), r!(i.b()))),
            Op::LoadMethodShape => done!(fast::method_shape(base, i, site!(i.c()))),
            Op::LoadMethodPoly => done!(fast::method_poly(rt, base, i, site!(i.c()))),
            Op::LoadMethodType => done!(fast::method_free(base, i, fast::attr_type(r!(i.b()), site!(i.c())))),
            Op::LoadMethodModule => {
                done!(fast::method_free(base, i, fast::attr_module(r!(i.b()), site!(i.c()))))
            }
            Op::LoadSuperMethodCached => done!(fast::super_method(base, i, site!(i.c()))),
            Op::GetItemListInt => value!(fast::list_item(r!(i.b()), r!(i.c()))),
            Op::GetItemTupleInt => value!(fast::tuple_item(r!(i.b()), r!(i.c()))),
            Op::GetItemDict => value!(fast::dict_item(rt, r!(i.b()), r!(i.c()))),
            Op::GetItemStrInt => value!(fast::str_item(rt, r!(i.b()), r!(i.c()))),
            Op::SetItemListInt => done!(fast::set_list_item(r!(i.a()), r!(i.b()), r!(i.c()))),
            Op::SetItemDict => done!(fast::set_dict_item(rt, r!(i.a()), r!(i.b()), r!(i.c()))),
            Op::GetItemListSlice => value!(fast::list_slice(rt, r!(i.b()), r!(i.c()))),
            Op::InDict => value!(fast::in_dict(rt, r!(i.b()), r!(i.c())).map(Value::bool)),
            Op::InSet => value!(fast::in_set(rt, r!(i.b()), r!(i.c())).map(Value::bool)),
            Op::InStr => value!(fast::in_str(r!(i.b()), r!(i.c())).map(Value::bool)),
            Op::InItems => value!(fast::in_items(rt, r!(i.b()), r!(i.c())).map(Value::bool)),
            Op::NotInDict => value!(fast::in_dict(rt, r!(i.b()), r!(i.c())).map(|b| Value::bool(!b))),
            Op::NotInSet => value!(fast::in_set(rt, r!(i.b()), r!(i.c())).map(|b| Value::bool(!b))),
            Op::NotInStr => value!(fast::in_str(r!(i.b()), r!(i.c())).map(|b| Value::bool(!b))),
            Op::NotInItems => value!(fast::in_items(rt, r!(i.b()), r!(i.c())).map(|b| Value::bool(!b))),

            Op::CallAny => native!(fast::call_any(rt, base, i, site!(i.c()))),
            Op::CallMethodAny => native!(fast::call_method_any(rt, base, i, site!(i.c()))),
            Op::CallPlainClass => native!(fast::call_plain_class(rt, base, i, site!(i.c()))),
            Op::CallPy => pushed!(fast::call_py(rt, base, i, site!(i.c()))),
            Op::CallMethodPy => pushed!(fast::call_method_py(rt, base, i, site!(i.c()))),
            Op::CallPyDefaults => pushed!(fast::call_py_defaults(rt, base, i, site!(i.c()))),
            Op::CallMethodPyDefaults => {
                pushed!(fast::call_method_defaults(rt, base, i, site!(i.c())))
            }
            Op::CallMethodFree => pushed!(fast::call_method_free(rt, base, i, site!(i.c()))),
            Op::CallClassInit => pushed!(fast::call_class_init(rt, base, i, site!(i.c()))),
            Op::CallBuiltinType => native!(fast::call_builtin_type(rt, base, i, site!(i.c()))),
            Op::CallNative => native!(fast::call_native(rt, base, i, site!(i.c()), false)),
            Op::CallMethodFreeNative => native!(fast::call_native(rt, base, i, site!(i.c()), true)),
            Op::CallMethodNative => native!(fast::call_method_native(rt, base, i, site!(i.c()))),
            Op::CallMethodAppend => native!(fast::call_append(rt, base, i, site!(i.c()))),
            Op::CallType1 => native!(fast::call_type1(rt, base, i, site!(i.c()))),
            Op::CallNext => pushed!(fast::call_next(rt, base, i, site!(i.c()))),
            Op::CallMethodSend => pushed!(fast::call_send(rt, base, i, site!(i.c()))),
            Op::CallLen => native!(fast::call_len(rt, base, i, site!(i.c()))),
            Op::CallIsInstance => native!(fast::call_isinstance(rt, base, i, site!(i.c()))),
            Op::Return => ret!(r!(i.a())),
            Op::ReturnNone => ret!(Value::NONE),
            Op::MakeGenerator => {
                // SAFETY: the running frame is a code frame.
                match unsafe { fast::make_generator(rt, base, i, pc) } {
                    Some(v) => ret!(v),
                    None => plain!(),
                }
            }
            Op::Yield | Op::YieldFrom => {
                rt.stack.pc = pc;
                // SAFETY: as above.
                match unsafe { fast::do_yield(rt, base, i) } {
                    Some(looping) => {
                        reload!();
                        if looping {
                            heat!();
                        }
                    }
                    None => leave!(yield_path(rt, i)),
                }
            }
            Op::Send => {
                rt.stack.pc = pc;
                // SAFETY: as above.
                match unsafe { fast::send(rt, base, i) } {
                    fast::Pushed::Yes => {
                        reload!();
                    }
                    fast::Pushed::Miss => plain!(),
                }
            }
            Op::GetIter => done_or_plain!(fast::get_iter(base, i) || fast::get_iter_of_any(rt, base, i)),
            Op::GetYieldFromIter => value_or_plain!(fast::yield_from_iter(rt, r!(i.b()))),

            Op::BuildTuple => value_or_plain!(fast::build_tuple(rt, run!())),
            Op::BuildList => value_or_plain!(fast::build_list(rt, run!())),
            Op::ListAppend => done_or_plain!(fast::list_append(rt, r!(i.a()), r!(i.b()))),
            Op::GetSlice => {
                value_or_plain!(fast::get_slice(rt, r!(i.b()), r!(i.c()), r!(i.c() + 1)))
            }
            Op::SetSlice => {
                done_or_plain!(fast::set_slice(rt, r!(i.a()), r!(i.b()), r!(i.b() + 1), r!(i.c())))
            }
            Op::BuildSlice => {
                value_or_plain!(fast::build_slice(rt, r!(i.b()), r!(i.b() + 1), r!(i.b() + 2)))
            }
            Op::MakeCell => value_or_plain!(fast::make_cell(rt, r!(i.a()))),
            // SAFETY: operands of verified code.
            Op::CopyFree => unsafe { fast::copy_free(base, i) },
            Op::CheckBound => {
                if r!(i.a()).is_unbound() {
                    plain!();
                }
            }
            Op::ClearLocal => set!(i.a(), Value::UNBOUND),
            Op::PopExcept => rt.handled = r!(i.a() + 1),
            Op::MatchExcept => value_or_plain!(fast::match_except(rt, r!(i.b()), r!(i.c()))),
            Op::MatchKind => set!(i.a(), patterns::is_of_kind(r!(i.b()), i.c())),
            Op::MatchClass => value_or_plain!(fast::match_class(rt, r!(i.b()), r!(i.c()))),
            Op::Length => value_or_plain!(fast::length(r!(i.b()))),

            Op::BuildMap
            | Op::BuildSet
            | Op::BuildString
            | Op::ListExtend
            | Op::ListToTuple
            | Op::MapAdd
            | Op::SetAdd
            | Op::SetUpdate
            | Op::DictUpdate
            | Op::DictMerge
            | Op::Convert
            | Op::Format
            | Op::FormatSpec
            | Op::DelItem
            | Op::MakeFunction
            | Op::Raise
            | Op::RaiseFrom
            | Op::RaiseCurrent
            | Op::Reraise
            | Op::WithEnter
            | Op::WithExcept
            | Op::CallEx
            | Op::DelAttr
            | Op::DelLocal
            | Op::DelCell
            | Op::DelGlobal
            | Op::DelName
            | Op::LoadName
            | Op::LoadNameCell
            | Op::StoreName
            | Op::LoadBuildClass
            | Op::LoadException
            | Op::MatchArgs
            | Op::LoadAttrBy
            | Op::LoadSuperAttr
            | Op::UnpackEx
            | Op::Pos
            | Op::Invert
            | Op::ImportName
            | Op::ImportFrom
            | Op::ImportStar => plain!(),

            // Generic forms, which the slow path specializes. All are named: without a default arm the jump through
            // the table needs no check of its range.
            Op::LoadGlobal
            | Op::StoreGlobal
            | Op::Add
            | Op::Sub
            | Op::Mul
            | Op::MatMul
            | Op::TrueDiv
            | Op::FloorDiv
            | Op::Mod
            | Op::Pow
            | Op::Shl
            | Op::Shr
            | Op::And
            | Op::Or
            | Op::Xor
            | Op::IAdd
            | Op::ISub
            | Op::IMul
            | Op::IMatMul
            | Op::ITrueDiv
            | Op::IFloorDiv
            | Op::IMod
            | Op::IPow
            | Op::IShl
            | Op::IShr
            | Op::IAnd
            | Op::IOr
            | Op::IXor
            | Op::AddI
            | Op::SubI
            | Op::IAddI
            | Op::ISubI
            | Op::Neg
            | Op::Lt
            | Op::Le
            | Op::Eq
            | Op::Ne
            | Op::Gt
            | Op::Ge
            | Op::In
            | Op::NotIn
            | Op::JumpBack
            | Op::LtJump
            | Op::LeJump
            | Op::EqJump
            | Op::NeJump
            | Op::GtJump
            | Op::GeJump
            | Op::LtJumpNot
            | Op::LeJumpNot
            | Op::EqJumpNot
            | Op::NeJumpNot
            | Op::GtJumpNot
            | Op::GeJumpNot
            | Op::LtIJump
            | Op::LeIJump
            | Op::EqIJump
            | Op::NeIJump
            | Op::GtIJump
            | Op::GeIJump
            | Op::LtIJumpNot
            | Op::LeIJumpNot
            | Op::EqIJumpNot
            | Op::NeIJumpNot
            | Op::GtIJumpNot
            | Op::GeIJumpNot
            | Op::ForLoop
            | Op::Unpack
            | Op::LoadAttr
            | Op::StoreAttr
            | Op::LoadMethod
            | Op::LoadSuperMethod
            | Op::GetItem
            | Op::SetItem
            | Op::Call
            | Op::CallMethod
            | Op::CallKw
            | Op::CallMethodKw => slow!(),
        }
    }
}

#[cold]
#[inline(never)]
fn slow_path(rt: &mut Rt) -> bool {
    let r = control::slow(rt);
    settle(rt, r)
}

#[inline(never)]
fn plain_path(rt: &mut Rt, i: Instr) -> bool {
    let r = control::plain(rt, i);
    settle(rt, r)
}

#[inline(never)]
fn return_path(rt: &mut Rt, v: Value) -> bool {
    let r = rt.return_value(v);
    settle(rt, r)
}

#[inline(never)]
fn yield_path(rt: &mut Rt, i: Instr) -> bool {
    let r = rt.yield_value(i);
    settle(rt, r)
}

/// A native called from the loop exited.
#[inline(never)]
fn exit_path(rt: &mut Rt, e: Exit, callee: Value, site: CallSite) -> bool {
    let r = if e == Exit::Call { rt.after_native_call(callee, site) } else { Err(e) };
    settle(rt, r)
}
