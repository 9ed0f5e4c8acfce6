package dev.havenkeep.credentials;

import java.util.List;
import java.util.UUID;

/**
 * A new passkey that was verified (WebAuthn Level 3 section 7.1). Bytes are Base64url without padding.
 *
 * @param credentialId what the browser names it by; the caller refuses one that is already known (step 26)
 * @param publicKeyCose the public key as a COSE_Key (RFC 9052 section 7)
 * @param backupState whether it has been copied to other devices
 * @param transports how its authenticator is reached
 * @param aaguid the model of the authenticator, as it says itself; all zeros when it does not
 * @param userVerified whether the authenticator checked who used it, by fingerprint or PIN
 */
public record PasskeyRegistered(
        String credentialId,
        String publicKeyCose,
        long signCount,
        boolean backupEligible,
        boolean backupState,
        List<String> transports,
        UUID aaguid,
        boolean userVerified) {

    public PasskeyRegistered {
        transports = List.copyOf(transports);
    }

    /** The passkey to keep. */
    public Passkey passkey(String userHandle) {
        return new Passkey(credentialId, publicKeyCose, userHandle, signCount, backupEligible, transports);
    }
}
