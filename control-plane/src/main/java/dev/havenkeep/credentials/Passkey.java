package dev.havenkeep.credentials;

import java.util.List;

/**
 * A passkey as it is kept (WebAuthn Level 3 section 4, "credential record"). Bytes are Base64url without padding.
 *
 * @param credentialId what the browser names it by, at most 1023 bytes
 * @param publicKeyCose the public key as a COSE_Key (RFC 9052 section 7)
 * @param userHandle whose it is, as in the options that it was made with
 * @param signCount the authenticator's counter when it was last used; 0 for those that do not count
 * @param backupEligible whether it may be copied to other devices, which never changes
 * @param transports how its authenticator is reached, as a hint for the browser
 */
public record Passkey(
        String credentialId,
        String publicKeyCose,
        String userHandle,
        long signCount,
        boolean backupEligible,
        List<String> transports) {

    public Passkey {
        transports = List.copyOf(transports);
    }
}
