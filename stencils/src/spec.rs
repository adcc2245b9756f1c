//! Which stencils there are: one for each uop that has machine code of its own, compiled for every assignment of
//! registers to its operands and result.
//!
//! Beside the uops stand a few that emitters need: `…Keep` of a checked uop leaves the result's register as it was
//! when the uop exits (the plain one may have overwritten it); `ResultG` and `ResultF` fetch a helper's result from
//! the scratch register where calls leave it; `LoadK32` loads a word of 32 bits, `LoadZeroF` the float whose
//! bits are 0.

use taipan_core::uop::{Class, Effect, Uop};

/// Code without registers to choose: entry shim and exit handler.
pub const FIXED: &[&str] = &["ENTER", "LEAVE"];

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A uop.
    Uop(Uop),
    /// A checked uop whose result's register survives at its exit.
    Keep(Uop),
    /// Result of a helper to a general register.
    ResultG,
    /// Result of a helper, the bits of a float, to a float register.
    ResultF,
    /// A word of 32 bits, zero-extended.
    LoadK32,
    /// The float 0.0.
    LoadZeroF,
    /// Entry shim and exit handler.
    Fixed,
}

/// A stencil, for all assignments of registers.
#[derive(Clone, Debug)]
pub struct Spec {
    /// What it does.
    pub what: What,
    /// Its name in the table.
    pub name: String,
    /// Operands.
    pub ins: Vec<Class>,
    /// Result.
    pub out: Option<Class>,
    registers: (usize, usize),
}

impl Spec {
    /// The pseudo-stencil of code without registers.
    pub fn fixed() -> Spec {
        Spec { what: What::Fixed, name: String::new(), ins: vec![], out: None, registers: (0, 0) }
    }

    /// The uop it is for, if any.
    pub fn uop(&self) -> Option<Uop> {
        match self.what {
            What::Uop(u) | What::Keep(u) => Some(u),
            _ => None,
        }
    }

    /// Classes of all registers: operands, then the result.
    pub fn slots(&self) -> Vec<Class> {
        self.ins.iter().copied().chain(self.out).collect()
    }

    fn count(&self, class: Class) -> usize {
        match class {
            Class::G => self.registers.0,
            Class::F => self.registers.1,
        }
    }

    /// All assignments of registers; the first slot varies fastest.
    pub fn assignments(&self) -> Vec<Vec<usize>> {
        let slots = self.slots();
        let mut all = vec![vec![]];
        for class in slots.iter().rev() {
            let n = self.count(*class);
            all = all
                .into_iter()
                .flat_map(|rest: Vec<usize>| {
                    (0..n).map(move |r| {
                        let mut a = vec![r];
                        a.extend(&rest);
                        a
                    })
                })
                .collect();
        }
        all
    }

    /// Name of the function for an assignment.
    pub fn function(&self, assignment: &[usize]) -> String {
        let mut name = self.name.clone();
        for r in assignment {
            name += &format!("_{r}");
        }
        name
    }

    /// Names of the functions for all assignments.
    pub fn names(&self) -> Vec<String> {
        self.assignments().iter().map(|a| self.function(a)).collect()
    }
}

/// Name of a function's narrow form.
pub fn narrow(name: &str) -> String {
    format!("{name}_narrow")
}

/// Whether a uop becomes a stencil; the others are the emitter's (labels, jumps) or gone by then.
pub fn has_stencil(uop: Uop) -> bool {
    uop.effect() != Effect::Control
        || matches!(uop, Uop::JumpReg | Uop::AddFrame | Uop::SetFrame | Uop::LabelAddr)
}

/// All stencils.
pub fn all(registers: (usize, usize)) -> Vec<Spec> {
    let mut specs = Vec::new();
    let mut add = |what, name: String, ins: &[Class], out| {
        specs.push(Spec { what, name, ins: ins.to_vec(), out, registers });
    };
    for &uop in Uop::ALL.iter().filter(|u| has_stencil(**u)) {
        // A helper's result stays in scratch; `ResultG` and `ResultF` fetch it. This keeps three arguments and a result
        // from being four registers to vary.
        let out = if uop.calls() { None } else { uop.out() };
        add(What::Uop(uop), uop.name().to_owned(), uop.ins(), out);
        if uop.effect() == Effect::Checked {
            add(What::Keep(uop), format!("{}Keep", uop.name()), uop.ins(), out);
        }
    }
    add(What::ResultG, "ResultG".to_owned(), &[], Some(Class::G));
    add(What::ResultF, "ResultF".to_owned(), &[], Some(Class::F));
    add(What::LoadK32, "LoadK32".to_owned(), &[], Some(Class::G));
    add(What::LoadZeroF, "LoadZeroF".to_owned(), &[], Some(Class::F));
    specs
}

/// Divides stencils into files for the compiler. What a file holds changes as little as possible when a uop is added,
/// since what was compiled is kept.
pub fn files(specs: &[Spec]) -> Vec<Vec<Spec>> {
    let (many, few): (Vec<Spec>, Vec<Spec>) = specs.iter().cloned().partition(|s| s.slots().len() > 2);
    let mut files: Vec<Vec<Spec>> = many.into_iter().map(|s| vec![s]).collect();
    let mut by_letter: std::collections::BTreeMap<char, Vec<Spec>> = Default::default();
    for spec in few {
        by_letter.entry(spec.name.chars().next().unwrap_or('_')).or_default().push(spec);
    }
    files.extend(by_letter.into_values());
    files
}
