package dev.havenkeep.pages.view;

/**
 * The options of a WebAuthn ceremony, as JSON ({@code PublicKeyCredentialRequestOptionsJSON} or
 * {@code PublicKeyCredentialCreationOptionsJSON}, Web Authentication Level 3, section 5.1). The page's script runs it
 * and posts the answer as JSON ({@code AuthenticationResponseJSON}, {@code RegistrationResponseJSON}) in
 * {@link #CREDENTIAL_FIELD}.
 */
public record PasskeyCeremony(String options) {

    public static final String CREDENTIAL_FIELD = "credential";
}
