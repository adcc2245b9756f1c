//! The kind of an exit on its way: made, looked at, ended.

use super::Rt;
use crate::exit::{Exit, ExitKind};
use crate::object::exception::exc;
use crate::value::Value;
#[cfg(all(not(feature = "speed"), not(debug_assertions)))]
use crate::{exit::Res, heap::Gc, object::Str};

/// What builds without `speed` gain by an exit without content; see `value`.
#[cfg(all(not(feature = "speed"), not(debug_assertions)))]
const _: () =
    assert!(size_of::<Res<Value>>() == size_of::<Value>() && size_of::<Res<Gc<Str>>>() == size_of::<usize>());

#[cfg(feature = "speed")]
impl Rt {
    /// An exit of this kind, whose details are in place.
    #[inline(always)]
    pub fn exit(&mut self, kind: ExitKind) -> Exit {
        kind
    }
    /// The kind of an exit that goes on.
    #[inline(always)]
    pub fn exit_kind(&self, e: Exit) -> ExitKind {
        e
    }
    /// No exit is on its way.
    #[inline(always)]
    pub(crate) fn no_exit(&mut self) {}
    /// As `no_exit`, where a host may have dropped one.
    #[inline(always)]
    pub(crate) fn no_exit_of_host(&mut self) {}
    /// The kind of an exit that ends here.
    #[inline(always)]
    pub fn end_exit(&mut self, e: Exit) -> ExitKind {
        e
    }
}

#[cfg(not(feature = "speed"))]
impl Rt {
    /// An exit of this kind, whose details are in place.
    pub fn exit(&mut self, kind: ExitKind) -> Exit {
        self.exit_kind = kind;
        Exit {
            #[cfg(debug_assertions)]
            kind,
        }
    }
    /// The kind of an exit that goes on.
    pub fn exit_kind(&self, e: Exit) -> ExitKind {
        #[cfg(debug_assertions)]
        assert_eq!(e.kind, self.exit_kind, "another exit was neither passed on nor ended");
        let _ = e;
        self.exit_kind
    }
    /// No exit is on its way. Where one was dropped, what follows does not get its kind.
    pub(crate) fn no_exit(&mut self) {
        debug_assert_eq!(self.exit_kind, ExitKind::NeedGc, "an exit was neither passed on nor ended");
        self.exit_kind = ExitKind::NeedGc;
    }
    /// As `no_exit`, where a host may have dropped one.
    pub(crate) fn no_exit_of_host(&mut self) {
        self.exit_kind = ExitKind::NeedGc;
    }
    /// The kind of an exit that ends here.
    pub fn end_exit(&mut self, e: Exit) -> ExitKind {
        let kind = self.exit_kind(e);
        self.exit_kind = ExitKind::NeedGc;
        kind
    }
}

impl Rt {
    /// Whether an exit is of this kind; then it ends here.
    #[cfg_attr(feature = "speed", inline(always))]
    pub fn caught(&mut self, e: Exit, kind: ExitKind) -> bool {
        self.exit_kind(e) == kind && self.end_exit(e) == kind
    }

    /// Whether an exit is an `AttributeError`; then exit and exception end here.
    pub(crate) fn caught_attribute_error(&mut self, e: Exit) -> bool {
        let yes = self.exit_kind(e) == ExitKind::Raise && self.is_exception(self.raised, exc::AttributeError);
        if yes {
            self.end_exit(e);
            self.raised = Value::UNBOUND;
        }
        yes
    }
}
