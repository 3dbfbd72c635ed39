package io.jenkins.plugins.shera.platform.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "500m,0.5",
        "2,2",
        "1.5,1.5",
        "64Gi,68719476736",
        "1k,1000",
        "250000000n,0.25",
        "1Ei,1152921504606846976"
    })
    void readsWhatKubernetesWrites(String text, BigDecimal amount) {
        assertThat(Quantity.amount("quota.cpu", text)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "1 Gi", "Gi", "1GiB", "0x10", "99999999999999999999"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Quantity.amount("quota.cpu", text)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = "")
    void takesNothingForNoBound(String text) {
        assertThat(Quantity.amount("quota.cpu", text)).isNull();
    }
}
