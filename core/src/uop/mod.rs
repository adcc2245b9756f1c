//! Uops: the instructions of traces. One row of the table defines each: its operands, its result, what it may do and
//! the body that does it (`body.rs`). Enum, metadata, text form, the portable interpreter and the stencils are made
//! from it.
//!
//! Naming grammar: `Guard…` leaves the trace unless what it says holds; `…Int` works on shifted int words, `…Float`
//! on unboxed doubles, `…Word` on any word; a final `F` means that the result (or what is moved) is a double, `N`
//! that no check is needed, `P` that the operand is known to be a pointer, `K` that an immediate is written or stands
//! for the second operand (`trace::select` makes these).
//! `Ctx…` is relative to the VM's `JitCtx`, `Slot…` to register 0 of the trace's root frame.
//!
//! Operand classes: `G` a 64-bit word in a general register, `F` a double in a float register. Every uop has two
//! immediates: `d`, a signed 32-bit displacement or operand, and `k`, whose width the row tells.
//!
//! Invariants: a uop that exits has changed nothing; no uop collects, suspends or looks at frames.

pub mod body;

/// Class of a value in a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Class {
    /// A 64-bit word: tagged value, shifted int, pointer.
    G,
    /// A double.
    F,
}

/// How the immediates of a uop are used; decides the kind of hole in its stencil.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Imm {
    /// Neither.
    No,
    /// `d` is a displacement.
    D,
    /// `k` is 32 bits.
    K32,
    /// `k` is 64 bits.
    K64,
    /// `d` is a displacement and `k` is 32 bits.
    DK32,
    /// `d` is a displacement and `k` is 31 bits: as good as signed.
    DK31,
}

/// What a uop does besides computing its result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Nothing: may be removed if unused, and shared.
    Pure,
    /// May leave the trace.
    Guard,
    /// Computes a result or leaves the trace; removable only if the exit is proven not to be taken.
    Checked,
    /// Reads memory that stores and calls may change.
    Load,
    /// Writes memory.
    Store,
    /// Calls a helper: caller-saved registers are lost, memory may change, may leave the trace.
    Call,
    /// Calls a helper that reads and writes no memory of the guest's and does not leave the trace.
    CallPure,
    /// Shapes the trace: labels, jumps, inherited values. Not a stencil with a body.
    Control,
}

/// A row of the table, but for the body.
struct Row {
    ins: &'static [Class],
    out: Option<Class>,
    imm: Imm,
    effect: Effect,
}

impl Uop {
    /// Classes of the operands.
    #[inline(always)]
    pub const fn ins(self) -> &'static [Class] {
        ROWS[self as usize].ins
    }
    /// Class of the result.
    #[inline(always)]
    pub const fn out(self) -> Option<Class> {
        ROWS[self as usize].out
    }
    /// How the immediates are used.
    #[inline(always)]
    pub const fn imm(self) -> Imm {
        ROWS[self as usize].imm
    }
    /// What it does.
    #[inline(always)]
    pub const fn effect(self) -> Effect {
        ROWS[self as usize].effect
    }
}

macro_rules! uops {
    (
        body { $( $(#[doc = $d:literal])* $n:ident($($in:ident)*) $(-> $out:ident)? , $imm:ident, $eff:ident, $body:ident; )* }
        control { $( $(#[doc = $cd:literal])* $cn:ident($($cin:ident)*) $(-> $cout:ident)? , $cimm:ident; )* }
    ) => {
        /// A uop. See the module's naming grammar.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Uop { $( $(#[doc = $d])* $n, )* $( $(#[doc = $cd])* $cn, )* }

        impl Uop {
            /// All uops in numeric order.
            pub const ALL: &'static [Uop] = &[ $(Uop::$n,)* $(Uop::$cn,)* ];
            /// Number of uops that have a body; control uops are numbered from here.
            pub const WITH_BODY: usize = [ $(Uop::$n,)* ].len();
            /// Number of uops.
            pub const COUNT: usize = Uop::ALL.len();

            /// Name, as text forms print it.
            pub const fn name(self) -> &'static str {
                match self { $( Uop::$n => stringify!($n), )* $( Uop::$cn => stringify!($cn), )* }
            }
            /// Name of the body function (empty for control uops).
            pub const fn body_name(self) -> &'static str {
                match self { $( Uop::$n => stringify!($body), )* $( Uop::$cn => "", )* }
            }
        }

        /// What the rows say, by uop.
        const ROWS: &[Row; Uop::COUNT] = &[
            $( Row {
                ins: &[$(Class::$in),*],
                out: uops!(@out $($out)?),
                imm: Imm::$imm,
                effect: Effect::$eff,
            }, )*
            $( Row {
                ins: &[$(Class::$cin),*],
                out: uops!(@out $($cout)?),
                imm: Imm::$cimm,
                effect: Effect::Control,
            }, )*
        ];

        /// Calls `$m!` with every row that has a body: `Name(classes) [-> class], imm, effect, body;`.
        #[macro_export]
        macro_rules! for_each_uop {
            ($m:ident) => { $m! { $( $n($($in)*) $(-> $out)?, $imm, $eff, $body; )* } };
        }
    };
    (@out) => { None };
    (@out $c:ident) => { Some(Class::$c) };
}

uops! {
body {
    MovG(G) -> G, No, Pure, mov_g;
    MovF(F) -> F, No, Pure, mov_f;
    LoadK() -> G, K64, Pure, load_k;
    LoadKF() -> F, K64, Pure, load_kf;

    GuardInt(G), No, Guard, guard_int;
    GuardFloat(G), No, Guard, guard_float;
    GuardPtr(G), No, Guard, guard_ptr;
    GuardBool(G), No, Guard, guard_bool;
    GuardEq(G G), No, Guard, guard_eq;
    GuardNe(G G), No, Guard, guard_ne;
    GuardLt(G G), No, Guard, guard_lt;
    GuardLe(G G), No, Guard, guard_le;
    GuardUlt(G G), No, Guard, guard_ult;
    GuardFlt(F F), No, Guard, guard_flt;
    GuardFle(F F), No, Guard, guard_fle;
    GuardFeq(F F), No, Guard, guard_feq;
    GuardFne(F F), No, Guard, guard_fne;
    GuardFnlt(F F), No, Guard, guard_fnlt;
    GuardFnle(F F), No, Guard, guard_fnle;
    GuardEqK(G), D, Guard, guard_eq_k;
    GuardNeK(G), D, Guard, guard_ne_k;
    GuardLtK(G), D, Guard, guard_lt_k;
    GuardGeK(G), D, Guard, guard_ge_k;
    GuardUltK(G), D, Guard, guard_ult_k;
    GuardUltCtx(G), D, Guard, guard_ult_ctx;
    GuardExact(G), No, Guard, guard_exact;
    GuardShape(G), K32, Guard, guard_shape;
    GuardShapeP(G), K32, Guard, guard_shape_p;
    GuardField32(G), DK32, Guard, guard_field32;
    GuardFlag(), D, Guard, guard_flag;
    GuardEpoch(), DK31, Guard, guard_epoch;
    Poll(), D, Guard, poll;
    /// The fuel, whose place in the context `d` is. Machine code has it in a register.
    FuelCheck(), DK31, Guard, fuel_check;
    FuelSub(), DK31, Store, fuel_sub;
    /// Another word of the context, in memory.
    CtxCheck(), DK31, Guard, fuel_check;
    CtxSub(), DK31, Store, fuel_sub;

    AddInt(G G) -> G, No, Checked, add_int;
    SubInt(G G) -> G, No, Checked, sub_int;
    MulInt(G G) -> G, No, Checked, mul_int;
    AddIntN(G G) -> G, No, Pure, add_int_n;
    SubIntN(G G) -> G, No, Pure, sub_int_n;
    AddIntK(G) -> G, D, Checked, add_int_k;
    AddIntNK(G) -> G, D, Pure, add_int_n_k;
    MulIntK(G) -> G, D, Checked, mul_int_k;
    MulIntNK(G) -> G, D, Pure, mul_int_n_k;
    ShrIntNK(G) -> G, D, Pure, shr_int_n_k;
    MulIntN(G G) -> G, No, Pure, mul_int_n;
    ShlIntN(G G) -> G, No, Pure, shl_int_n;
    ShrIntN(G G) -> G, No, Pure, shr_int_n;
    MulHi(G G) -> G, No, Pure, mul_hi;
    FloorDivInt(G G) -> G, No, Checked, floordiv_int;
    ModInt(G G) -> G, No, Checked, mod_int;
    AndInt(G G) -> G, No, Pure, and_int;
    OrInt(G G) -> G, No, Pure, or_int;
    XorInt(G G) -> G, No, Pure, xor_int;
    ShlInt(G G) -> G, No, Checked, shl_int;
    ShrInt(G G) -> G, No, Checked, shr_int;
    NegInt(G) -> G, No, Checked, neg_int;
    InvertInt(G) -> G, No, Pure, invert_int;
    LtInt(G G) -> G, No, Pure, lt_int;
    LeInt(G G) -> G, No, Pure, le_int;
    EqWord(G G) -> G, No, Pure, eq_word;
    NeWord(G G) -> G, No, Pure, ne_word;
    LtFloat(F F) -> G, No, Pure, lt_float;
    LeFloat(F F) -> G, No, Pure, le_float;
    EqFloat(F F) -> G, No, Pure, eq_float;
    NeFloat(F F) -> G, No, Pure, ne_float;
    NotBool(G) -> G, No, Pure, not_bool;
    BoolToInt(G) -> G, No, Pure, bool_to_int;

    AddFloat(F F) -> F, No, Pure, add_float;
    SubFloat(F F) -> F, No, Pure, sub_float;
    MulFloat(F F) -> F, No, Pure, mul_float;
    DivFloat(F F) -> F, No, Pure, div_float;
    NegFloat(F) -> F, No, Pure, neg_float;
    AbsFloat(F) -> F, No, Pure, abs_float;
    SqrtFloat(F) -> F, No, Pure, sqrt_float;
    IntToFloat(G) -> F, No, Pure, int_to_float;
    FloatToInt(F) -> G, No, Checked, float_to_int;
    UnboxFloat(G) -> F, No, Pure, unbox_float;
    BoxFloat(F) -> G, No, Checked, box_float;
    FloatBits(F) -> G, No, Pure, float_bits;
    BitsFloat(G) -> F, No, Pure, bits_float;

    SlotLoad() -> G, D, Load, slot_load;
    SlotStore(G), D, Store, slot_store;
    SlotStoreK(), DK31, Store, slot_store_k;
    FrameAddr() -> G, D, Pure, frame_addr;
    CtxLoad32() -> G, D, Load, ctx_load32;
    CtxLoad() -> G, D, Load, ctx_load;
    CtxLoadF() -> F, D, Load, ctx_load_f;
    CtxStore(G), D, Store, ctx_store;
    CtxStoreF(F), D, Store, ctx_store_f;
    CtxAdd32(), DK32, Store, ctx_add32;
    Load(G) -> G, D, Load, load;
    Load32(G) -> G, D, Load, load32;
    Load8(G) -> G, D, Load, load8;
    LoadF(G) -> F, D, Load, load_f;
    LoadLen(G) -> G, D, Load, load_len;
    LoadLen32(G) -> G, D, Load, load_len32;
    Store(G G), D, Store, store;
    StoreK(G), DK31, Store, store_k;
    Store32K(G), DK32, Store, store32_k;
    StoreLen(G G), D, Store, store_len;
    ElemLoad(G G) -> G, D, Load, elem_load;
    ElemStore(G G G), D, Store, elem_store;
    ByteLoad(G G) -> G, D, Load, byte_load;
    NextSlot(G G) -> G, D, Load, next_slot;
    NextEntry(G G) -> G, D, Load, next_entry;

    Call0() -> G, D, Call, call0;
    Call1(G) -> G, D, Call, call1;
    Call2(G G) -> G, D, Call, call2;
    Call3(G G G) -> G, D, Call, call3;
    CallF1(F) -> F, D, CallPure, callf1;
    CallF2(F F) -> F, D, CallPure, callf2;
}
control {
    /// No operation: what a pass removed.
    Nop(), No;
    /// Where the loop's body begins. The phis of the loop follow at once.
    LoopStart(), No;
    /// A loop variable: `a` on entry, `b` (defined later, in the loop) on each return to the label.
    PhiG(G G) -> G, No;
    /// See `PhiG`.
    PhiF(F F) -> F, No;
    /// End of the trace: jumps to the loop's body.
    LoopEnd(), No;
    /// End of the trace: leaves it (or goes on with the trace that its cell is linked to).
    Exit(), No;
    /// End of the trace: jumps to the code address in a register (the frame register was set before).
    JumpReg(G), No;
    /// A value that a side trace takes over from its parent; `d` indexes the trace's list of inherited places.
    InheritG() -> G, D;
    /// See `InheritG`.
    InheritF() -> F, D;
    /// `frame += d`.
    AddFrame(), D;
    /// `frame = a`.
    SetFrame(G), No;
    /// The code address of return label `d` of this trace (multiple of 16).
    LabelAddr() -> G, D;
    /// End of a straight part (the callee was jumped to before): return label `d` begins. No value is in a register here.
    RetLabel(), D;
}
}

impl Uop {
    /// Whether the uop has an exit (and so a snapshot).
    #[inline(always)]
    pub const fn exits(self) -> bool {
        matches!(self.effect(), Effect::Guard | Effect::Checked | Effect::Call) || matches!(self, Uop::Exit)
    }
    /// Whether a helper is called, so that registers which the helper's ABI does not keep are lost.
    #[inline(always)]
    pub const fn calls(self) -> bool {
        matches!(self.effect(), Effect::Call | Effect::CallPure)
    }
    /// A uop by number.
    pub const fn from_u8(n: u8) -> Option<Uop> {
        if (n as usize) < Uop::COUNT { Some(Uop::ALL[n as usize]) } else { None }
    }
}
