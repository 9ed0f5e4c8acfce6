package dev.havenkeep.realms;

/**
 * A realm was made, changed or deleted, in the registry or in its settings; published inside the transaction of the
 * installation's database.
 */
public record RealmChanged(Realm realm, Change change) {

    /** What became of it. */
    public enum Change {
        CREATED,
        CHANGED,
        DELETED
    }
}
