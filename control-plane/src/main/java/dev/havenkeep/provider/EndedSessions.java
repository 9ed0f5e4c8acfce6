package dev.havenkeep.provider;

import dev.havenkeep.realms.RealmSessions;
import dev.havenkeep.realms.Realms;
import java.time.InstantSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A session that somebody ends takes with it what clients were given in it. */
@Component
class EndedSessions {

    private final Realms realms;
    private final GrantStore grants;
    private final InstantSource clock;

    EndedSessions(Realms realms, GrantStore grants, InstantSource clock) {
        this.realms = realms;
        this.grants = grants;
        this.clock = clock;
    }

    @EventListener
    void on(RealmSessions.Ended ended) {
        grants.revokeOfSession(
                realms.database(ended.realm()), ended.session().id(), "the session was ended", clock.instant());
    }
}
