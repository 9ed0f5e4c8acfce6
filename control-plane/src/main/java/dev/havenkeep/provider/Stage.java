package dev.havenkeep.provider;

import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.RealmSession;
import java.util.Set;

/** What comes next in a sign-in. */
sealed interface Stage {

    /** Somebody says who they are and shows a first proof. */
    record Identify() implements Stage {}

    /** The browser is signed in already: go on as that person, or as another. */
    record ChooseAccount(RealmSession session) implements Stage {}

    /** The person allows the client what it has not been allowed before. */
    record Consent(AuthorizationRequest request, Client client, RealmSession session, Set<String> missing)
            implements Stage {}

    /** Everything is there. */
    record Done(RealmSession session) implements Stage {}
}
