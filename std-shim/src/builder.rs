//! Settings of a VM.

use crate::hooks::{Output, StdHooks};
use crate::instrument::Forced;
use crate::jit::{JitMode, JitSettings};
use crate::vm::Settings;
use crate::{Error, Vm};
use std::path::PathBuf;
use std::time::Duration;
use taipan_core::emit::CodeMemory;
use taipan_core::vm::Sizes;

/// Limits and connections of a [`Vm`] to be.
#[derive(Debug)]
pub struct Builder {
    max_memory: usize,
    max_recursion: u32,
    max_output: Option<u64>,
    hash_seed: Option<u64>,
    gc_stress: bool,
    sizes: Sizes,
    output: Output,
    jit: JitSettings,
    settings: Settings,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder {
            max_memory: 1 << 30,
            max_recursion: 1000,
            max_output: None,
            hash_seed: None,
            gc_stress: false,
            sizes: Sizes::default(),
            output: Output::standard(),
            jit: JitSettings::default(),
            settings: Settings::default(),
        }
    }
}

impl Builder {
    /// Most bytes that the guest's objects may take; beyond, `MemoryError` is raised. 1 GiB by default.
    pub fn max_memory(mut self, bytes: usize) -> Self {
        self.max_memory = bytes;
        self
    }
    /// Most nested calls; beyond, `RecursionError` is raised. 1000 by default.
    pub fn max_recursion(mut self, calls: u32) -> Self {
        self.max_recursion = calls;
        self
    }
    /// Most bytes of output, standard output and error stream together; beyond, the run ends.
    pub fn max_output(mut self, bytes: u64) -> Self {
        self.max_output = Some(bytes);
        self
    }
    /// Units of work to begin with; when they are used up, the run pauses. Unlimited by default.
    pub fn fuel(mut self, units: u64) -> Self {
        self.settings.fuel = Some(units);
        self
    }
    /// Longest time for one run or call. A thread keeps it; where none can be made, nothing is run and the error is
    /// [`Memory`](crate::ErrorKind::Memory).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }
    /// Key of str hashes; random by default. With a fixed one, sets of strs have the same order on every run.
    pub fn hash_seed(mut self, seed: u64) -> Self {
        self.hash_seed = Some(seed);
        self
    }
    /// Collects garbage at every opportunity, to find errors of the runtime.
    pub fn gc_stress(mut self, on: bool) -> Self {
        self.gc_stress = on;
        self
    }
    /// Sizes of the VM's own structures, for machines or servers where each kilobyte counts. Programs behave the same
    /// whatever they are.
    pub fn sizes(mut self, sizes: Sizes) -> Self {
        self.sizes = sizes;
        self
    }
    /// Where output goes instead of the process's own streams: the text, and whether it is for the error stream.
    pub fn output(mut self, callback: impl FnMut(&[u8], bool) + Send + 'static) -> Self {
        self.output = Output::callback(Box::new(callback));
        self
    }
    /// Adds a directory to look for imported modules in.
    pub fn module_path(mut self, dir: impl Into<PathBuf>) -> Self {
        self.settings.module_paths.push(dir.into());
        self
    }
    /// `sys.argv`.
    pub fn argv(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.argv = args.into_iter().map(Into::into).collect();
        self
    }
    /// How hot code runs; as machine code by default.
    pub fn jit(mut self, mode: JitMode) -> Self {
        self.jit.mode = mode;
        self
    }
    /// Iterations of a loop before it is compiled.
    pub fn jit_threshold(mut self, iterations: u16) -> Self {
        self.jit.config.threshold = iterations.max(1);
        self.jit.config.side_threshold = iterations.max(1);
        self
    }
    /// Most traces that are compiled.
    pub fn jit_max_traces(mut self, traces: u16) -> Self {
        self.jit.config.max_traces = traces;
        self
    }
    /// Keeps the text of every trace, for [`Vm::traces`].
    pub fn jit_listings(mut self, on: bool) -> Self {
        self.jit.config.listings = on;
        self
    }
    /// Most bytes of machine code; 16 MiB by default. Code that finds no room is interpreted.
    pub fn jit_code_bytes(mut self, bytes: usize) -> Self {
        self.jit.code_bytes = Some(bytes);
        self
    }
    /// Where machine code lies, instead of memory from the operating system: for hosts that may not map executable
    /// memory, or have their own. [`CodeMemory`] says what is asked of it.
    pub fn code_memory(mut self, memory: impl CodeMemory + 'static) -> Self {
        self.jit.memory = Some(Box::new(memory));
        self
    }
    /// To test the JIT: exit number `exit` of all that are compiled fails, after it has been passed `after` times.
    pub fn jit_force_exit(mut self, exit: u32, after: u32) -> Self {
        self.jit.instrument.forced = Some(Forced { exit, after });
        self
    }
    /// Counts the guards that compiled code executes, for [`Stats::guards_executed`](crate::Stats::guards_executed).
    /// The code is slower meanwhile.
    pub fn jit_count_guards(mut self, on: bool) -> Self {
        self.jit.instrument.count = on;
        self
    }
    /// Longest source in bytes. 1 MB by default.
    pub fn max_source(mut self, bytes: usize) -> Self {
        self.settings.max_source = bytes;
        self
    }

    /// Makes the VM.
    pub fn build(self) -> Result<Vm, Error> {
        let seed = self.hash_seed.unwrap_or_else(random_seed);
        let paths = self.settings.module_paths.clone();
        let hooks = StdHooks::new(self.output, paths, self.settings.max_source, self.max_memory);
        let config = taipan_core::vm::Config {
            max_memory: self.max_memory,
            max_recursion: self.max_recursion,
            max_output: self.max_output,
            hash_seed: Some(seed),
            gc_stress: self.gc_stress,
            sizes: self.sizes,
        };
        Vm::new(config, hooks, self.settings, self.jit)
    }
}

/// The standard library's hasher keys come from the system's source of randomness.
fn random_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}
