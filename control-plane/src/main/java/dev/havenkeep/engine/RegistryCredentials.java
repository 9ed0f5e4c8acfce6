package dev.havenkeep.engine;

import dev.havenkeep.kernel.Secret;

/** How to sign in to a registry. */
public record RegistryCredentials(String username, Secret password) {}
