package io.jenkins.plugins.shera.deploy.apm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApmWishTest {

    @Test
    void readsWhatPeopleWrite() {
        assertThat(ApmWish.parse(null)).isEmpty();
        assertThat(ApmWish.parse(" ")).isEmpty();
        assertThat(ApmWish.parse("on")).hasValue(new ApmWish(ApmMode.ON, ""));
        assertThat(ApmWish.parse("off")).hasValue(new ApmWish(ApmMode.OFF, ""));
        assertThat(ApmWish.parse("canary")).hasValue(new ApmWish(ApmMode.CANARY, ""));
        assertThat(ApmWish.parse("pinpoint")).hasValue(new ApmWish(ApmMode.ON, "pinpoint"));
        assertThat(ApmWish.parse("canary: pinpoint")).hasValue(new ApmWish(ApmMode.CANARY, "pinpoint"));
        assertThatThrownBy(() -> ApmWish.parse("half on"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the parameter apm");
        assertThatThrownBy(() -> ApmWish.parse("canary:")).isInstanceOf(IllegalArgumentException.class);
    }
}
