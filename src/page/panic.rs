//! What a panic says, for who looks into it. The finished page's panics say
//! nothing (`tools/env.sh`).

use std::panic;

/// Has every panic say on the console what it was. The reader is told by
/// `boot.js`, as of any error that leaves the program.
pub fn log_panics() {
    panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
}
