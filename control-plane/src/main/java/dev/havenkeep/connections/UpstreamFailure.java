package dev.havenkeep.connections;

/**
 * Why a sign-in at an upstream provider did not work.
 *
 * @param code for programs, metrics and the choice of what the person is told
 * @param reason precisely what was wrong, for the audit log and whoever configures; without secrets
 */
public record UpstreamFailure(Code code, String reason) {

    /** What kind of failure. */
    public enum Code {
        /** The answer came too late, or the clock says so. */
        EXPIRED,
        /** The answer belongs to no sign-in that was started here: its state is another. */
        FOREIGN_STATE,
        /** The answer comes from another provider than the one that was asked (RFC 9207 section 2.4). */
        MIX_UP,
        /** The answer that the browser brought is not one. */
        BAD_CALLBACK,
        /** The settings cannot work. */
        BAD_SETTINGS,
        /** The provider's address is one that this installation does not connect to. */
        ADDRESS_REFUSED,
        /** There was no connection to the provider. */
        UNREACHABLE,
        /** The provider took too long. */
        TIMED_OUT,
        /** The provider answered something that is not what its protocol says. */
        BAD_ANSWER,
        /** The provider answered with an error. */
        PROVIDER_ERROR,
        /** The provider refused the code. */
        CODE_REFUSED,
        /** The provider refused our client id or secret. */
        CLIENT_REFUSED,
        /** The ID token is not signed as it must be. */
        BAD_SIGNATURE,
        /** The ID token is from another issuer. */
        WRONG_ISSUER,
        /** The ID token is for somebody else. */
        WRONG_AUDIENCE,
        /** The ID token belongs to another sign-in. */
        WRONG_NONCE,
        /** The ID token is too old or from the future. */
        STALE_TOKEN,
        /** The ID token says something else that it must not, or leaves out what it must say. */
        BAD_TOKEN,
        /** The person is of a tenant or domain that the connection does not let in. */
        NOT_ALLOWED
    }
}
