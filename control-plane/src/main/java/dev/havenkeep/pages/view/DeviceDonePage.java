package dev.havenkeep.pages.view;

/** Says that the person may go back to the device. */
public record DeviceDonePage(ClientSummary client, boolean allowed) implements Page {}
