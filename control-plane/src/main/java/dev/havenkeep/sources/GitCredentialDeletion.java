package dev.havenkeep.sources;

/**
 * A credential is about to be deleted, published inside the transaction that does it. A module whose things still use
 * it objects by throwing a 409 {@link dev.havenkeep.kernel.ProblemException} that names them.
 */
public record GitCredentialDeletion(GitCredentialId id, String name) {}
