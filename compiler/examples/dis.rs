//! Prints the bytecode of a source file (`-` for standard input), or only checks many files with `--check`.
use std::io::Read;
use taipan_compiler::{CompileError, Options, compile};

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let check = args.first().is_some_and(|a| a == "--check");
    if check {
        args.remove(0);
    }
    for name in &args {
        let source = if name == "-" {
            let mut s = Vec::new();
            std::io::stdin().read_to_end(&mut s).expect("standard input");
            s
        } else {
            std::fs::read(name).expect("a readable file")
        };
        let opts = Options { file_name: name, max_source: 1 << 30, ..Options::default() };
        match compile(&source, &opts, &mut |_| true) {
            Ok(m) if !check => {
                let mut text = String::new();
                let _ = taipan_core::bytecode::disasm::module(&m, &mut text);
                print!("{text}");
            }
            Ok(_) => {}
            Err(CompileError::Syntax(e)) => {
                println!("{name}:{}:{}-{}:{} {:?}: {}", e.line, e.col, e.end_line, e.end_col, e.kind, e.msg);
                let kind = format!("{:?}Error", e.kind).replace("Tab", "Tab");
                let shown = e.text.trim_start_matches([' ', '\x0c']);
                let cut = (e.text.len() - shown.len()) as u32;
                let last = if e.end_line == e.line && e.end_col > e.col { e.end_col } else { e.col + 1 };
                let last = if e.end_line > e.line { e.text.chars().count() as u32 + 1 } else { last };
                println!("    {}", shown.trim_end());
                if e.col > cut {
                    println!(
                        "    {}{}",
                        " ".repeat((e.col - cut - 1) as usize),
                        "^".repeat((last - e.col) as usize)
                    );
                }
                println!("{kind}: {}", e.msg);
            }
            Err(e) => println!("{name}: {e:?}"),
        }
    }
}
