//! What systems can do with folders beyond the standard library.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
#[cfg(target_os = "linux")]
use std::time::Duration;
use std::time::SystemTime;

/// The program that writes to a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockHolder {
    /// Its number in the system.
    pub process: u32,
    /// When it was started; none if the system does not tell.
    pub since: Option<SystemTime>,
}

/// The folder without links or, if it is not there yet, what it will be made in.
pub(super) fn existing(folder: &Path) -> PathBuf {
    let path = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    path.ancestors().find_map(|above| above.canonicalize().ok()).unwrap_or(path)
}

/// Puts two folders in each other's place, in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Writes everything below a folder through to the disk: on Linux in one go, with whatever else waits there.
#[cfg(target_os = "linux")]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.symlink_metadata()?.is_dir() {
            sync(&path)?;
        } else {
            fs::File::open(path)?.sync_all()?;
        }
    }
    Ok(())
}

/// Why another folder cannot take the place of this one, in words; none if it can.
#[cfg(unix)]
pub(super) fn bound(folder: &Path) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|meta| meta.dev());
    let working = std::env::current_dir().and_then(|folder| folder.canonicalize());
    // A rename does not cross devices, and a mount point cannot be moved.
    if device(folder) != folder.parent().and_then(device) {
        Some("something is mounted there")
    } else if working.is_ok_and(|working| working.starts_with(folder)) {
        Some("this command runs in it")
    } else {
        None
    }
}

#[cfg(not(unix))]
pub(super) fn bound(_: &Path) -> Option<&'static str> {
    Some("this system cannot exchange folders")
}

/// Gives a new folder the permissions of the old one; false if it would belong to somebody else.
pub(super) fn is_alike(new: &Path, old: &Path) -> io::Result<bool> {
    let (own, theirs) = (fs::metadata(new)?, fs::metadata(old)?);
    fs::set_permissions(new, theirs.permissions())?;
    Ok(owner(&own) == owner(&theirs))
}

#[cfg(unix)]
fn owner(meta: &fs::Metadata) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt;
    (meta.uid(), meta.gid())
}

#[cfg(not(unix))]
fn owner(_: &fs::Metadata) {}

/// The program that holds the lock of a file or folder, by the system's list of all locks.
#[cfg(target_os = "linux")]
pub(super) fn holder(file: &fs::File) -> Option<LockHolder> {
    use std::os::unix::fs::MetadataExt;
    let inode = file.metadata().ok()?.ino().to_string();
    let list = fs::read("/proc/locks").ok()?;
    let process = String::from_utf8_lossy(&list).lines().find_map(|line| {
        // `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`; with `->` before the kind for one that waits. The number of a
        // process in another container is 0.
        let [_, "FLOCK", _, _, process, place, ..] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            return None;
        };
        let is_it = place.rsplit(':').next() == Some(&*inode);
        process.parse().ok().filter(|process| is_it && *process > 0)
    })?;
    Some(LockHolder { process, since: started(process) })
}

#[cfg(not(target_os = "linux"))]
pub(super) fn holder(_: &fs::File) -> Option<LockHolder> {
    None
}

/// When a process was started: the time at which the system was, and how long after that.
#[cfg(target_os = "linux")]
fn started(process: u32) -> Option<SystemTime> {
    /// What one unit of that is in milliseconds, on every Linux: `USER_HZ` is 100.
    const UNIT: u64 = 10;
    let read = |path: &str| fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let stat = read(&format!("/proc/{process}/stat"))?;
    // The 22nd field; the second is a name in brackets, which may hold blanks.
    let after: u64 = stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()?;
    let boot: u64 = read("/proc/stat")?.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(boot) + Duration::from_millis(after * UNIT))
}
