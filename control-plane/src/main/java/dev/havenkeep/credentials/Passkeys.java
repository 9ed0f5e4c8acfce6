package dev.havenkeep.credentials;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.havenkeep.credentials.PasskeyOptions.Requirement;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The two ceremonies of passkeys (WebAuthn Level 3 section 7): what the browser is asked, and whether its answer is
 * good. No attestation is asked for, and none is trusted. Challenges are the caller's to keep, for one answer each.
 */
@Component
public class Passkeys {

    private static final int CHALLENGE_BYTES = 32;
    private static final int LONGEST_ANSWER = 64 * 1024;
    /** Section 15.1 recommends five to ten minutes. */
    private static final long TIMEOUT_MILLIS = 300_000;

    private static final String PUBLIC_KEY = "public-key";
    /** Best first (section 5.4): Ed25519, ECDSA on P-256, and RSA for Windows Hello. */
    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.RS256);

    /** Section 5.8.4. */
    private static final Set<String> KNOWN_TRANSPORTS = Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

    private static final UUID UNKNOWN_MODEL = new UUID(0, 0);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Made when the first passkey is looked at, since it brings some hundred classes into memory. */
    private final SingletonSupplier<Library> library = SingletonSupplier.of(Library::load);

    private record Library(WebAuthnManager ceremonies, ObjectConverter converter) {

        static Library load() {
            ObjectConverter converter = new ObjectConverter();
            WebAuthnManager ceremonies = WebAuthnManager.createNonStrictWebAuthnManager(converter);
            // A counter that went back is the caller's to judge.
            ceremonies.getAuthenticationDataVerifier().setMaliciousCounterValueHandler(answer -> {});
            return new Library(ceremonies, converter);
        }
    }

    /**
     * Which passkey an answer says it is of, and whose. Nothing of it is verified: it tells which {@link Passkey} to
     * verify the answer with.
     *
     * @param userHandle absent where the options named the passkeys
     */
    public record Claim(String credentialId, @Nullable String userHandle) {}

    /** A new challenge: 256 random bits, Base64url without padding. */
    public static String challenge() {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        RANDOM.nextBytes(challenge);
        return BASE64URL.encodeToString(challenge);
    }

    /**
     * What the browser is asked to make a passkey.
     *
     * @param existing the person's passkeys, so that no authenticator holds two
     * @param residentKey whether the passkey must be usable without a name typed first
     */
    public static PasskeyOptions.Creation creation(
            RelyingParty party,
            PasskeyOptions.Person person,
            String challenge,
            List<Passkey> existing,
            Requirement residentKey,
            Requirement userVerification) {
        return new PasskeyOptions.Creation(
                new PasskeyOptions.Party(party.id(), party.name()),
                person,
                challenge,
                ALGORITHMS.stream()
                        .map(algorithm -> new PasskeyOptions.Parameters(PUBLIC_KEY, algorithm.getValue()))
                        .toList(),
                TIMEOUT_MILLIS,
                descriptors(existing),
                new PasskeyOptions.Selection(residentKey, residentKey == Requirement.REQUIRED, userVerification),
                "none");
    }

    /**
     * What the browser is asked to use a passkey.
     *
     * @param allowed the person's passkeys; none where nobody has said yet who they are
     */
    public static PasskeyOptions.Request request(
            RelyingParty party, String challenge, List<Passkey> allowed, Requirement userVerification) {
        return new PasskeyOptions.Request(
                challenge, TIMEOUT_MILLIS, party.id(), descriptors(allowed), userVerification);
    }

    /**
     * Verifies the browser's answer to {@link #creation} (section 7.1).
     *
     * @param json the RegistrationResponseJSON
     * @param challenge the one of the options, which the caller has just used up
     * @throws ProblemException 422 {@code passkey-refused} when it is not good
     */
    public PasskeyRegistered register(String json, RelyingParty party, String challenge, Requirement userVerification) {
        Library webauthn = library.obtain();
        RegistrationParameters parameters = new RegistrationParameters(
                server(party, challenge),
                ALGORITHMS.stream()
                        .map(algorithm ->
                                new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                        .toList(),
                userVerification == Requirement.REQUIRED,
                true);
        RegistrationData data =
                verified(json, () -> webauthn.ceremonies().verifyRegistrationResponseJSON(json, parameters));
        AuthenticatorData<?> authenticator =
                Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData credential = Objects.requireNonNull(authenticator.getAttestedCredentialData());
        byte[] key = webauthn.converter().getCborMapper().writeValueAsBytes(credential.getCOSEKey());
        return new PasskeyRegistered(
                BASE64URL.encodeToString(credential.getCredentialId()),
                BASE64URL.encodeToString(key),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS(),
                transports(data.getTransports()),
                Objects.requireNonNullElse(credential.getAaguid().getValue(), UNKNOWN_MODEL),
                authenticator.isFlagUV());
    }

    /**
     * Reads which passkey an answer to {@link #request} is of.
     *
     * @param json the AuthenticationResponseJSON
     * @throws ProblemException 422 {@code passkey-refused} when it is no such thing
     */
    public Claim claim(String json) {
        return claim(read(json));
    }

    /**
     * Verifies the browser's answer to {@link #request} (section 7.2).
     *
     * @param json the AuthenticationResponseJSON
     * @param challenge the one of the options, which the caller has just used up
     * @param passkey the one that the answer's {@link Claim} names
     * @throws ProblemException 422 {@code passkey-refused} when it is not good
     */
    public PasskeyUsed use(
            String json, RelyingParty party, String challenge, Requirement userVerification, Passkey passkey) {
        AuthenticationData data = read(json);
        Claim claim = claim(data);
        if (!claim.credentialId().equals(passkey.credentialId())
                || (claim.userHandle() != null && !claim.userHandle().equals(passkey.userHandle()))) {
            throw refused("It is another passkey than the one asked for.", null);
        }
        AuthenticationParameters parameters = new AuthenticationParameters(
                server(party, challenge),
                record(passkey),
                List.of(Base64.getUrlDecoder().decode(passkey.credentialId())),
                userVerification == Requirement.REQUIRED,
                true);
        verified(json, () -> library.obtain().ceremonies().verify(data, parameters));
        AuthenticatorData<?> authenticator = Objects.requireNonNull(data.getAuthenticatorData());
        long count = authenticator.getSignCount();
        boolean counts = count > 0 || passkey.signCount() > 0;
        return new PasskeyUsed(
                Math.max(count, passkey.signCount()),
                counts && count <= passkey.signCount(),
                authenticator.isFlagUV(),
                authenticator.isFlagBS());
    }

    private AuthenticationData read(String json) {
        return verified(json, () -> library.obtain().ceremonies().parseAuthenticationResponseJSON(json));
    }

    private static Claim claim(AuthenticationData data) {
        var credentialId = data.getCredentialId();
        if (credentialId == null || credentialId.length == 0) {
            throw refused("The browser's answer could not be read.", null);
        }
        var userHandle = data.getUserHandle();
        return new Claim(
                BASE64URL.encodeToString(credentialId),
                userHandle == null || userHandle.length == 0 ? null : BASE64URL.encodeToString(userHandle));
    }

    private CredentialRecord record(Passkey passkey) {
        COSEKey key = library.obtain()
                .converter()
                .getCborMapper()
                .readValue(Base64.getUrlDecoder().decode(passkey.publicKeyCose()), COSEKey.class);
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                passkey.backupEligible(),
                null,
                passkey.signCount(),
                new AttestedCredentialData(AAGUID.ZERO, Base64.getUrlDecoder().decode(passkey.credentialId()), key),
                new AuthenticationExtensionsAuthenticatorOutputs<>(),
                null,
                null,
                Set.of());
    }

    private static ServerProperty server(RelyingParty party, String challenge) {
        return ServerProperty.builder()
                .origins(party.origins().stream().map(Origin::create).collect(Collectors.toSet()))
                .rpId(party.id())
                .challenge(new DefaultChallenge(Base64.getUrlDecoder().decode(challenge)))
                .build();
    }

    private static List<PasskeyOptions.Descriptor> descriptors(List<Passkey> passkeys) {
        return passkeys.stream()
                .map(passkey -> new PasskeyOptions.Descriptor(PUBLIC_KEY, passkey.credentialId(), passkey.transports()))
                .toList();
    }

    private static List<String> transports(@Nullable Set<AuthenticatorTransport> transports) {
        return transports == null
                ? List.of()
                : transports.stream()
                        .map(AuthenticatorTransport::getValue)
                        .filter(KNOWN_TRANSPORTS::contains)
                        .sorted()
                        .toList();
    }

    private static <T> T verified(String json, Supplier<T> ceremony) {
        if (json.length() > LONGEST_ANSWER) {
            throw refused("The browser's answer is too long.", null);
        }
        try {
            return ceremony.get();
        } catch (RuntimeException e) {
            // Of what is missing or malformed, the library tells by whatever exception it meets, also of its readers.
            throw refused(reason(e), e);
        }
    }

    private static String reason(RuntimeException refusal) {
        return switch (refusal) {
            case BadChallengeException _ -> "It answers another request. Try again.";
            case BadOriginException _ -> "It was made on another site.";
            case BadRpIdException _ -> "It belongs to another site.";
            case UserNotVerifiedException _ -> "It must be unlocked by fingerprint, face or PIN.";
            case BadSignatureException _ -> "Its signature is not that of the passkey.";
            case VerificationException _ -> "The browser's answer is not accepted.";
            default -> "The browser's answer could not be read.";
        };
    }

    private static ProblemException refused(String detail, @Nullable Throwable cause) {
        return new ProblemException(Problem.of(422, "passkey-refused", "The passkey was not accepted", detail), cause);
    }
}
