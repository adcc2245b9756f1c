//! Module objects: the main program, built-in modules, and what the host's finder brings.

use crate::builtins::LEFT_OUT;
use crate::bytecode::Module as Code;
use crate::exit::{Exit, Res};
use crate::heap::Gc;
use crate::interp::{Name, Rt, SyntaxPlace};
use crate::object::exception::exc;
use crate::object::func::new_function;
use crate::object::{Dict, Str, dict, kind, misc};
use crate::value::Value;
use alloc::sync::Arc;

impl Rt {
    /// A module object for compiled code, in `sys.modules`, and the function that runs its body.
    pub(crate) fn make_module(&mut self, code: &Arc<Code>, name: &str) -> Res<(Value, Value)> {
        let globals = dict::new(&mut self.heap)?;
        let object = misc::new_module(&mut self.heap, globals.value())?.value();
        let inst = self.code_of_module(code)?;
        let body = new_function(&mut self.heap, inst, globals.value(), Value::NONE)?;
        let name_str = self.intern(name.as_bytes())?;
        let key = self.name(Name::__name__)?;
        self.dict_set_str(globals, key, name_str)?;
        let doc = match code.func(0) {
            Some(f) if f.doc > 0 => inst.consts().get(f.doc as usize - 1).copied().unwrap_or(Value::NONE),
            _ => Value::NONE,
        };
        self.dict_set_name(globals, "__doc__", doc)?;
        let file_name = code.file_name();
        let package = file_name.ends_with("__init__.py");
        let file = self.new_str(file_name)?;
        self.dict_set_name(globals, "__file__", file)?;
        let (parent, path) = if package {
            let dir = file_name.strip_suffix("__init__.py").unwrap_or(file_name).trim_end_matches('/');
            let dir = self.new_str(dir)?;
            (name, Some(self.new_list(&[dir])?))
        } else if name == "__main__" {
            ("", None)
        } else {
            (name.rsplit_once('.').map_or("", |p| p.0), None)
        };
        let parent = if name == "__main__" { Value::NONE } else { self.new_str(parent)? };
        self.dict_set_name(globals, "__package__", parent)?;
        if let Some(p) = path {
            self.dict_set_name(globals, "__path__", p)?;
        }
        let builtins = self.module_named("builtins")?;
        self.dict_set_name(globals, "__builtins__", builtins)?;
        if name == "__main__"
            && let Some(m) = self.modules.get::<Dict>()
        {
            self.dict_set_str(m, name_str, object)?;
        }
        Ok((object, body.value()))
    }

    /// A built-in module by name, made on first use.
    pub(crate) fn module_named(&mut self, name: &str) -> Res<Value> {
        let Some(loaded) = self.modules.get::<Dict>() else { return Ok(Value::NONE) };
        let key = self.intern(name.as_bytes())?;
        if let Some(m) = self.dict_get_str(loaded, key) {
            return Ok(m);
        }
        if name == "builtins" {
            let m = misc::new_module(&mut self.heap, self.builtins)?.value();
            self.dict_set_str(loaded, key, m)?;
            return Ok(m);
        }
        let Some(d) = self.native_modules.iter().find(|d| d.name == name).copied() else {
            return Ok(Value::NONE);
        };
        let globals: Gc<Dict> = dict::new(&mut self.heap)?;
        let m = misc::new_module(&mut self.heap, globals.value())?.value();
        let k = self.name(Name::__name__)?;
        self.dict_set_str(globals, k, key)?;
        let doc = self.new_str(d.doc)?;
        self.dict_set_name(globals, "__doc__", doc)?;
        for f in d.functions {
            let v = self.new_native(f, kind::Builtin, Value::UNBOUND, key)?;
            self.dict_set_name(globals, f.name(), v)?;
        }
        (d.init)(self, globals)?;
        self.dict_set_str(loaded, key, m)?;
        Ok(m)
    }

    /// The intrinsic `_load_module(name)`: (module, body to run or None), or None if there is no such module.
    pub(crate) fn load_module(&mut self, name: Value) -> Res<Value> {
        let Some(s) = name.get::<Str>() else { return Ok(Value::NONE) };
        let text = s.lossy();
        let native = self.module_named(text)?;
        if !native.is_none() {
            return self.new_tuple(&[native, Value::NONE]);
        }
        match self.hooks.find_module(text) {
            Ok(Some(code)) => {
                let (object, body) = self.make_module(&code, text)?;
                self.new_tuple(&[object, body])
            }
            Ok(None) if LEFT_OUT.contains(&text) => Err(self.raise(
                exc::ImportError,
                format_args!(
                    "this build of Taipan is without module '{text}' (feature '{text}' of taipan-core)"
                ),
            )),
            Ok(None) => Ok(Value::NONE),
            Err(e) => match &e.place {
                Some(p) => Err(self.syntax_error_at(e.number, &e.message, p)),
                None => Err(self.raise(e.number, format_args!("{}", e.message))),
            },
        }
    }

    fn syntax_error_at(&mut self, number: u16, message: &str, p: &SyntaxPlace) -> Exit {
        let texts = (|| Ok([self.new_str(message)?, self.new_str(&p.file)?, self.new_str(&p.text)?]))();
        let [message, file, text] = match texts {
            Ok(t) => t,
            Err(e) => return e,
        };
        let number_of = |n: u32| Value::int(n as i64);
        let fields = [
            message,
            file,
            number_of(p.line),
            if p.col == 0 { Value::NONE } else { number_of(p.col) },
            text,
            number_of(p.end_line),
            number_of(p.end_col),
            Value::NONE,
        ];
        crate::builtins::exceptions::syntax_error(self, number, fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interp::HostHooks;
    use crate::vm::{Config, Isolate};
    use alloc::borrow::ToOwned as _;

    struct NoHost;
    impl HostHooks for NoHost {
        fn write(&mut self, _: &[u8], _: bool) {}
    }

    /// Run with and without the features by `cargo xtask nostd`.
    #[test]
    fn a_module_that_was_left_out_is_named_with_its_feature() {
        let mut vm = Isolate::new(Config::default(), alloc::boxed::Box::new(NoHost)).expect("memory");
        let key = vm.rt.new_str("math").expect("memory");
        let got = vm.rt.load_module(key);
        assert_eq!(got.is_err(), LEFT_OUT.contains(&"math"));
        if got.is_err() {
            let e = vm.rt.raised.get::<crate::object::Exception>().expect("an exception");
            let args = e.args.get().get::<crate::object::Tuple>().expect("args");
            let text = args.items()[0].get::<Str>().expect("a message").lossy().to_owned();
            assert!(text.contains("without module 'math' (feature 'math'"), "{text}");
        }
    }
}
