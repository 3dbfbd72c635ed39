package io.jenkins.plugins.shera.deploy.steps.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetMemberPartTest {

    @Test
    void whatAFormShowsIsWhatItSendsBack() {
        SetMemberPart part = new SetMemberPart("shop", "a:1");
        part.setAfter(List.of("stock", "pay/prod"));
        part.setEnv(Map.of("MODE", "a = b"));
        SetMemberPart back = new SetMemberPart("shop", "a:1");
        back.setAfter(List.of(part.getAfterText()));
        back.setVariables(part.getEnvText());
        assertThat(back.getAfter()).containsExactly("stock", "pay/prod");
        assertThat(back.getEnv()).containsExactly(Map.entry("MODE", "a = b"));
        assertThat(back.getVariables()).as("one way to say it in a Jenkinsfile").isNull();
    }

    @Test
    void nothingStaysNothingAndWhatIsNoVariableIsRefused() {
        SetMemberPart part = new SetMemberPart("shop", "a:1");
        part.setAfter(List.of(part.getAfterText()));
        part.setVariables(part.getEnvText());
        part.setVariables(null);
        assertThat(part.getAfter()).isEmpty();
        assertThat(part.getEnv()).isEmpty();
        part.setVariables("A=1\r\n\r\nB=");
        assertThat(part.getEnv()).containsEntry("A", "1").containsEntry("B", "");
        assertThatThrownBy(() -> part.setVariables("MODE")).hasMessageContaining("'MODE' is no variable");
    }
}
