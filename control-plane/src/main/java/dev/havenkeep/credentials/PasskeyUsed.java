package dev.havenkeep.credentials;

/**
 * A use of a passkey that was verified (WebAuthn Level 3 section 7.2).
 *
 * @param signCount the counter to keep
 * @param counterRegressed whether the counter is not above the one that was kept, though the authenticator counts: a
 *     sign of a copied authenticator (section 6.1.1), which the caller records and may refuse
 * @param userVerified whether the authenticator checked who used it, by fingerprint or PIN
 * @param backupState whether the passkey has been copied to other devices
 */
public record PasskeyUsed(long signCount, boolean counterRegressed, boolean userVerified, boolean backupState) {}
