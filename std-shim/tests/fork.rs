//! Forks of a process with machine code: parent and child go on making code, and neither sees what the other makes.
#![cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), target_os = "linux"))]

use std::sync::{Arc, Mutex};
use taipan::{CodeMemory, JitMode, OsMemory, Vm};

/// Defines a function, which becomes code when it runs.
fn program(number: i32) -> String {
    format!(
        "def f{number}(n):\n    t = 0\n    for i in range(n):\n        t += i * {number} if i % 3 else -i\n    return t\nprint(f{number}(500))\n"
    )
}

/// Ends the process without running anything of the test harness.
fn leave(ok: bool) -> ! {
    // SAFETY: the process is a child that this test forked.
    unsafe { libc::_exit(if ok { 0 } else { 1 }) }
}

/// Runs `child` in a fork, and answers whether it was content.
fn forked(child: impl FnOnce() -> bool) -> bool {
    // SAFETY: the child runs a VM, which starts no threads, and leaves.
    match unsafe { libc::fork() } {
        0 => leave(child()),
        pid => {
            assert!(pid > 0, "no fork");
            let mut status = 1;
            // SAFETY: the child forked above; the status is a local.
            assert_eq!(unsafe { libc::waitpid(pid, &raw mut status, 0) }, pid);
            libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0
        }
    }
}

#[test]
fn both_go_on_making_code() {
    let output = Arc::new(Mutex::new(Vec::new()));
    let to = output.clone();
    let write = move |bytes: &[u8], _| to.lock().expect("the only writer").extend_from_slice(bytes);
    let builder = Vm::builder().jit(JitMode::On).jit_threshold(5).output(write);
    let mut vm = builder.build().expect("a VM");
    let mut run = |numbers: core::ops::Range<i32>, again: bool| {
        output.lock().expect("the only reader").clear();
        let before = vm.stats().jit.traces;
        let mut expected = String::new();
        for n in numbers {
            vm.run_source("program.py", program(n)).expect("the program runs");
            let total: i32 = (0..500).map(|i| if i % 3 != 0 { i * n } else { -i }).sum();
            expected += &format!("{total}\n");
        }
        let text = String::from_utf8_lossy(&output.lock().expect("the only reader")).into_owned();
        text == expected && (again || vm.stats().jit.traces > before)
    };
    assert!(run(0..5, false));
    assert!(forked(|| run(100..130, false) && run(0..5, true)), "the child");
    assert!(run(200..230, false) && run(0..5, true), "the parent");
}

#[test]
fn a_child_does_not_write_to_its_parents_code() {
    for mut memory in [OsMemory::new(), OsMemory::with_one_view()] {
        let chunk = memory.allocate(1 << 16, 64).expect("memory");
        assert!(memory.may_write(&chunk));
        let shared = chunk.code != chunk.write;
        let content = forked(|| {
            let own = memory.allocate(1 << 16, 64).expect("memory");
            memory.may_write(&chunk) != shared && memory.may_write(&own)
        });
        assert!(content, "shared: {shared}");
    }
}
