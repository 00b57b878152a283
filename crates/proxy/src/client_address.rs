//! From which address a request comes: the connection's, or what servers that are trusted say of it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::request::Parts;

use crate::app::App;
use crate::config::Network;

/// The other end of a request's connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The address a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<Arc<App>> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        // Every connection has another end; were it unknown, all such requests would share one limit.
        let peer =
            parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        Ok(Self(client_address(peer, &parts.headers, &app.live().trusted_proxies)))
    }
}

/// Goes back from the connection from one trusted server to the one before it, and stops at the first that is not
/// trusted: what stands further to the left in `X-Forwarded-For` is only what that one claims.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let mut address = peer.to_canonical();
    let fields = headers.get_all("x-forwarded-for").iter().rev();
    let hops = fields.flat_map(|field| field.to_str().unwrap_or_default().rsplit(','));
    for hop in hops {
        if !trusted.iter().any(|network| network.contains(address)) {
            break;
        }
        let Some(before) = read_hop(hop.trim()) else { break };
        address = before.to_canonical();
    }
    address
}

/// An address, with or without a port.
fn read_hop(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            let value = http::HeaderValue::from_bytes(value.as_bytes()).expect("a header");
            headers.append("x-forwarded-for", value);
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| Network::parse(text).expect(text)).collect();
        client_address(peer.parse().expect(peer), &headers, &trusted).to_string()
    }

    #[test]
    fn without_trusted_servers_the_connection_alone_counts() {
        assert_eq!(address("203.0.113.5", &["198.51.100.1"], &[]), "203.0.113.5");
        assert_eq!(address("10.0.0.1", &["198.51.100.1, 10.0.0.2"], &[]), "10.0.0.1");
    }

    #[test]
    fn a_client_that_is_no_trusted_server_cannot_claim_an_address() {
        assert_eq!(address("203.0.113.5", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.5");
    }

    #[test]
    fn what_a_client_claims_stands_left_of_what_is_believed() {
        let trusted = ["10.0.0.0/8", "::1"];
        for forwarded in
            [&["203.0.113.5"][..], &["198.51.100.1, 203.0.113.5"], &["198.51.100.1", "203.0.113.5"]]
        {
            assert_eq!(address("10.0.0.1", forwarded, &trusted), "203.0.113.5");
            assert_eq!(address("::1", forwarded, &trusted), "203.0.113.5");
        }
        // A trusted server's address that is claimed is believed no further than it was told by one.
        assert_eq!(address("10.0.0.1", &["198.51.100.1, 10.9.9.9, 203.0.113.5"], &trusted), "203.0.113.5");
    }

    #[test]
    fn trusted_servers_are_gone_back_through() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(address("10.0.0.1", &["203.0.113.5, 10.0.0.3, 10.0.0.2"], &trusted), "203.0.113.5");
        assert_eq!(address("10.0.0.1", &["10.0.0.3"], &trusted), "10.0.0.3");
        assert_eq!(address("::ffff:10.0.0.1", &["203.0.113.5"], &trusted), "203.0.113.5");
    }

    #[test]
    fn an_unreadable_address_ends_the_way_back() {
        let trusted = ["10.0.0.0/8"];
        for forwarded in ["198.51.100.1, unknown", "198.51.100.1, ", "198.51.100.1, _hidden", "ы"] {
            assert_eq!(address("10.0.0.1", &[forwarded], &trusted), "10.0.0.1", "{forwarded}");
        }
        assert_eq!(address("10.0.0.1", &[], &trusted), "10.0.0.1");
    }

    #[test]
    fn ports_and_brackets_are_passed_over() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(address("10.0.0.1", &["203.0.113.5:4711"], &trusted), "203.0.113.5");
        assert_eq!(address("10.0.0.1", &["[2001:db8::1]:4711"], &trusted), "2001:db8::1");
        assert_eq!(address("10.0.0.1", &["[2001:db8::1]"], &trusted), "2001:db8::1");
    }
}
