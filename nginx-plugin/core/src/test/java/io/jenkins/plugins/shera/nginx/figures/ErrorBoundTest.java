package io.jenkins.plugins.shera.nginx.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBoundTest {
    private static final ErrorBound BOUND = new ErrorBound(1, 50);

    private static Map<String, long[]> shares(long requests, long errors, long shop, long shopErrors) {
        return Map.of("", new long[] {requests, errors}, "shop.example.com", new long[] {shop, shopErrors});
    }

    @Test
    void judgesTheRiseAndNotTheShare() {
        Map<String, long[]> before = shares(1000, 100, 500, 50);
        assertThat(BOUND.broken(before, shares(1000, 110, 500, 55))).isEmpty();
        assertThat(BOUND.broken(before, shares(1000, 111, 500, 50)))
                .hasValueSatisfying(rise -> assertThat(rise.host()).isEmpty());
    }

    @Test
    void seesOneHostAmongMany() {
        ErrorBound.Rise rise =
                BOUND.broken(shares(9000, 0, 60, 0), shares(9000, 30, 60, 30)).orElseThrow();
        assertThat(rise).isEqualTo(new ErrorBound.Rise("shop.example.com", 0, 50, 30, 60));
    }

    @Test
    void judgesNothingOfFewRequestsAndDoesNotExcuseByFew() {
        assertThat(BOUND.broken(shares(0, 0, 0, 0), shares(49, 49, 49, 49))).isEmpty();
        assertThat(BOUND.whole(Map.of(), shares(49, 49, 49, 49))).isEmpty();
        assertThat(BOUND.broken(shares(1, 1, 1, 1), shares(50, 50, 50, 50))).isPresent();
        assertThat(new ErrorBound(0, 0).broken(Map.of(), Map.of("", new long[] {0, 0})))
                .isEmpty();
    }
}
