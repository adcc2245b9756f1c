//! Forks of a process with machine code: parent and child go on making code, and neither sees what the other makes.
#![cfg(all(any(target_arch = "x86_64", target_arch = "aarch64"), target_os = "linux"))]

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};
use taipan::{CodeMemory, JitMode, OsMemory, Value, Vm};

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

/// Whether a child, whose parent has made and given back much code since the fork, still runs what it was forked with.
#[test]
fn code_of_a_child_stays_what_it_was() {
    let builder = Vm::builder().jit(JitMode::On).jit_threshold(5).jit_code_bytes(256 << 10).output(|_, _| {});
    let mut vm = builder.build().expect("a VM");
    vm.run_source("program.py", program(7)).expect("the program runs");
    let total: i64 = (0..500).map(|i| if i % 3 != 0 { i * 7 } else { -i }).sum();
    let right = |vm: &mut Vm| vm.call("f7", &[Value::Int(500)]).expect("a result") == Value::Int(total);
    assert!(right(&mut vm) && vm.stats().jit.traces > 0);
    let (mut wait, mut go) = std::io::pipe().expect("a pipe");
    // SAFETY: the child runs a VM, which starts no threads, and leaves.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        drop(go);
        let told = wait.read(&mut [0]).is_ok_and(|n| n == 1);
        leave(told && (0..20).all(|_| right(&mut vm)));
    }
    assert!(pid > 0, "no fork");
    for n in 0..800 {
        vm.run_source("program.py", program(n)).expect("the program runs");
    }
    assert!(vm.stats().jit.freed > 500, "{} traces were freed", vm.stats().jit.freed);
    go.write_all(&[1]).expect("the child listens");
    let mut status = 1;
    // SAFETY: the child forked above; the status is a local.
    assert_eq!(unsafe { libc::waitpid(pid, &raw mut status, 0) }, pid);
    assert_eq!((libc::WIFEXITED(status), libc::WEXITSTATUS(status)), (true, 0), "the child");
}
