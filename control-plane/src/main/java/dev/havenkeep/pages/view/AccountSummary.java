package dev.havenkeep.pages.view;

/**
 * An account, as its owner sees it.
 *
 * @param name for people; the identifier again when there is none
 * @param identifier the address or user name that it signs in with
 */
public record AccountSummary(String name, String identifier) {}
