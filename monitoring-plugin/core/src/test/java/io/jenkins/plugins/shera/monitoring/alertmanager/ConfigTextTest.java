package io.jenkins.plugins.shera.monitoring.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {

    private static Part block(String tenant) {
        return new TenantBlock(
                        tenant,
                        new NoticeBook(
                                0,
                                List.of(new Receiver("ops", "webhook", "", "http://hook/" + tenant, "")),
                                List.of(new NoticeRoute("ops", "shop", "prod", "critical", "4h"))),
                        NoticePolicy.open(),
                        Map.of())
                .part();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "route:\n  receiver: a\n  routes:\n  - receiver: a # x\nreceivers:\n- name: a\n",
                "receivers:\n  - name: 'a'\n\n\nroute:\n    receiver: a\n    routes:\n      # first\n      - receiver: a",
                "# \u4e2d\u6587 \ud83d\ude00\nroute: {receiver: a} \nreceivers:\n- name: a\n",
                "route:\r\n  receiver: a\r\n  routes:\r\n    - receiver: a\r\nreceivers:\r\n  - name: a\r\n",
                "route:\n  receiver: a\n  routes:\nreceivers:\n- name: a\n",
            })
    void everyOtherByteStaysAsItIs(String original) throws Exception {
        boolean inOneLine = original.contains("{");
        if (inOneLine) {
            assertThatThrownBy(() -> ConfigText.with(original, block("pay")))
                    .hasMessageContaining("stands in one line");
            return;
        }
        String two = ConfigText.with(ConfigText.with(original, block("pay")), block("bank"));

        assertThat(ConfigShape.of(two, "pay"))
                .containsExactly(
                        "shera/pay/ops [name, webhook_configs] [http://hook/pay]",
                        "shera/pay/ops [managed_by=\"shera\", shera_test=\"ops\", tenant=\"pay\"] false group_wait 0",
                        "shera/pay/ops [application=\"shop\", environment=\"prod\", managed_by=\"shera\", severity=\"critical\","
                                + " tenant=\"pay\"] true by [alertname, application, environment, tenant] repeat_interval 14400000",
                        "[managed_by=\"shera\", severity=\"critical\", tenant=\"pay\"] keep quiet"
                                + " [managed_by=\"shera\", severity=\"warning\", tenant=\"pay\"]"
                                + " by [application, environment, metric]");
        assertThat(ConfigText.with(two, block("bank"))).isEqualTo(two);
        String back = ConfigText.without(ConfigText.without(two, "bank"), "pay");
        assertThat(back.strip()).isEqualTo(original.strip());
        String third = ConfigText.without(ConfigText.without(two, "pay"), "bank");
        assertThat(third.strip()).as("in whatever order they go").isEqualTo(original.strip());
    }

    @Test
    void makesRoomWhereNobodyHasRoutesYet() throws Exception {
        String text = ConfigText.with("route:\n  receiver: a\nreceivers:\n- name: a\n", block("pay"));
        assertThat(ConfigShape.of(text, "pay")).hasSize(4);
        assertThat(ConfigShape.of(ConfigText.with(text, block("bank")), "bank")).hasSize(4);
        assertThat(ConfigText.without(text, "pay")).isEqualTo("route:\n  receiver: a\nreceivers:\n- name: a\n");
    }

    @Test
    void refusesToGuess() {
        assertThatThrownBy(() -> ConfigText.without("a: b\n# <<< SheRa pay\n", "pay"))
                .hasMessageContaining("not in pairs");
        assertThatThrownBy(() -> ConfigText.with("", block("pay"))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> ConfigText.with("a: [", block("pay"))).hasMessageContaining("is no YAML");
    }

    @Test
    void hostileReceiversAreRefused() {
        assertThatThrownBy(() -> new Receiver("a\nb", "mail", "a@b", "", ""))
                .isInstanceOf(InvalidThresholdException.class);
        for (String url : List.of("file:///etc/passwd", "http://u:p@h/", "http://", "javascript:x", "http://a b")) {
            assertThatThrownBy(() -> new Receiver("a", "webhook", "", url, ""))
                    .as(url)
                    .isInstanceOf(InvalidThresholdException.class);
        }
        for (String to : List.of("", "a@b\nx", "a b@c", "\"x\"@y", "a@b,")) {
            assertThatThrownBy(() -> new Receiver("a", "mail", to, "", ""))
                    .as(to)
                    .isInstanceOf(InvalidThresholdException.class);
        }
        assertThatThrownBy(() -> new Receiver("a", "slack", "#x", "", "")).hasMessageContaining("secret");
        assertThatThrownBy(() -> new NoticeRoute("a", "x\"}", "", "", ""))
                .isInstanceOf(InvalidThresholdException.class);
        assertThatThrownBy(() -> new NoticeRoute("a", "", "", "", "1s")).isInstanceOf(InvalidThresholdException.class);
        assertThatThrownBy(() -> new NoticeBook(0, List.of(), List.of(new NoticeRoute("a", "", "", "", ""))))
                .hasMessageContaining("no such receiver");
    }
}
