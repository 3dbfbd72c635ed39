package io.jenkins.plugins.shera.deploy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDemandTest {
    private static final List<String> ALL =
            List.of("OK", "ERROR", "NONE", "not-run", "unbound", "hand-made", "forged", "unknown", "something new");

    private static List<String> accepted(String policy, boolean debug) {
        return ALL.stream()
                .filter(word -> ImageDemand.of(policy).accepts(word, debug))
                .toList();
    }

    @Test
    void eachDemandLetsInWhatItNamesAndNothingElse() {
        assertThat(accepted("any", true)).isEqualTo(ALL);
        assertThat(accepted("built", true)).containsExactly("OK", "NONE", "not-run", "unbound");
        assertThat(accepted("passed", false)).containsExactly("OK");
        assertThat(accepted("passed", true)).isEmpty();
    }

    @Test
    void aWordNobodyKnowsDemandsTheMost() {
        assertThat(accepted("pased", false)).containsExactly("OK");
    }
}
