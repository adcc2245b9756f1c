//! The gamma function and its logarithm by Lanczos' approximation (n = 13, g = 6.0246...), the rational
//! form CPython uses too, so that the last digits agree.

use super::super::NumError;
use core::f64::consts::PI;

const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// Coefficients from the constant term up: numerator and denominator.
#[expect(clippy::excessive_precision, reason = "the digits as published")]
const LANCZOS: [(f64, f64); 13] = [
    (23531376880.410759688572007674451636754734846804940, 0.0),
    (42919803642.649098768957899047001988850926355848959, 39916800.0),
    (35711959237.355668049440185451547166705960488635843, 120543840.0),
    (17921034426.037209699919755754458931112671403265390, 150917976.0),
    (6039542586.3520280050642916443072979210699388420708, 105258076.0),
    (1439720407.3117216736632230727949123939715485786772, 45995730.0),
    (248874557.86205415651146038641322942321632125127801, 13339535.0),
    (31426415.585400194380614231628318205362874684987640, 2637558.0),
    (2876370.6289353724412254090516208496135991145378768, 357423.0),
    (186056.26539522349504029498971604569928220784236328, 32670.0),
    (8071.6720023658162106380029022722506138218516325024, 1925.0),
    (210.82427775157934587250973392071336271166969580291, 66.0),
    (2.5066282746310002701649081771338373386264310793408, 1.0),
];

/// The rational part of the approximation. The direction of Horner's rule depends on the size of `x`, so
/// that no power overflows.
fn lanczos_sum(x: f64) -> f64 {
    let (mut num, mut den) = (0.0, 0.0);
    if x < 5.0 {
        for &(p, q) in LANCZOS.iter().rev() {
            num = num * x + p;
            den = den * x + q;
        }
    } else {
        for &(p, q) in &LANCZOS {
            num = num / x + p;
            den = den / x + q;
        }
    }
    num / den
}

/// `sin(pi * x)` without the rounding error of `pi * x`.
fn sin_pi(x: f64) -> f64 {
    let y = libm::fmod(x.abs(), 2.0);
    let r = match libm::round(2.0 * y) as i32 {
        0 => libm::sin(PI * y),
        1 => libm::cos(PI * (y - 0.5)),
        2 => libm::sin(PI * (1.0 - y)),
        3 => -libm::cos(PI * (y - 1.5)),
        _ => libm::sin(PI * (y - 2.0)),
    };
    libm::copysign(1.0, x) * r
}

/// `math.gamma(x)`.
pub fn gamma(x: f64) -> Result<f64, NumError> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x == f64::NEG_INFINITY || x == 0.0 {
        return Err(NumError::Domain);
    }
    if x == libm::floor(x) {
        if x < 0.0 {
            return Err(NumError::Domain);
        }
        if x <= 23.0 {
            // Factorials up to 22 are exact.
            return Ok((2..x as u64).fold(1.0, |p, i| p * i as f64));
        }
    }
    let ax = x.abs();
    if ax < 1e-20 {
        return finite(1.0 / x);
    }
    if ax > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(NumError::Overflow) };
    }
    let y = ax + G_MINUS_HALF;
    // z corrects for the rounding of y.
    let z = if ax > G_MINUS_HALF { (y - ax) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - ax } * G / y;
    let mut r = if x < 0.0 {
        let r = -PI / sin_pi(ax) / ax * libm::exp(y) / lanczos_sum(ax);
        r - z * r
    } else {
        let r = lanczos_sum(ax) / libm::exp(y);
        r + z * r
    };
    // The power in two halves where the whole would overflow.
    let (power, times) =
        if ax < 140.0 { (libm::pow(y, ax - 0.5), 1) } else { (libm::pow(y, ax / 2.0 - 0.25), 2) };
    for _ in 0..times {
        r = if x < 0.0 { r / power } else { r * power };
    }
    finite(r)
}

fn finite(r: f64) -> Result<f64, NumError> {
    if r.is_infinite() { Err(NumError::Overflow) } else { Ok(r) }
}

/// `math.lgamma(x)`.
pub fn lgamma(x: f64) -> Result<f64, NumError> {
    if x.is_nan() {
        return Ok(x);
    }
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x == libm::floor(x) && x <= 2.0 {
        return if x <= 0.0 { Err(NumError::Domain) } else { Ok(0.0) };
    }
    let ax = x.abs();
    if ax < 1e-20 {
        return Ok(-libm::log(ax));
    }
    let mut r = libm::log(lanczos_sum(ax)) - G;
    r += (ax - 0.5) * (libm::log(ax + G - 0.5) - 1.0);
    if x < 0.0 {
        r = LN_PI - libm::log(sin_pi(ax).abs()) - libm::log(ax) - r;
    }
    finite(r)
}
