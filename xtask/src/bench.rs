//! stub
use xtask::Result;
pub fn bench(_: &[String]) -> Result {
    Ok(())
}
