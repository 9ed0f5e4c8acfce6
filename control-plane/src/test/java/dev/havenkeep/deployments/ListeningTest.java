package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ListeningTest {

    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0B00007F:A1B3 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
               1: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1
               2: 020012AC:9C40 030012AC:0050 01 00000000:00000000 00:00000000 00000000     0        0 3 1
              sl  local_address                         remote_address                        st tx_queue
               0: 00000000000000000000000000000000:0FA0 00000000000000000000000000000000:0000 0A 00000000:0
               1: 00000000000000000000000001000000:0FA1 00000000000000000000000000000000:0000 0A 00000000:0
            """;

    @Test
    void tellsPortsThatOthersReachFromThoseThatOnlyTheContainerDoes() {
        Listening.Ports ports = Listening.Ports.parse(TABLE);

        assertThat(ports).isEqualTo(new Listening.Ports(Set.of(4000), Set.of(3000, 4001)));
    }
}
