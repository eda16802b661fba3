//! The review as one page: placeholder while compiling.
