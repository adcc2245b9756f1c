//! The instruction set: one row per operation, from which enum, operand kinds, names and verifier checks derive.
//!
//! An instruction is one 64-bit word: `op: u16 | a: u16 | b: u16 | c: u16`, low bits first. Registers are
//! indices into the current frame; register 0 is the first parameter. Jump offsets count instructions and are
//! relative to the *following* instruction.
//!
//! Naming grammar: `Verb[Object]`; a suffix after the generic name marks a specialized form (`AddInt` is a form
//! of `Add`). `I` before a suffix or at the end means "the right operand is an immediate 16-bit int".
//!
//! Invariants: generic operations stand before [`Op::FIRST_SPECIALIZED`]; only they may appear in stored code.
//! A specialized form checks every assumption before its first effect and falls back to the generic form,
//! which is always recovered from the immutable code at the same index.

/// What one operand field of an instruction means; drives the verifier and the disassembler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// Unused; must be zero in stored code.
    None,
    /// Destination register.
    Dst,
    /// Source register.
    Reg,
    /// First of `n` consecutive registers that are read or written.
    Regs(u8),
    /// First register of a run whose length another operand gives (checked per op by the verifier).
    Run,
    /// Index into the function's constants.
    Const,
    /// Index into the function's constants; the constant must be a `Str`.
    Name,
    /// Index into the function's sites (name, destination and inline cache of one place in the code).
    Site,
    /// Index of a function in the same module.
    Func,
    /// Signed immediate.
    Imm,
    /// Unsigned immediate; meaning per op.
    Num,
    /// 16-bit jump offset.
    Jump16,
    /// Low half of a 32-bit jump offset held in `b` (low) and `c` (high).
    Jump32,
    /// High half of the preceding [`Operand::Jump32`].
    JumpHi,
}

impl Operand {
    /// A number that stands for the kind, for the hash of the instruction set.
    pub(super) const fn code(self) -> u8 {
        match self {
            Operand::None => 0,
            Operand::Dst => 1,
            Operand::Reg => 2,
            Operand::Run => 3,
            Operand::Const => 4,
            Operand::Name => 5,
            Operand::Site => 6,
            Operand::Func => 7,
            Operand::Imm => 8,
            Operand::Num => 9,
            Operand::Jump16 => 10,
            Operand::Jump32 => 11,
            Operand::JumpHi => 12,
            Operand::Regs(n) => 32 + n,
        }
    }
}

macro_rules! ops {
    ( generic { $( $(#[doc = $gd:literal])* $g:ident($ga:expr, $gb:expr, $gc:expr); )* }
      specialized { $( $(#[doc = $sd:literal])* $s:ident = $of:ident; )* } ) => {
        /// An operation. See the module's naming grammar.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Op { $( $(#[doc = $gd])* $g, )* $( $(#[doc = $sd])* $s, )* }

        impl Op {
            /// All operations in numeric order.
            pub const ALL: &'static [Op] = &[ $(Op::$g,)* $(Op::$s,)* ];
            /// Number of generic operations; specialized forms are numbered from here.
            pub const FIRST_SPECIALIZED: u16 = [ $(Op::$g,)* ].len() as u16;
            /// Number of operations.
            pub const COUNT: u16 = Op::ALL.len() as u16;

            /// The operand kinds of `a`, `b` and `c`.
            pub const fn operands(self) -> [Operand; 3] {
                use Operand::*;
                match self {
                    $( Op::$g => [$ga, $gb, $gc], )*
                    $( Op::$s => Op::$of.operands(), )*
                }
            }

            /// The generic form of a specialized operation (itself for a generic one).
            pub const fn generic(self) -> Op {
                match self { $( Op::$s => Op::$of, )* other => other }
            }

            /// The operation's name, as the disassembler prints it.
            pub const fn name(self) -> &'static str {
                match self { $( Op::$g => stringify!($g), )* $( Op::$s => stringify!($s), )* }
            }
        }
    };
}

ops! {
generic {
    /// Does nothing.
    Nop(None, None, None);
    /// `r[a] = r[b]`.
    Move(Dst, Reg, None);
    /// `r[a] = r[b]`, or UnboundLocalError naming the variable whose register is `b` (a named register).
    MoveChecked(Dst, Reg, None);
    /// `r[a] = consts[b]`.
    LoadConst(Dst, Const, None);
    /// `r[a] = b` as a signed 16-bit int.
    LoadInt(Dst, Imm, None);
    /// `r[a] = None`.
    LoadNone(Dst, None, None);
    /// Raises UnboundLocalError if named register `a` is unbound.
    CheckBound(Reg, None, None);
    /// `del` of the local in named register `a` (UnboundLocalError if unbound).
    DelLocal(Reg, None, None);
    /// Makes register `a` unbound without a check (end of `except … as name` and of inlined comprehensions).
    ClearLocal(Dst, None, None);
    /// `r[a] = new cell holding r[a]` (which may be unbound).
    MakeCell(Dst, None, None);
    /// Copies the function's closure cells to `r[a .. a+b]`.
    CopyFree(Run, Num, None);
    /// `r[a] = cell r[b]`'s content; NameError/UnboundLocalError naming the variable of register `b`.
    LoadCell(Dst, Reg, None);
    /// `cell r[a]`'s content becomes `r[b]`.
    StoreCell(Reg, Reg, None);
    /// Empties cell `r[a]` (error if it is empty already).
    DelCell(Reg, None, None);
    /// `r[a] =` global or built-in named by site `b`.
    LoadGlobal(Dst, Site, None);
    /// Global named by site `b` becomes `r[a]`.
    StoreGlobal(Reg, Site, None);
    /// `del` of the global named by site `b`.
    DelGlobal(None, Site, None);
    /// Class bodies: `r[a] =` name of site `c` in mapping `r[b]`, else global, else built-in.
    LoadName(Dst, Reg, Site);
    /// Class bodies: `r[a] =` name of site `c` in the namespace in register 0, else cell `r[b]`'s content.
    LoadNameCell(Dst, Reg, Site);
    /// Class bodies: name of site `c` in mapping `r[a]` becomes `r[b]`.
    StoreName(Reg, Reg, Site);
    /// Class bodies: `del` of the name of site `c` in mapping `r[a]`.
    DelName(Reg, None, Site);

    /// `r[a] = r[b] + r[c]`.
    Add(Dst, Reg, Reg);
    /// `r[a] = r[b] - r[c]`.
    Sub(Dst, Reg, Reg);
    /// `r[a] = r[b] * r[c]`.
    Mul(Dst, Reg, Reg);
    /// `r[a] = r[b] @ r[c]`.
    MatMul(Dst, Reg, Reg);
    /// `r[a] = r[b] / r[c]`.
    TrueDiv(Dst, Reg, Reg);
    /// `r[a] = r[b] // r[c]`.
    FloorDiv(Dst, Reg, Reg);
    /// `r[a] = r[b] % r[c]`.
    Mod(Dst, Reg, Reg);
    /// `r[a] = r[b] ** r[c]`.
    Pow(Dst, Reg, Reg);
    /// `r[a] = r[b] << r[c]`.
    Shl(Dst, Reg, Reg);
    /// `r[a] = r[b] >> r[c]`.
    Shr(Dst, Reg, Reg);
    /// `r[a] = r[b] & r[c]`.
    And(Dst, Reg, Reg);
    /// `r[a] = r[b] | r[c]`.
    Or(Dst, Reg, Reg);
    /// `r[a] = r[b] ^ r[c]`.
    Xor(Dst, Reg, Reg);
    /// `r[a] = r[b] += r[c]` (`__iadd__` first; likewise the other in-place forms; same order as above).
    IAdd(Dst, Reg, Reg);
    /// In-place `-=`.
    ISub(Dst, Reg, Reg);
    /// In-place `*=`.
    IMul(Dst, Reg, Reg);
    /// In-place `@=`.
    IMatMul(Dst, Reg, Reg);
    /// In-place `/=`.
    ITrueDiv(Dst, Reg, Reg);
    /// In-place `//=`.
    IFloorDiv(Dst, Reg, Reg);
    /// In-place `%=`.
    IMod(Dst, Reg, Reg);
    /// In-place `**=`.
    IPow(Dst, Reg, Reg);
    /// In-place `<<=`.
    IShl(Dst, Reg, Reg);
    /// In-place `>>=`.
    IShr(Dst, Reg, Reg);
    /// In-place `&=`.
    IAnd(Dst, Reg, Reg);
    /// In-place `|=`.
    IOr(Dst, Reg, Reg);
    /// In-place `^=`.
    IXor(Dst, Reg, Reg);
    /// `r[a] = r[b] + c` (immediate).
    AddI(Dst, Reg, Imm);
    /// `r[a] = r[b] - c` (immediate).
    SubI(Dst, Reg, Imm);
    /// `r[a] = r[b] += c` (immediate).
    IAddI(Dst, Reg, Imm);
    /// `r[a] = r[b] -= c` (immediate).
    ISubI(Dst, Reg, Imm);
    /// `r[a] = -r[b]`.
    Neg(Dst, Reg, None);
    /// `r[a] = +r[b]`.
    Pos(Dst, Reg, None);
    /// `r[a] = ~r[b]`.
    Invert(Dst, Reg, None);
    /// `r[a] = not r[b]`.
    Not(Dst, Reg, None);
    /// `r[a] = bool(r[b])`.
    Truth(Dst, Reg, None);
    /// `r[a] = r[b] < r[c]`.
    Lt(Dst, Reg, Reg);
    /// `r[a] = r[b] <= r[c]`.
    Le(Dst, Reg, Reg);
    /// `r[a] = r[b] == r[c]`.
    Eq(Dst, Reg, Reg);
    /// `r[a] = r[b] != r[c]`.
    Ne(Dst, Reg, Reg);
    /// `r[a] = r[b] > r[c]`.
    Gt(Dst, Reg, Reg);
    /// `r[a] = r[b] >= r[c]`.
    Ge(Dst, Reg, Reg);
    /// `r[a] = r[b] is r[c]`.
    Is(Dst, Reg, Reg);
    /// `r[a] = r[b] is not r[c]`.
    IsNot(Dst, Reg, Reg);
    /// `r[a] = r[b] in r[c]`.
    In(Dst, Reg, Reg);
    /// `r[a] = r[b] not in r[c]`.
    NotIn(Dst, Reg, Reg);

    /// Jumps forward.
    Jump(None, Jump32, JumpHi);
    /// Loop back-edge (offset < 0): charges fuel, polls.
    JumpBack(None, Jump32, JumpHi);
    /// Jumps forward if `r[a]` is true.
    JumpIf(Reg, Jump32, JumpHi);
    /// Jumps forward if `r[a]` is false.
    JumpIfNot(Reg, Jump32, JumpHi);
    /// Jumps forward if `r[a] is None`.
    JumpIfNone(Reg, Jump32, JumpHi);
    /// Jumps forward if `r[a] is not None`.
    JumpIfNotNone(Reg, Jump32, JumpHi);
    /// Jumps forward if `r[a] < r[b]` (likewise below; `Not` = jumps if the comparison is false).
    LtJump(Reg, Reg, Jump16);
    /// See `LtJump`.
    LeJump(Reg, Reg, Jump16);
    /// See `LtJump`.
    EqJump(Reg, Reg, Jump16);
    /// See `LtJump`.
    NeJump(Reg, Reg, Jump16);
    /// See `LtJump`.
    GtJump(Reg, Reg, Jump16);
    /// See `LtJump`.
    GeJump(Reg, Reg, Jump16);
    /// See `LtJump`.
    LtJumpNot(Reg, Reg, Jump16);
    /// See `LtJump`.
    LeJumpNot(Reg, Reg, Jump16);
    /// See `LtJump`.
    EqJumpNot(Reg, Reg, Jump16);
    /// See `LtJump`.
    NeJumpNot(Reg, Reg, Jump16);
    /// See `LtJump`.
    GtJumpNot(Reg, Reg, Jump16);
    /// See `LtJump`.
    GeJumpNot(Reg, Reg, Jump16);
    /// Jumps forward if `r[a] < b` with an immediate (likewise below).
    LtIJump(Reg, Imm, Jump16);
    /// See `LtIJump`.
    LeIJump(Reg, Imm, Jump16);
    /// See `LtIJump`.
    EqIJump(Reg, Imm, Jump16);
    /// See `LtIJump`.
    NeIJump(Reg, Imm, Jump16);
    /// See `LtIJump`.
    GtIJump(Reg, Imm, Jump16);
    /// See `LtIJump`.
    GeIJump(Reg, Imm, Jump16);
    /// See `LtIJump`.
    LtIJumpNot(Reg, Imm, Jump16);
    /// See `LtIJump`.
    LeIJumpNot(Reg, Imm, Jump16);
    /// See `LtIJump`.
    EqIJumpNot(Reg, Imm, Jump16);
    /// See `LtIJump`.
    NeIJumpNot(Reg, Imm, Jump16);
    /// See `LtIJump`.
    GtIJumpNot(Reg, Imm, Jump16);
    /// See `LtIJump`.
    GeIJumpNot(Reg, Imm, Jump16);

    /// `r[a..a+3] =` iteration state over `r[b]` (container or iterator, position, guard).
    GetIter(Regs(3), Reg, None);
    /// Stands at the loop's bottom: if the state `r[a..a+3]` has a next item, `r[b] =` it and jumps back by `c`
    /// (charging fuel, polling); else falls through. Entered by a `Jump` to it. Where `b` is `a`+3 and the body begins
    /// with `Unpack` of `r[b]`, nothing else may read `r[b]`: it may be a tuple that the next step uses again.
    ForLoop(Regs(3), Dst, Jump16);
    /// `r[a .. a+c] =` the exactly `c` items of `r[b]`.
    Unpack(Run, Reg, Num);
    /// `r[a ..] =` items of `r[b]` with a starred target: `c` = before | after << 8; the star's list in between.
    UnpackEx(Run, Reg, Num);
    /// `r[a] =` the iterator `yield from` delegates to, for iterable `r[b]`.
    GetYieldFromIter(Dst, Reg, None);
    /// Sends `r[a]` into iterator `r[b]`; on a yield `r[a] =` the yielded value and falls through; when it
    /// finishes `r[a] =` its return value and jumps forward by `c`.
    Send(Reg, Reg, Jump16);

    /// `r[a] = r[b].name` (site `c`).
    LoadAttr(Dst, Reg, Site);
    /// `r[a].name = r[b]` (site `c`).
    StoreAttr(Reg, Reg, Site);
    /// `del r[a].name` (site `c`).
    DelAttr(Reg, None, Site);
    /// Prepares a method call in window `a` of `r[b].name` (site `c`): `r[a] =` function and `r[a+6] =` self, or
    /// `r[a] =` the attribute and `r[a+6] =` unbound. Writes `r[a]` and `r[a+6]` only.
    LoadMethod(Regs(7), Reg, Site);
    /// `r[a] = super(r[b], r[b+1]).name` (site `c`), or, if register `b+2` holds something else than the
    /// built-in `super`, the general call and attribute. `r[b..b+3]` = class, self, value of global `super`.
    LoadSuperAttr(Dst, Regs(3), Site);
    /// As `LoadMethod`, with `LoadSuperAttr`'s operands.
    LoadSuperMethod(Regs(7), Regs(3), Site);
    /// `r[a] = r[b][r[c]]`.
    GetItem(Dst, Reg, Reg);
    /// `r[a][r[b]] = r[c]`.
    SetItem(Reg, Reg, Reg);
    /// `del r[a][r[b]]`.
    DelItem(Reg, Reg, None);
    /// `r[a] = r[b][r[c]:r[c+1]]`.
    GetSlice(Dst, Reg, Regs(2));
    /// `r[a][r[b]:r[b+1]] = r[c]`.
    SetSlice(Reg, Regs(2), Reg);
    /// `r[a] = slice(r[b], r[b+1], r[b+2])`.
    BuildSlice(Dst, Regs(3), None);

    /// `r[a] = [r[b .. b+c]]`.
    BuildList(Dst, Run, Num);
    /// `r[a] = (r[b .. b+c])`.
    BuildTuple(Dst, Run, Num);
    /// `r[a] = {r[b .. b+c]}` (unhashable: TypeError; guest `__hash__` may run).
    BuildSet(Dst, Run, Num);
    /// `r[a] = {r[b]: r[b+1], …}` with `c` pairs.
    BuildMap(Dst, Run, Num);
    /// `r[a] = "".join(r[b .. b+c])`, all exact strings.
    BuildString(Dst, Run, Num);
    /// Appends `r[b]` to list `r[a]`.
    ListAppend(Reg, Reg, None);
    /// Extends list `r[a]` by iterable `r[b]`. `c` = 0 in a display (`[*x]`: "Value after * must be an iterable"), else one more
    /// than the register of the callable (`f(*x)`: "f() argument after * must be an iterable").
    ListExtend(Reg, Reg, Num);
    /// Adds `r[b]` to set `r[a]`.
    SetAdd(Reg, Reg, None);
    /// Adds all of iterable `r[b]` to set `r[a]`.
    SetUpdate(Reg, Reg, None);
    /// `r[a][r[b]] = r[c]` for dict displays and comprehensions.
    MapAdd(Reg, Reg, Reg);
    /// `{**r[b]}` into dict `r[a]`.
    DictUpdate(Reg, Reg, None);
    /// As `DictUpdate` for call keywords: a repeated key is a TypeError naming callable `r[c]`.
    DictMerge(Reg, Reg, Reg);
    /// `r[a] = tuple(list r[b])`.
    ListToTuple(Dst, Reg, None);
    /// `r[a] =` `r[b]` converted: `c` = 0 str, 1 repr, 2 ascii.
    Convert(Dst, Reg, Num);
    /// `r[a] = format(r[b], "")`.
    Format(Dst, Reg, None);
    /// `r[a] = format(r[b], r[c])`.
    FormatSpec(Dst, Reg, Reg);

    /// Calls `r[a]` with `b` positional arguments in `r[a+6 .. a+6+b]`; result to the site's `dst`.
    Call(Run, Num, Site);
    /// Calls a `LoadMethod` window: `b` arguments without self in `r[a+7 .. a+7+b]`.
    CallMethod(Run, Num, Site);
    /// As `Call` with the last arguments named by the site's keyword-name tuple constant; `b` counts them all.
    CallKw(Run, Num, Site);
    /// As `CallMethod` with keyword names.
    CallMethodKw(Run, Num, Site);
    /// `r[a](*r[a+6], **r[a+7])`: a list or tuple, and a dict or None; result to the site's `dst`.
    CallEx(Regs(8), None, Site);
    /// Returns `r[a]`.
    Return(Reg, None, None);
    /// Returns None.
    ReturnNone(None, None, None);
    /// `r[a] =` function object for module function `b`; `r[c..c+4]` = defaults tuple, keyword defaults dict,
    /// annotations (reserved), closure tuple; each None when absent.
    MakeFunction(Dst, Func, Regs(4));
    /// `r[a] =` the built-in `__build_class__`.
    LoadBuildClass(Dst, None, None);
    /// First instruction after the prologue of a generator function: moves the frame into a new generator and
    /// returns that to the caller. `a` = number of registers to save.
    MakeGenerator(Num, None, None);
    /// Yields `r[b]`; on resumption `r[a] =` the value sent. `c` = number of registers to save.
    Yield(Dst, Reg, Num);
    /// As `Yield`, inside `yield from`: the innermost delegate is in register `a`+1; `throw` and `close` go to it.
    YieldFrom(Regs(2), Reg, Num);

    /// Raises `r[a]` (class or instance).
    Raise(Reg, None, None);
    /// Raises `r[a]` from `r[b]`.
    RaiseFrom(Reg, Reg, None);
    /// Bare `raise`: re-raises the exception being handled (RuntimeError if none).
    RaiseCurrent(None, None, None);
    /// Re-raises `r[a]` without touching its traceback or context (end of `finally`, no matching `except`).
    Reraise(Reg, None, None);
    /// Ends the handling of the exception in `r[a]`: `r[a+1]`, put there on entry, is the handled one again.
    PopExcept(Regs(2), None, None);
    /// `r[a] =` whether exception `r[b]` matches `r[c]` (class or tuple; TypeError otherwise).
    MatchExcept(Dst, Reg, Reg);
    /// `r[a] =` the exception class that [`exception`] numbers `b`.
    LoadException(Dst, Num, None);
    /// `r[a] =` whether patterns take `r[b]` for what [`pattern`] numbers `c`.
    MatchKind(Dst, Reg, Num);
    /// `r[a] = len(r[b])`.
    Length(Dst, Reg, None);
    /// `r[a] = isinstance(r[b], r[c])`; TypeError unless `r[c]` is a class.
    MatchClass(Dst, Reg, Reg);
    /// `r[a] =` what the first `c` sub-patterns of class pattern `r[b](…)` stand for: a tuple that begins with `c` names of
    /// attributes, False for the subject itself, None for no match. `r[b+1]` is the subject, `r[b+2]` a tuple of the
    /// names that keywords give.
    MatchArgs(Dst, Regs(3), Num);
    /// `r[a] =` attribute of `r[b]` whose name is str `r[c]`.
    LoadAttrBy(Dst, Reg, Reg);
    /// `r[a] =` bound `__exit__` of `r[b]`; then calls `__enter__`, result to `r[a+1]`.
    WithEnter(Regs(2), Reg, None);
    /// `r[a] = r[b](type, exc, traceback)` for exception `r[c]`.
    WithExcept(Dst, Reg, Reg);

    /// `r[a] = __import__(name b, level r[c], fromlist r[c+1])`.
    ImportName(Dst, Name, Regs(2));
    /// `r[a] =` attribute of module `r[b]` named by site `c`, or a submodule; ImportError otherwise.
    ImportFrom(Dst, Reg, Site);
    /// `from r[a] import *` into the globals.
    ImportStar(Reg, None, None);
}
specialized {
    /// Both ints, result an immediate.
    AddInt = Add;
    /// Both floats.
    AddFloat = Add;
    /// Both ints, result an immediate.
    SubInt = Sub;
    /// Both floats.
    SubFloat = Sub;
    /// Both ints, result an immediate.
    MulInt = Mul;
    /// Both floats.
    MulFloat = Mul;
    /// Both ints, result an immediate.
    FloorDivInt = FloorDiv;
    /// Both ints, result an immediate.
    ModInt = Mod;
    /// Both ints, result an immediate.
    AndInt = And;
    /// Both ints, result an immediate.
    OrInt = Or;
    /// Both ints, result an immediate.
    XorInt = Xor;
    /// Both ints, result an immediate.
    ShlInt = Shl;
    /// Both ints, result an immediate.
    ShrInt = Shr;
    /// Both floats, divisor not zero.
    TrueDivFloat = TrueDiv;
    /// A float and an int, in either order (for division also two ints).
    AddMixed = Add;
    /// A float and an int, in either order (for division also two ints).
    SubMixed = Sub;
    /// A float and an int, in either order (for division also two ints).
    MulMixed = Mul;
    /// A float and an int, in either order (for division also two ints).
    TrueDivMixed = TrueDiv;
    /// Both exact strs.
    AddStr = Add;
    /// Both exact lists.
    AddList = Add;
    /// An int, result an immediate.
    AddIInt = AddI;
    /// An int, result an immediate.
    SubIInt = SubI;
    /// A float.
    AddIFloat = AddI;
    /// A float.
    SubIFloat = SubI;
    /// A guest's method of the left operand's class, found by shape and class version. Any binary operator.
    BinGuest = Add;
    /// An int, result an immediate.
    NegInt = Neg;
    /// A float.
    NegFloat = Neg;
    /// Both ints.
    LtInt = Lt;
    /// Both floats.
    LtFloat = Lt;
    /// Both ints.
    LeInt = Le;
    /// Both floats.
    LeFloat = Le;
    /// Both ints.
    EqInt = Eq;
    /// Both floats.
    EqFloat = Eq;
    /// Both ints.
    NeInt = Ne;
    /// Both floats.
    NeFloat = Ne;
    /// Both ints.
    GtInt = Gt;
    /// Both floats.
    GtFloat = Gt;
    /// Both ints.
    GeInt = Ge;
    /// Both floats.
    GeFloat = Ge;
    /// Both exact strs.
    EqStr = Eq;
    /// Both ints.
    LtJumpInt = LtJump;
    /// Both floats.
    LtJumpFloat = LtJump;
    /// An int.
    LtIJumpInt = LtIJump;
    /// Both ints.
    LtJumpNotInt = LtJumpNot;
    /// Both floats.
    LtJumpNotFloat = LtJumpNot;
    /// An int.
    LtIJumpNotInt = LtIJumpNot;
    /// Both ints.
    LeJumpInt = LeJump;
    /// Both floats.
    LeJumpFloat = LeJump;
    /// An int.
    LeIJumpInt = LeIJump;
    /// Both ints.
    LeJumpNotInt = LeJumpNot;
    /// Both floats.
    LeJumpNotFloat = LeJumpNot;
    /// An int.
    LeIJumpNotInt = LeIJumpNot;
    /// Both ints.
    EqJumpInt = EqJump;
    /// Both floats.
    EqJumpFloat = EqJump;
    /// An int.
    EqIJumpInt = EqIJump;
    /// Both ints.
    EqJumpNotInt = EqJumpNot;
    /// Both floats.
    EqJumpNotFloat = EqJumpNot;
    /// An int.
    EqIJumpNotInt = EqIJumpNot;
    /// Both ints.
    NeJumpInt = NeJump;
    /// Both floats.
    NeJumpFloat = NeJump;
    /// An int.
    NeIJumpInt = NeIJump;
    /// Both ints.
    NeJumpNotInt = NeJumpNot;
    /// Both floats.
    NeJumpNotFloat = NeJumpNot;
    /// An int.
    NeIJumpNotInt = NeIJumpNot;
    /// Both ints.
    GtJumpInt = GtJump;
    /// Both floats.
    GtJumpFloat = GtJump;
    /// An int.
    GtIJumpInt = GtIJump;
    /// Both ints.
    GtJumpNotInt = GtJumpNot;
    /// Both floats.
    GtJumpNotFloat = GtJumpNot;
    /// An int.
    GtIJumpNotInt = GtIJumpNot;
    /// Both ints.
    GeJumpInt = GeJump;
    /// Both floats.
    GeJumpFloat = GeJump;
    /// An int.
    GeIJumpInt = GeIJump;
    /// Both ints.
    GeJumpNotInt = GeJumpNot;
    /// Both floats.
    GeJumpNotFloat = GeJumpNot;
    /// An int.
    GeIJumpNotInt = GeIJumpNot;
    /// Both exact strs.
    EqJumpStr = EqJump;
    /// Both exact strs.
    EqJumpNotStr = EqJumpNot;
    /// Both exact strs.
    NeJumpStr = NeJump;
    /// Both exact strs.
    NeJumpNotStr = NeJumpNot;
    /// The anchor of trace `b`; `a` and `c` are those of the instruction it stands for, which may be any.
    EnterTrace = Nop;
    /// In the quick copy, where no entry counting is needed.
    JumpBackQuick = JumpBack;
    /// A bool.
    JumpIfBool = JumpIf;
    /// A bool.
    JumpIfNotBool = JumpIfNot;
    /// In the module's dict, found by the version of its keys.
    LoadGlobalModule = LoadGlobal;
    /// In the built-ins, found by the versions of both dicts' keys.
    LoadGlobalBuiltin = LoadGlobal;
    /// An existing global, found by the version of the keys.
    StoreGlobalModule = StoreGlobal;
    /// An attribute inside the object, by shape.
    LoadAttrSlot = LoadAttr;
    /// An attribute in the overflow cell, by shape.
    LoadAttrOverflow = LoadAttr;
    /// A plain class attribute, by shape and class version.
    LoadAttrClass = LoadAttr;
    /// A module's global, or a class's own data that varies, by the version of its keys.
    LoadAttrModule = LoadAttr;
    /// An attribute of this very class object, by its version.
    LoadAttrType = LoadAttr;
    /// A property with a Python getter, by shape and class version.
    LoadAttrProperty = LoadAttr;
    /// A method that is bound, by shape and class version.
    LoadAttrMethod = LoadAttr;
    /// An attribute inside the object, one of two shapes.
    LoadAttrPoly = LoadAttr;
    /// An existing attribute inside the object, by shape.
    StoreAttrSlot = StoreAttr;
    /// A new attribute inside the object, by the shape before it.
    StoreAttrAdd = StoreAttr;
    /// An existing attribute in the overflow cell, by shape.
    StoreAttrOverflow = StoreAttr;
    /// An existing attribute inside the object, one of several shapes.
    StoreAttrPoly = StoreAttr;
    /// A class's own data that varies, by the version of its keys; no object of the heap goes or comes.
    StoreAttrType = StoreAttr;
    /// A method, by shape and class version.
    LoadMethodShape = LoadMethod;
    /// An attribute of this very class object that is called without self.
    LoadMethodType = LoadMethod;
    /// A module's global.
    LoadMethodModule = LoadMethod;
    /// A method, one of two shapes.
    LoadMethodPoly = LoadMethod;
    /// A method after the class in the resolution order of this very class.
    LoadSuperMethodCached = LoadSuperMethod;
    /// A list and an int.
    GetItemListInt = GetItem;
    /// A tuple and an int.
    GetItemTupleInt = GetItem;
    /// A dict and a key that needs no guest code.
    GetItemDict = GetItem;
    /// An ASCII str and an int.
    GetItemStrInt = GetItem;
    /// An exact list and a slice of ints and Nones.
    GetItemListSlice = GetItem;
    /// A list and an int.
    SetItemListInt = SetItem;
    /// A dict and a key that needs no guest code.
    SetItemDict = SetItem;
    /// A dict.
    InDict = In;
    /// A set.
    InSet = In;
    /// Both exact strs.
    InStr = In;
    /// A short exact list or tuple whose items need no guest code to be compared.
    InItems = In;
    /// A dict.
    NotInDict = NotIn;
    /// A set.
    NotInSet = NotIn;
    /// Both exact strs.
    NotInStr = NotIn;
    /// See `InItems`.
    NotInItems = NotIn;
    /// A Python function all of whose parameters are positional and given.
    CallPy = Call;
    /// A Python function with positional parameters only, some of which may take their defaults.
    CallPyDefaults = Call;
    /// Functions, bound methods, built-ins and objects with `__call__`, whatever comes.
    CallAny = Call;
    /// This very built-in function, with one slot an argument.
    CallNative = Call;
    /// This very class, whose `__init__` is a Python function.
    CallClassInit = Call;
    /// This very class, which has neither `__init__` nor `__new__`.
    CallPlainClass = Call;
    /// A built-in type, all of whose constructor's slots are given.
    CallBuiltinType = Call;
    /// `type(x)`.
    CallType1 = Call;
    /// `len` of a list, tuple, str or dict.
    CallLen = Call;
    /// `next` of a generator, without a default.
    CallNext = Call;
    /// `isinstance` with a class.
    CallIsInstance = Call;
    /// As `CallPy`, with self.
    CallMethodPy = CallMethod;
    /// As `CallPyDefaults`, with self or without.
    CallMethodPyDefaults = CallMethod;
    /// As `CallAny`, with self or without.
    CallMethodAny = CallMethod;
    /// This very method of a built-in type, with self.
    CallMethodNative = CallMethod;
    /// `list.append`.
    CallMethodAppend = CallMethod;
    /// `send` of a generator.
    CallMethodSend = CallMethod;
    /// As `CallPy`, of an attribute called without self.
    CallMethodFree = CallMethod;
    /// As `CallNative`, of an attribute called without self (a module's function).
    CallMethodFreeNative = CallMethod;
    /// A range of immediate ints whose step is not 1.
    ForLoopRange = ForLoop;
    /// A range of immediate ints whose step is 1: two bounds.
    ForLoopCount = ForLoop;
    /// A list.
    ForLoopList = ForLoop;
    /// A tuple.
    ForLoopTuple = ForLoop;
    /// A generator.
    ForLoopGen = ForLoop;
    /// Another built-in container or iterator.
    ForLoopIter = ForLoop;
    /// Pairs that the body unpacks at once (see `ForLoop`): of an enumerate, a zip of two, a dict's items.
    ForLoopPairs = ForLoop;
    /// A tuple of the right length.
    UnpackTuple = Unpack;
    /// A list of the right length.
    UnpackList = Unpack;
}
}

/// Exception classes that `LoadException` names by number.
#[allow(missing_docs)]
pub mod exception {
    pub const ASSERTION_ERROR: u16 = 0;
    pub const ATTRIBUTE_ERROR: u16 = 1;
    pub const VALUE_ERROR: u16 = 2;
}

/// What `MatchKind` asks for by number.
#[allow(missing_docs)]
pub mod pattern {
    pub const SEQUENCE: u16 = 0;
    pub const MAPPING: u16 = 1;
}

/// Distance from a call window to its first argument: the callee's frame header lies between.
pub const CALL_GAP: u16 = 6;

impl Op {
    /// Decodes an operation number.
    #[inline]
    pub const fn from_u16(n: u16) -> Option<Op> {
        if n < Op::COUNT { Some(Op::ALL[n as usize]) } else { None }
    }

    /// Whether this is a specialized form, which may not appear in stored code.
    #[inline]
    pub const fn is_specialized(self) -> bool {
        self as u16 >= Op::FIRST_SPECIALIZED
    }
}
