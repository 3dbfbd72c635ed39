package io.jenkins.plugins.shera.monitoring.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadersTest {

    @Test
    void oneUserLeavesRoomForOthersAndEachPlaceIsUsedAgain() {
        Readers readers = new Readers(3, 2);
        Readers.Place first = readers.enter("a");
        assertThat(first).isNotNull();
        assertThat(readers.enter("a")).isNotNull();
        assertThat(readers.enter("a")).as("a third of the same user").isNull();
        Readers.Place other = readers.enter("b");
        assertThat(other).isNotNull();
        assertThat(readers.enter("c")).as("a fourth at once").isNull();

        first.close();
        assertThat(readers.enter("a")).isNotNull();
        other.close();
        assertThat(readers.enter("c")).isNotNull();
        assertThat(readers.enter("b")).isNull();
    }
}
