package dev.havenkeep.credentials;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * What a page hands to {@code PublicKeyCredential.parseCreationOptionsFromJSON} and {@code parseRequestOptionsFromJSON}
 * (WebAuthn Level 3 sections 5.1.8 and 5.1.9); names and values are the specification's. Bytes are Base64url without
 * padding, times milliseconds.
 */
public final class PasskeyOptions {

    private PasskeyOptions() {}

    /** How much something is wanted (sections 5.4.6 and 5.8.6). */
    public enum Requirement {
        REQUIRED,
        PREFERRED,
        DISCOURAGED;

        /** As the specification spells it. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** To make a passkey (section 5.4). */
    public record Creation(
            Party rp,
            Person user,
            String challenge,
            List<Parameters> pubKeyCredParams,
            long timeout,
            List<Descriptor> excludeCredentials,
            Selection authenticatorSelection,
            String attestation) {

        public Creation {
            pubKeyCredParams = List.copyOf(pubKeyCredParams);
            excludeCredentials = List.copyOf(excludeCredentials);
        }
    }

    /** To use a passkey (section 5.5). */
    public record Request(
            String challenge,
            long timeout,
            String rpId,
            List<Descriptor> allowCredentials,
            Requirement userVerification) {

        public Request {
            allowCredentials = List.copyOf(allowCredentials);
        }
    }

    /** The site (section 5.4.2). */
    public record Party(String id, String name) {}

    /**
     * Whose passkey it is (section 5.4.3).
     *
     * @param id the user handle, at most 64 bytes that say nothing about the person
     */
    public record Person(String id, String name, String displayName) {}

    /** A kind of key that is accepted (section 5.3). */
    public record Parameters(String type, long alg) {}

    /** A passkey that exists (section 5.8.3). */
    public record Descriptor(String type, String id, List<String> transports) {

        public Descriptor {
            transports = List.copyOf(transports);
        }
    }

    /**
     * What the authenticator must be able to do (section 5.4.4).
     *
     * @param requireResidentKey for browsers of Level 1, whether {@code residentKey} is required
     */
    public record Selection(Requirement residentKey, boolean requireResidentKey, Requirement userVerification) {}
}
