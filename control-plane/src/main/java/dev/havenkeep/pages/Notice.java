package dev.havenkeep.pages;

/** What has just been done, said above the next page. None of them tells whether an account exists. */
public enum Notice {
    PASSWORD_CHANGED,
    PROFILE_SAVED,
    EMAIL_VERIFIED,
    CODE_SENT,
    SESSION_ENDED,
    OTHER_SESSIONS_ENDED,
    IDENTITY_LINKED,
    IDENTITY_UNLINKED,
    FACTOR_ADDED,
    FACTOR_REMOVED,
    PASSKEY_ADDED,
    PASSKEY_REMOVED,
    RECOVERY_CODES_REPLACED,
    ACCOUNT_DELETED,
    IMPERSONATION_ENDED
}
