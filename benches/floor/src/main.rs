//! The floor for a static site generator: writes as many files of the same sizes and does nothing else.
//!
//! floor MANIFEST OUT THREADS
//!
//! MANIFEST has a line "SIZE<tab>PATH" for each file: find public -type f -printf '%s\t%P\n' >manifest.
//! OUT must not exist. Prints what it wrote.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, process, thread};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [manifest, out, threads] = arguments.as_slice() else {
        eprintln!("usage: floor MANIFEST OUT THREADS");
        process::exit(2);
    };
    let threads: usize = threads.parse().expect("THREADS is a number");
    if let Err(error) = run(manifest, out, threads) {
        eprintln!("floor: {error}");
        process::exit(1);
    }
}

fn run(manifest: &str, out: &str, threads: usize) -> io::Result<()> {
    let root = Path::new(out);
    fs::create_dir(root)?;
    let text = fs::read_to_string(manifest)?;
    let mut files: Vec<(usize, PathBuf)> = Vec::new();
    for line in text.lines() {
        let (size, path) = line.split_once('\t').expect("SIZE<tab>PATH");
        files.push((size.parse().expect("a size"), root.join(path)));
    }
    let largest = files.iter().map(|(size, _)| *size).max().unwrap_or(0);
    let content: Vec<u8> = b"<p>the same bytes, again and again</p>\n".iter().copied().cycle().take(largest).collect();
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(_, path)| path.parent()).collect();
    for folder in &folders {
        fs::create_dir_all(folder)?;
    }

    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        // Small batches keep the threads level without a queue.
        loop {
            let from = next.fetch_add(16, Ordering::Relaxed);
            if from >= files.len() {
                return Ok(());
            }
            for (size, path) in &files[from..files.len().min(from + 16)] {
                File::create(path)?.write_all(&content[..*size])?;
            }
        }
    };
    thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles.into_iter().try_for_each(|handle| handle.join().expect("no panic"))
    })?;
    println!("{} files in {} folders", files.len(), folders.len());
    Ok(())
}
