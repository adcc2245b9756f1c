//! Embedding: limits, a Rust function for Python, a Python function for Rust, fuel in slices.

use taipan::{Error, Progress, Value, Vm};

const PROGRAM: &str = "
def area(shape):
    kind, size = shape
    return log(kind) * size ** 2

total = 0
for i in range(1000):
    total += i
";

fn main() -> Result<(), Error> {
    let mut vm = Vm::builder().max_memory(64 << 20).max_recursion(200).fuel(1000).build()?;
    vm.register("log", |args| {
        println!("Python says {:?}", args.first());
        Ok(Value::from(3.0))
    })?;
    vm.start_source("shapes.py", PROGRAM)?;
    let mut slices = 1;
    while vm.resume()? == Progress::OutOfFuel {
        vm.add_fuel(1000);
        slices += 1;
    }
    println!("total {:?} after {slices} slices of fuel", vm.get("total")?);

    vm.add_fuel(1_000_000);
    let shape = Value::Tuple(vec!["circle".into(), 2.0.into()]);
    println!("area {:?}", vm.call("area", &[shape])?);
    match vm.call("area", &[Value::None]) {
        Ok(v) => println!("unexpected: {v:?}"),
        Err(e) => println!("refused: {e}"),
    }
    Ok(())
}
