//! Recording what `match` statements ask of their subjects: mostly guards, with answers that are constants.

use super::{Ctx, Rec, Stop, behind};
use crate::bytecode::{Instr, Op};
use crate::interp::{patterns, specialize};
use crate::jit::Abort;
use crate::object::func::SiteCache;
use crate::object::{Str, Type, kind};

impl Ctx<'_> {
    /// One of the instructions of patterns.
    pub(super) fn pattern(&mut self, op: Op) -> Rec<()> {
        let i = self.i;
        let v = self.val(i.b());
        match op {
            Op::MatchKind => {
                let x = self.get(i.b())?;
                self.guard_class(x, v)?;
                let r = self.b.value(patterns::is_of_kind(v, i.c()))?;
                self.set(i.a(), r)?;
                self.next()
            }
            Op::Length => {
                let x = self.get(i.b())?;
                match self.length(x, v)? {
                    Some(r) => self.set(i.a(), r)?,
                    None => return self.generic(),
                }
                self.next()
            }
            Op::MatchClass => match self.val(i.c()) {
                c if c.shape() == kind::Type as u32 => self.is_instance(i.b(), i.c(), i.a()),
                _ => self.generic(),
            },
            Op::MatchArgs => self.match_args(),
            _ => self.load_attr_by(),
        }
    }

    /// The names of positional sub-patterns: a constant as long as the class stays what it is.
    fn match_args(&mut self) -> Rec<()> {
        let i = self.i;
        let (cls, names) = (self.val(i.b()), self.val(i.b() + 2));
        let Some(class) = cls.get::<Type>() else { return Err(Stop::Here) };
        let plain = behind(self.rt, |rt| patterns::plain_match_args(rt, cls, names, i.c()));
        let Some(args) = plain.map_err(|_| Stop::Abort(Abort::NoMemory))? else { return Err(Stop::Here) };
        let (x, y) = (self.get(i.b())?, self.get(i.b() + 2)?);
        self.same(x, cls)?;
        self.same(y, names)?;
        self.class_stays(class)?;
        let r = self.konst(args)?;
        self.set(i.a(), r)?;
        self.next()
    }

    /// An attribute whose name is in a register: recorded as if an instruction named it.
    fn load_attr_by(&mut self) -> Rec<()> {
        let i = self.i;
        let now = self.val(i.c());
        if now.exact::<Str>().is_none_or(|s| !s.is_interned()) {
            return Err(Stop::Here);
        }
        let name = self.get(i.c())?;
        self.same(name, now)?;
        self.i = Instr::new(Op::LoadAttr, i.a(), i.b(), 0);
        self.r.scratch.name = now;
        self.r.scratch.shape = SiteCache::NO_SHAPE;
        let (like, cache) = (self.i, &mut self.r.scratch);
        let form = behind(self.rt, |rt| specialize::choose_for(rt, like, cache));
        match form {
            Some(form) => self.specialized(Op::LoadAttr, form),
            None => match self.wrapped_attr(Op::LoadAttr)? {
                Some(done) => Ok(done),
                None => self.generic(),
            },
        }
    }
}
