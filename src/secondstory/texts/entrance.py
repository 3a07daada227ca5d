"""What we say of addresses that the server is asked to listen on."""

TEXTS = {
    "open": "Without TLS the server listens on loopback only, and {bind} is not loopback.",
    "open_next": (
        "Set SECONDSTORY_TLS_CERTIFICATE and SECONDSTORY_TLS_KEY, or name the proxy that ends TLS in "
        "SECONDSTORY_TRUSTED_PROXIES; and the address that people use in SECONDSTORY_PUBLIC_URL."
    ),
    "no_way": "The public address {url} is set, but nothing says how TLS is ended.",
    "half_tls": "TLS needs a certificate and its key, and only one of them is set.",
    "half_tls_next": "Set both SECONDSTORY_TLS_CERTIFICATE and SECONDSTORY_TLS_KEY.",
    "no_file": "There is no file {path}.",
    "no_file_next": "Check SECONDSTORY_TLS_CERTIFICATE and SECONDSTORY_TLS_KEY; both name PEM files.",
    "tls": "The certificate {path} and its key cannot be used: {problem}.",
    "tls_next": "Give a certificate chain and the key that belongs to it, both as PEM without a password.",
    "no_address": "{text} is no IP address.",
    "no_address_next": "Give an address such as 127.0.0.1, 0.0.0.0 or ::1, not a name; proxies parted by commas.",
    "no_url": "The server is told to be reached from elsewhere, but not under which address.",
    "no_url_next": "Set SECONDSTORY_PUBLIC_URL, such as https://post-mortems.example.org, without a path.",
    "url": "{url} cannot be the public address.",
    "not_by_proxy": "The request did not come through the proxy that this server trusts, or not over TLS.",
    "not_by_proxy_next": "Open {address}; the proxy must send X-Forwarded-Proto and be named in "
    "SECONDSTORY_TRUSTED_PROXIES.",
    "too_many": "Too many invitations were tried from this address.",
    "too_many_next": "Wait a minute, then open the invitation again.",
}
