package dev.havenkeep.realms;

/** How a realm signs tokens (RFC 7518 section 3.1, RFC 8037 section 3.1). */
public enum SigningAlgorithm {
    /** ECDSA on P-256: the default; quick to make, small. */
    ES256,
    /** RSA with 2048 bits: what every library understands. */
    RS256,
    /** Ed25519. */
    EdDSA
}
