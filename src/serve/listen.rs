//! Finds a free port.

use std::io;
use std::net::TcpListener;

/// How many ports after the usual one are tried.
const SPARE: u16 = 20;

/// Which port to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// This one; 0 for any that is free.
    Exactly(u16),
    /// This one or, if it is taken, one of the 20 after it.
    From(u16),
}

/// Why no port could be opened.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another program listens there.
    #[error("port {0} is taken by another program: choose another with `--port`, or leave `--port` out")]
    Taken(u16),
    /// Other programs listen on all that were tried.
    #[error("the ports {0} to {1} are all taken: choose another with `--port`")]
    AllTaken(u16, u16),
    /// The system does not allow it, or the host is not this machine.
    #[error("cannot listen on {0}: {1}")]
    Refused(String, io::Error),
}

/// Opens a port of `host`, which is a name or an IP address of this machine.
///
/// # Errors
/// When there is none.
pub fn bind(host: &str, port: Port) -> Result<TcpListener, BindError> {
    let (first, last) = match port {
        Port::Exactly(port) => (port, port),
        Port::From(port) => (port, port.saturating_add(SPARE)),
    };
    for port in first..=last {
        match TcpListener::bind((host.trim_matches(['[', ']']), port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(BindError::Refused(format!("{host}:{port}"), error)),
        }
    }
    Err(if first == last { BindError::Taken(first) } else { BindError::AllTaken(first, last) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let first = bind("127.0.0.1", Port::Exactly(0)).unwrap();
        let taken = first.local_addr().unwrap().port();
        assert!(matches!(bind("127.0.0.1", Port::Exactly(taken)), Err(BindError::Taken(port)) if port == taken));
        let second = bind("127.0.0.1", Port::From(taken)).unwrap();
        assert!(second.local_addr().unwrap().port() > taken);
    }
}
