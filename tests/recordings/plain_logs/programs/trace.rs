//! Says a line with a time, then panics.
use std::time::{SystemTime, UNIX_EPOCH};

fn checkout(in_use: usize) -> usize {
    let pool: Vec<usize> = (0..10).collect();
    pool[in_use]
}

fn main() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    eprintln!("{}.{:06} INFO orders listening on port 8080", now.as_secs(), now.subsec_micros());
    println!("{}", checkout(std::env::args().count() + 9));
}
