//! `time`: the host's clocks, and sleep in slices that interrupts can end.

use super::left_out::doc;
use crate::exit::Res;
use crate::interp::{Args, ModuleDef, Rt, def};
use crate::object::exception::exc;
use crate::object::{float, int};
use crate::value::Value;

/// The module.
pub static MODULE: ModuleDef = ModuleDef {
    name: "time",
    doc: doc("This module provides various functions to manipulate time values."),
    functions: &[
        def("time", "", |rt, _| seconds(rt, Clock::Wall)),
        def("time_ns", "", |rt, _| nanoseconds(rt, Clock::Wall)),
        def("monotonic", "", |rt, _| seconds(rt, Clock::Steady)),
        def("monotonic_ns", "", |rt, _| nanoseconds(rt, Clock::Steady)),
        def("perf_counter", "", |rt, _| seconds(rt, Clock::Steady)),
        def("perf_counter_ns", "", |rt, _| nanoseconds(rt, Clock::Steady)),
        def("process_time", "", |rt, _| seconds(rt, Clock::Steady)),
        def("process_time_ns", "", |rt, _| nanoseconds(rt, Clock::Steady)),
        def("thread_time", "", |rt, _| seconds(rt, Clock::Steady)),
        def("sleep", "seconds, /", sleep),
    ],
    init: |rt, d| {
        let utc = rt.new_str("UTC")?;
        let names = rt.new_tuple(&[utc, utc])?;
        rt.dict_set_name(d, "timezone", Value::ZERO)?;
        rt.dict_set_name(d, "tzname", names)
    },
};

#[derive(Clone, Copy)]
enum Clock {
    Wall,
    Steady,
}

fn read(rt: &mut Rt, clock: Clock) -> Res<f64> {
    let now = match clock {
        Clock::Wall => rt.hooks.wall_clock(),
        Clock::Steady => rt.hooks.monotonic(),
    };
    now.ok_or_else(|| rt.raise(exc::RuntimeError, message!("the host provides no clock")))
}

fn seconds(rt: &mut Rt, clock: Clock) -> Res<Value> {
    let x = read(rt, clock)?;
    float::new(&mut rt.heap, x)
}

fn nanoseconds(rt: &mut Rt, clock: Clock) -> Res<Value> {
    let x = read(rt, clock)?;
    int::from_i128(&mut rt.heap, (x * 1e9) as i128)
}

/// Longest sleep between two looks at the interrupt word.
const SLICE: f64 = 0.01;

fn sleep(rt: &mut Rt, a: Args) -> Res<Value> {
    let Some(mut left) = super::intrinsics::as_float(a.at(0)) else {
        let name = rt.type_name(a.at(0));
        return Err(rt.type_error(message!("'{name}' object cannot be interpreted as an integer")));
    };
    if left.is_nan() {
        return Err(rt.value_error(message!("Invalid value NaN (not a number)")));
    }
    if left < 0.0 {
        return Err(rt.value_error(message!("sleep length must be non-negative")));
    }
    if left > 9.2e9 {
        return Err(rt.overflow_error(message!("timestamp too large to convert to C PyTime_t")));
    }
    loop {
        rt.poll()?;
        let slice = left.min(SLICE);
        let Some(rest) = rt.hooks.sleep(slice) else {
            return Err(rt.raise(exc::RuntimeError, message!("the host does not let programs sleep")));
        };
        // Not `clamp`, whose message would bring `core`'s text of floats into every program.
        left -= slice - rest.max(0.0).min(slice);
        if left <= 0.0 {
            return Ok(Value::NONE);
        }
    }
}
