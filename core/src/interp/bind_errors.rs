//! What a call that does not fit its callee's parameters says, and binding for natives.

use super::call::CallSite;
use super::native::NativeDef;
use super::{Rt, text::TextBuf};
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::object::exception::exc;
use crate::object::func::{Builtin, Code, Function};
use crate::object::{Dict, Str, Tuple, Type, dict};
use crate::value::Value;

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn text_of(v: Value) -> &'static str {
    match v.get::<Str>() {
        // SAFETY: used for a message that is built before anything can collect.
        Some(s) => unsafe { core::mem::transmute::<&str, &'static str>(s.lossy()) },
        None => "?",
    }
}

impl Rt {
    #[cold]
    pub(crate) fn multiple_values(&mut self, f: Gc<Function>, name: Value) -> Exit {
        let (q, n) = (text_of(f.qualname.get()), text_of(name));
        self.type_error(message!("{q}() got multiple values for argument '{n}'"))
    }

    #[cold]
    pub(crate) fn unexpected_keyword(
        &mut self,
        f: Gc<Function>,
        code: Gc<Code>,
        names: Gc<Tuple>,
        name: Value,
    ) -> Exit {
        if cfg!(not(feature = "messages")) {
            return self.raise_bare(exc::TypeError);
        }
        let q = text_of(f.qualname.get());
        // Positional-only parameters passed by name are reported together.
        let mut wrong = TextBuf::new();
        for &n in names.items() {
            let is_posonly = (0..code.posonly as u32)
                .any(|i| code.module().var_name(&code.func, i).is_some_and(|v| v == text_of(n)));
            if is_posonly {
                let sep: &[u8] = if wrong.as_bytes().is_empty() { b"" } else { b", " };
                let pushed =
                    wrong.push(&self.heap, sep).and_then(|()| wrong.push(&self.heap, text_of(n).as_bytes()));
                if let Err(e) = pushed {
                    return e;
                }
            }
        }
        if !wrong.as_bytes().is_empty() {
            let list = core::str::from_utf8(wrong.as_bytes()).unwrap_or("?");
            return self.type_error(message!(
                "{q}() got some positional-only arguments passed as keyword arguments: '{list}'"
            ));
        }
        let n = text_of(name);
        let candidates = (code.posonly as u32..(code.argcount + code.kwonly) as u32)
            .filter_map(|i| code.module().var_name(&code.func, i));
        match super::suggest::closest(n, candidates, |c| c.as_bytes()) {
            Some(best) => self.type_error(message!(
                "{q}() got an unexpected keyword argument '{n}'. Did you mean '{best}'?"
            )),
            None => self.type_error(message!("{q}() got an unexpected keyword argument '{n}'")),
        }
    }

    #[cold]
    pub(crate) fn too_many_positional(
        &mut self,
        f: Gc<Function>,
        code: Gc<Code>,
        given: usize,
        names: Option<Gc<Tuple>>,
    ) -> Exit {
        if cfg!(not(feature = "messages")) {
            return self.raise_bare(exc::TypeError);
        }
        let q = text_of(f.qualname.get());
        let argcount = code.argcount as usize;
        let ndef = f.defaults.get().get::<Tuple>().map_or(0, |t| t.len());
        let kwonly = self.keyword_only_given(code, names);
        let verb = if given == 1 && kwonly == 0 { "was" } else { "were" };
        let extra = if kwonly > 0 {
            let (s, t) = (plural(given), plural(kwonly));
            self.format_str(format_args!(" positional argument{s} (and {kwonly} keyword-only argument{t})"))
        } else {
            self.new_str("")
        };
        let extra = match extra {
            Ok(v) => text_of(v),
            Err(e) => return e,
        };
        if ndef > 0 {
            let least = argcount.saturating_sub(ndef);
            self.type_error(message!(
                "{q}() takes from {least} to {argcount} positional arguments but {given}{extra} {verb} given"
            ))
        } else {
            let s = plural(argcount);
            self.type_error(message!(
                "{q}() takes {argcount} positional argument{s} but {given}{extra} {verb} given"
            ))
        }
    }

    /// How many of the keywords given are keyword-only parameters.
    fn keyword_only_given(&self, code: Gc<Code>, names: Option<Gc<Tuple>>) -> usize {
        let (from, to) = (code.argcount as u32, (code.argcount + code.kwonly) as u32);
        let is_param = |n: &Value| {
            (from..to).any(|i| code.module().var_name(&code.func, i).is_some_and(|v| v == text_of(*n)))
        };
        names.map_or(0, |t| t.items().iter().filter(|n| is_param(n)).count())
    }

    #[cold]
    pub(crate) fn missing_arguments(
        &mut self,
        f: Gc<Function>,
        code: Gc<Code>,
        site: &CallSite,
        from: usize,
        to: usize,
        what: &str,
    ) -> Exit {
        if cfg!(not(feature = "messages")) {
            return self.raise_bare(exc::TypeError);
        }
        let q = text_of(f.qualname.get());
        // SAFETY: parameter slots lie inside the room made for the frame.
        let absent = |i: &usize| unsafe { (*site.args.add(*i)).is_unbound() };
        let has_default = |i: usize| {
            from > 0
                && f.kwdefaults.get().get::<Dict>().is_some_and(|d| {
                    let name = code.module().var_name(&code.func, i as u32).unwrap_or("");
                    self.find_interned(name.as_bytes()).is_some_and(|k| d.iter().any(|e| e.key == k))
                })
        };
        let count = (from..to).filter(absent).filter(|&i| !has_default(i)).count();
        let mut list = TextBuf::new();
        for (seen, i) in (from..to).filter(absent).filter(|&i| !has_default(i)).enumerate() {
            let name = code.module().var_name(&code.func, i as u32).unwrap_or("?");
            let sep = match seen {
                0 => "",
                n if n + 1 == count && count == 2 => " and ",
                n if n + 1 == count => ", and ",
                _ => ", ",
            };
            let pushed =
                [sep, "'", name, "'"].into_iter().try_for_each(|p| list.push(&self.heap, p.as_bytes()));
            if let Err(e) = pushed {
                return e;
            }
        }
        let s = plural(count);
        let list = core::str::from_utf8(list.as_bytes()).unwrap_or("?");
        self.type_error(message!("{q}() missing {count} required {what} argument{s}: {list}"))
    }

    /// Binds a native's arguments to its slots, in place; see `Args`.
    pub(crate) fn bind_native(
        &mut self,
        callee: Value,
        d: &'static NativeDef,
        site: &mut CallSite,
    ) -> Res<()> {
        let sig = &d.sig();
        let nkw = site.kw.get::<Tuple>().map_or(0, |t| t.len());
        let npos = site.n - nkw;
        let pos = sig.pos as usize;
        if nkw > 0 && sig.kwonly == 0 && !sig.varkw && sig.posonly == sig.pos {
            let name = self.callable_name(callee)?;
            let name = text_of(name);
            return Err(self.type_error(message!("{name} takes no keyword arguments")));
        }
        if !sig.varargs && npos > pos {
            return Err(self.native_arity(callee, d, npos));
        }
        let positional = if nkw == 0 { sig.required } else { sig.required.min(sig.posonly) };
        if npos < positional as usize && !(sig.varargs && nkw > 0) {
            return Err(self.native_arity(callee, d, npos));
        }
        let slots = sig.slots();
        if nkw == 0 {
            // Only the extra positional arguments move; the rest is filled up.
            let extra = npos.saturating_sub(pos);
            // SAFETY: the caller made room for `n + slots` words.
            unsafe {
                core::ptr::copy(site.args.add(pos), site.args.add(slots), extra);
                for i in npos.min(pos)..slots {
                    *site.args.add(i) = Value::UNBOUND;
                }
            }
            site.n = slots + extra;
            return Ok(());
        }
        let varkw = if sig.varkw && nkw > 0 { dict::new(&mut self.heap)?.value() } else { Value::UNBOUND };
        // Collect everything before writing into the window.
        let named = crate::object::list::with_capacity(&mut self.heap, slots + npos)?;
        for i in 0..slots {
            // SAFETY: `i < npos <= n`.
            let v = if i < pos && i < npos { unsafe { *site.args.add(i) } } else { Value::UNBOUND };
            named.push(&mut self.heap, v)?;
        }
        for i in pos..npos {
            // SAFETY: `i < npos <= n`.
            named.push(&mut self.heap, unsafe { *site.args.add(i) })?;
        }
        if let Some(names) = site.kw.get::<Tuple>() {
            for (i, &name) in names.items().iter().enumerate() {
                // SAFETY: `npos + i < n`.
                let v = unsafe { *site.args.add(npos + i) };
                self.bind_native_keyword(d, named, varkw, name, v)?;
            }
        }
        for i in 0..sig.required as usize {
            if named.get(i).is_none_or(Value::is_unbound) {
                let name = d.name();
                let param = sig.names().nth(i).unwrap_or("?");
                let nth = i + 1 - d.counts_self() as usize;
                return Err(
                    self.type_error(message!("{name}() missing required argument '{param}' (pos {nth})"))
                );
            }
        }
        if sig.varkw {
            named.set(slots - 1, varkw);
        }
        let n = if sig.varargs { named.len() } else { slots };
        for (i, &v) in named.items().iter().take(n).enumerate() {
            // SAFETY: the caller made room for `n + slots` words.
            unsafe { *site.args.add(i) = v };
        }
        site.n = n;
        site.kw = Value::UNBOUND;
        Ok(())
    }

    fn bind_native_keyword(
        &mut self,
        d: &'static NativeDef,
        named: Gc<crate::object::List>,
        varkw: Value,
        name: Value,
        v: Value,
    ) -> Res<()> {
        let sig = &d.sig();
        let text = text_of(name);
        let index = sig.names().position(|n| n == text).filter(|&i| i >= sig.posonly as usize);
        match index {
            Some(i) if named.get(i).is_some_and(|x| !x.is_unbound()) => {
                let fname = d.name();
                let nth = i + 1 - d.counts_self() as usize;
                Err(self.type_error(message!(
                    "argument for {fname}() given by name ('{text}') and position ({nth})"
                )))
            }
            Some(i) => {
                named.set(i, v);
                Ok(())
            }
            None => match varkw.get::<Dict>() {
                Some(kw) => self.dict_set_str(kw, name, v),
                None => {
                    // `sorted` hands its keywords to the list's method.
                    let fname = if d.name() == "sorted" { "sort" } else { d.name() };
                    Err(self.type_error(message!("{fname}() got an unexpected keyword argument '{text}'")))
                }
            },
        }
    }

    /// Checks the class that `__new__` of a built-in type is called with.
    pub(crate) fn check_new(&mut self, b: Gc<Builtin>, d: &NativeDef, site: &CallSite) -> Res<()> {
        let Some(owner) = b.owner.get::<Type>() else { return Ok(()) };
        let tn = super::text_of_type(owner);
        if tn != d.name() {
            return Ok(());
        }
        if site.n == site.kw_count() {
            return Err(self.type_error(message!("{tn}.__new__(): not enough arguments")));
        }
        // SAFETY: there is a positional argument.
        let cls = unsafe { *site.args };
        let Some(t) = cls.get::<Type>() else {
            let got = self.type_name(cls);
            return Err(self.type_error(message!("{tn}.__new__(X): X is not a type object ({got})")));
        };
        let ct = super::text_of_type(t);
        if !t.is_subclass_of(owner.value()) {
            return Err(self.type_error(message!("{tn}.__new__({ct}): {ct} is not a subtype of {tn}")));
        }
        if t.base_kind != owner.base_kind {
            let base = crate::object::KIND_NAMES[t.base_kind as usize];
            return Err(self.type_error(message!("{tn}.__new__({ct}) is not safe, use {base}.__new__()")));
        }
        Ok(())
    }

    /// The arity error of a native, in the words CPython's argument parsers use.
    #[cold]
    fn native_arity(&mut self, callee: Value, d: &'static NativeDef, npos: usize) -> Exit {
        if cfg!(not(feature = "messages")) {
            return self.raise_bare(exc::TypeError);
        }
        let own = d.counts_self() as usize;
        let sig = &d.sig();
        let (most, least) =
            ((sig.pos as usize).saturating_sub(own), (sig.required as usize).saturating_sub(own));
        let given = npos.saturating_sub(own);
        let name = d.name();
        if sig.posonly == sig.pos && sig.kwonly == 0 {
            return self.positional_arity(callee, d, [least, most, given]);
        }
        let all = most + sig.kwonly as usize;
        if given > all && matches!(name, "int" | "str") {
            // These constructors check positions before they look at keywords.
            return self.type_error(message!("{name} expected at most {all} arguments, got {given}"));
        }
        let posonly = (sig.posonly as usize).saturating_sub(own).min(least);
        if given > all {
            let (how, s) = (if least == all { "exactly" } else { "at most" }, plural(all));
            return self.type_error(message!("{name}() takes {how} {all} argument{s} ({given} given)"));
        }
        if given > most {
            if most == 0 {
                return self.type_error(message!("{name}() takes no positional arguments"));
            }
            let (how, s) = (if posonly < most { "at most" } else { "exactly" }, plural(most));
            return self
                .type_error(message!("{name}() takes {how} {most} positional argument{s} ({given} given)"));
        }
        if given < posonly {
            let (how, s) = (if posonly < most { "at least" } else { "exactly" }, plural(posonly));
            return self.type_error(message!(
                "{name}() takes {how} {posonly} positional argument{s} ({given} given)"
            ));
        }
        let param = sig.names().nth(npos).unwrap_or("?");
        let nth = given + 1;
        self.type_error(message!("{name}() missing required argument '{param}' (pos {nth})"))
    }

    /// The arity error of a native whose parameters are all positional.
    fn positional_arity(&mut self, callee: Value, d: &NativeDef, [least, most, given]: [usize; 3]) -> Exit {
        let name = d.name();
        let owner = crate::object::func::get_builtin(callee).and_then(|b| b.owner.get::<Type>());
        let makes = callee.get::<Type>().is_some() || owner.is_some_and(|t| super::text_of_type(t) == name);
        if owner.is_some() && !makes && name.starts_with("__") && least == most {
            let s = plural(most);
            return self.type_error(message!("expected {most} argument{s}, got {given}"));
        }
        if most == least && most < 2 && !makes {
            let qualified = match self.callable_name(callee) {
                Ok(q) => text_of(q),
                Err(e) => return e,
            };
            let what = if most == 0 { "no arguments" } else { "exactly one argument" };
            return self.type_error(message!("{qualified} takes {what} ({given} given)"));
        }
        let (bound, n) = if given < least { (least, least) } else { (most, most) };
        let how = match () {
            () if least == most => "",
            () if given < least => "at least ",
            () => "at most ",
        };
        let s = plural(n);
        let name = if name == "super" { "super()" } else { name };
        self.type_error(message!("{name} expected {how}{bound} argument{s}, got {given}"))
    }
}

impl NativeDef {
    /// Whether the first parameter is the receiver, which messages do not count.
    fn counts_self(&self) -> bool {
        matches!(self.sig().names().next(), Some("self" | "cls"))
    }
}
