//! Writes stencils as Rust functions: arguments are the registers, the way on is a tail call.
//!
//! Only the bodies that a file needs are in it, so that what was compiled before is known to be the same.
//!
//! The fuel is in a register of its own: written to the context for helpers and where the code is left, read where it is
//! entered and after helpers. In memory it would be a chain of loads and stores through all turns of a loop.
//!
//! Dead arguments are uninitialized, so that no code is spent on them. A helper's call passes on only what the
//! platform's ABI keeps.

use crate::Arch;
use crate::spec::{Spec, What};
use std::fmt::Write as _;
use taipan_core::emit::JitCtx;
use taipan_core::uop::{Class, Effect, Imm, Uop};

/// The whole file for some stencils; `fixed` adds entry shim and exit handler.
pub fn write(arch: &dyn Arch, specs: &[Spec], body: &str, fixed: bool) -> String {
    let (g, f) = arch.registers();
    let mut out = String::from(
        "#![no_std]\n#![feature(asm_goto_with_outputs, explicit_tail_calls, rust_preserve_none_cc)]\n#![allow(warnings)]\n\
         use core::mem::MaybeUninit;\n",
    );
    let names: Vec<&str> = specs.iter().filter_map(|s| Some(s.uop()?.body_name())).collect();
    let _ = writeln!(out, "mod body {{\n{}}}\nuse body::M;", needed(body, &names));
    out += "type P = *mut u8;\ntype U = MaybeUninit<u64>;\ntype X = MaybeUninit<f64>;\n\
            const U_: U = MaybeUninit::uninit();\nconst X_: X = MaybeUninit::uninit();\n";
    let _ = writeln!(
        out,
        "unsafe extern \"rust-preserve-none\" {{ #[cold] fn EXIT({0}); fn CONTINUE({0}); }}\n\
         type Code = unsafe extern \"rust-preserve-none\" fn({0});",
        parameters(g, f)
    );
    let prelude = arch.prelude();
    out += &prelude;
    if fixed {
        out += &arch.fixed();
    }
    for spec in specs {
        let own = spec.uop().is_some_and(|u| prelude.contains(&format!("pub unsafe fn {}(", u.body_name())));
        let bodies = if own { "own" } else { "body" };
        for assignment in spec.assignments() {
            function(&mut out, spec, bodies, &assignment, (g, f));
        }
    }
    out
}

/// The text of `body.rs` with those bodies of its lists that are named; a body is what stands after its comment, up to
/// the next comment or the list's end.
fn needed(text: &str, names: &[&str]) -> String {
    let mut out = String::new();
    let (mut list, mut keep) = (false, true);
    for line in text.lines().filter(|l| !l.starts_with("//!")) {
        if matches!(line, "plain! {" | "memory! {") {
            list = true;
        } else if line == "}" {
            (list, keep) = (false, true);
        }
        if list && line.starts_with("    ///") {
            continue;
        }
        if list && line.starts_with("    ") && !line.starts_with("     ") && line.contains("->") {
            keep = names.contains(&line.trim().split('(').next().unwrap_or(""));
        }
        if keep {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn parameters(g: usize, f: usize) -> String {
    let mut p = String::from("frame: P, ctx: P");
    for i in 0..g {
        let _ = write!(p, ", g{i}: U");
    }
    p += ", fuel: U, s1: U";
    for i in 0..f {
        let _ = write!(p, ", x{i}: X");
    }
    p
}

/// The registers that one way on passes.
struct Pass {
    frame: String,
    g: Vec<String>,
    fuel: String,
    s1: String,
    f: Vec<String>,
}

impl Pass {
    fn all((g, f): (usize, usize)) -> Pass {
        Pass {
            frame: "frame".to_owned(),
            g: (0..g).map(|i| format!("g{i}")).collect(),
            fuel: "fuel".to_owned(),
            s1: "U_".to_owned(),
            f: (0..f).map(|i| format!("x{i}")).collect(),
        }
    }
    fn set(&mut self, class: Class, register: usize, value: &str) {
        match class {
            Class::G => self.g[register] = value.to_owned(),
            Class::F => self.f[register] = value.to_owned(),
        }
    }
    fn arguments(&self) -> String {
        format!(
            "{}, ctx, {}, {}, {}, {}",
            self.frame,
            self.g.join(", "),
            self.fuel,
            self.s1,
            self.f.join(", ")
        )
    }
}

fn value(class: Class, register: usize) -> String {
    match class {
        Class::G => format!("g{register}.assume_init()"),
        Class::F => format!("x{register}.assume_init()"),
    }
}

fn function(out: &mut String, spec: &Spec, bodies: &str, assignment: &[usize], registers: (usize, usize)) {
    let _ = writeln!(
        out,
        "#[unsafe(no_mangle)] pub unsafe extern \"rust-preserve-none\" fn {}({}) {{ unsafe {{",
        spec.function(assignment),
        parameters(registers.0, registers.1)
    );
    let operands: Vec<String> = spec.ins.iter().zip(assignment).map(|(class, r)| value(*class, *r)).collect();
    let result = spec.out.and_then(|class| Some((class, *assignment.get(spec.ins.len())?)));
    out.push_str(&statements(spec, bodies, &operands, result, registers));
    out.push_str("\n}}\n");
}

/// `bodies` is the module that the uop's body is in.
fn statements(
    spec: &Spec,
    bodies: &str,
    operands: &[String],
    result: Option<(Class, usize)>,
    registers: (usize, usize),
) -> String {
    let mut go = Pass::all(registers);
    let mut leave = Pass::all(registers);
    if let Some((class, r)) = result {
        go.set(class, r, if class == Class::G { "U::new(r)" } else { "X::new(r)" });
        if !matches!(spec.what, What::Keep(_)) {
            leave.set(class, r, if class == Class::G { "U_" } else { "X_" });
        }
    }
    let (uop, a) = match (spec.what, operands) {
        (What::ResultG, _) => {
            return format!("let r = s1.assume_init(); become CONTINUE({})", go.arguments());
        }
        (What::ResultF, _) => {
            return format!("let r = f64::from_bits(s1.assume_init()); become CONTINUE({})", go.arguments());
        }
        (What::LoadK32, _) => return format!("let r = hole_k32(); become CONTINUE({})", go.arguments()),
        (What::LoadZeroF, _) => return format!("let r = 0.0; become CONTINUE({})", go.arguments()),
        (What::Uop(u) | What::Keep(u), ops) => (u, ops.first().cloned().unwrap_or_default()),
        (What::Fixed, _) => return String::new(),
    };
    match uop {
        Uop::JumpReg => {
            return format!("let to: Code = core::mem::transmute({a}); become to({})", go.arguments());
        }
        Uop::AddFrame => {
            go.frame = "frame.wrapping_offset(hole_d())".to_owned();
            return format!("become CONTINUE({})", go.arguments());
        }
        Uop::SetFrame => {
            go.frame = format!("{a} as P");
            return format!("become CONTINUE({})", go.arguments());
        }
        Uop::FuelCheck => {
            let (go, leave) = (go.arguments(), leave.arguments());
            return format!(
                "if fuel.assume_init() as i64 >= hole_k31() as i64 {{ become CONTINUE({go}) }} else {{ become EXIT({leave}) }}"
            );
        }
        Uop::FuelSub => {
            go.fuel = "U::new(charged(fuel.assume_init()))".to_owned();
            return format!("become CONTINUE({})", go.arguments());
        }
        Uop::LabelAddr => return format!("let r = label(); become CONTINUE({})", go.arguments()),
        _ => {}
    }
    if uop.calls() {
        return call(uop, operands, registers);
    }
    let (d, k) = match uop.imm() {
        Imm::No => ("0", "0"),
        Imm::D => ("hole_d()", "0"),
        Imm::K32 => ("0", "hole_k32()"),
        Imm::K64 => ("0", "hole_k64()"),
        Imm::DK32 => ("hole_d()", "hole_k32()"),
        Imm::DK31 => ("hole_d()", "hole_k31()"),
    };
    let list: String = operands.iter().map(|o| format!(", {o}")).collect();
    let run = format!("let r = {bodies}::{}(M {{ frame, ctx }}, {d}, {k}{list});", uop.body_name());
    let (go, leave) = (go.arguments(), leave.arguments());
    match uop.effect() {
        Effect::Guard => format!("{run} if r {{ become CONTINUE({go}) }} else {{ become EXIT({leave}) }}"),
        Effect::Checked => format!(
            "{run} match r {{ Some(r) => {{ become CONTINUE({go}) }} None => {{ become EXIT({leave}) }} }}"
        ),
        _ => format!("{run} become CONTINUE({go})"),
    }
}

/// A helper's call: the architecture's `call…` functions do it. What the ABI does not keep is not passed on.
fn call(uop: Uop, operands: &[String], registers: (usize, usize)) -> String {
    let mut kept = Pass::all(registers);
    for (i, g) in kept.g.iter_mut().enumerate() {
        *g = format!("kept!({i} g{i})");
    }
    kept.f.iter_mut().for_each(|x| *x = "X_".to_owned());
    let leave = kept.arguments();
    kept.s1 = "U::new(r)".to_owned();
    let go = kept.arguments();
    let list: String = operands
        .iter()
        .zip(uop.ins())
        .map(|(o, class)| if *class == Class::F { format!(", {o}.to_bits()") } else { format!(", {o}") })
        .collect();
    let at = std::mem::offset_of!(JitCtx, fuel);
    let run = format!(
        "ctx.add({at}).cast::<U>().write(fuel); let r = call{}(ctx{list}); let fuel = ctx.add({at}).cast::<U>().read();",
        operands.len()
    );
    if uop.exits() {
        format!("{run} if r == 2 {{ become EXIT({leave}) }} become CONTINUE({go})")
    } else {
        format!("{run} become CONTINUE({go})")
    }
}

/// The exit handler: stores every register and returns to the entry shim's caller. The exit's number is in the second
/// scratch register.
pub fn leave(g: usize, f: usize) -> String {
    use core::mem::offset_of;
    let mut out = format!(
        "#[unsafe(no_mangle)] pub unsafe extern \"rust-preserve-none\" fn LEAVE({}) {{ unsafe {{\n",
        parameters(g, f)
    );
    for i in 0..g {
        let _ = writeln!(out, "ctx.add({}).cast::<U>().write(g{i});", offset_of!(JitCtx, g) + 8 * i);
    }
    for i in 0..f {
        let _ = writeln!(out, "ctx.add({}).cast::<X>().write(x{i});", offset_of!(JitCtx, f) + 8 * i);
    }
    let _ = writeln!(out, "ctx.add({}).cast::<U>().write(fuel);", offset_of!(JitCtx, fuel));
    let _ = writeln!(out, "ctx.add({}).cast::<P>().write(frame);", offset_of!(JitCtx, frame));
    let _ = writeln!(out, "ctx.add({}).cast::<U>().write(s1);\n}}}}", offset_of!(JitCtx, exit));
    out
}
