//! Gets connections going that tiny_http has left lying.
//!
//! tiny_http 0.12 reads each connection in a thread of a pool. When several come at once, as from a
//! browser that loads a page, it counts the same idle thread for more than one of them; what is too
//! much stays in the pool's queue until some thread is free, and with connections that browsers keep
//! open that is never. A connection that opens and closes makes the pool start a thread, or wake
//! one, which then takes one of the queue. So every answer is followed by such a connection, and
//! the answer to what that sets free by the next one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Duration;

/// Connections that come within this time are one burst.
const BURST: Duration = Duration::from_millis(20);

/// Follows every burst of answers with a connection to `server`, until nobody answers any more.
pub(super) fn run(server: SocketAddr, answered: &Receiver<()>) {
    let server = reachable(server);
    while answered.recv().is_ok() {
        thread::sleep(BURST);
        answered.try_iter().for_each(drop);
        // It is closed at once. If it fails, the next answer tries again.
        drop(TcpStream::connect(server));
    }
}

/// An address to connect to, for a server that listens on every address.
fn reachable(mut server: SocketAddr) -> SocketAddr {
    if server.ip().is_unspecified() {
        let is_v4 = server.is_ipv4();
        server.set_ip(if is_v4 { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { IpAddr::V6(Ipv6Addr::LOCALHOST) });
    }
    server
}
