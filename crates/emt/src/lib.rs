//! Library face of emt: render, emit the chart, check.
