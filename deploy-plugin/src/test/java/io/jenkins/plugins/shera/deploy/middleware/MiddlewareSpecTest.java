package io.jenkins.plugins.shera.deploy.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiddlewareSpecTest {

    private static MiddlewareSpec spec(String name, Template template) {
        Map<String, String> images = new LinkedHashMap<>();
        images.put("10.11", "registry.example.org/db:10.11");
        images.put("11.4", "registry.example.org/db:11.4");
        return new MiddlewareSpec(name, template, images);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Shop",
                "-db",
                "db-",
                "shop_db",
                "shera-db",
                "shop-canary",
                "a b",
                "shop.db",
                "a123456789a123456789a123456789a123456789a",
                "db\n",
                "$(reboot)"
            })
    void aNameThatCannotBeOneIsRefused(String name) {
        assertThatThrownBy(() -> spec(name, Template.MYSQL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the parameter name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a`; DROP DATABASE x", "A", "a'b", "a b", "a\n", "1a", "a/b", "a$HOME"})
    void whatReachesAShellOrSqlIsOneWord(String value) {
        assertThatThrownBy(() -> spec("db", Template.MYSQL).parameters(Map.of("database", value)))
                .hasMessageContaining("cannot be the parameter database");
        assertThatThrownBy(() -> spec("mq", Template.RABBITMQ).parameters(Map.of("vhost", value)))
                .hasMessageContaining("cannot be the parameter vhost");
        assertThatThrownBy(() -> spec("mq", Template.REDIS).parameters(Map.of("maxmemoryPolicy", value)))
                .hasMessageContaining("cannot be the parameter maxmemoryPolicy");
    }

    @Test
    void everyOtherParameterIsRefusedWithWhatToGiveInstead() {
        assertThatThrownBy(() -> Template.of("mongodb")).hasMessageContaining("mysql, redis, rabbitmq");
        assertThatThrownBy(() -> spec("db", Template.MYSQL).parameters(Map.of("charset", "x")))
                .hasMessageContaining("database or maxConnections");
        assertThatThrownBy(() -> spec("db", Template.MYSQL).version("9")).hasMessageContaining("10.11, 11.4");
        assertThatThrownBy(() -> spec("db", Template.MYSQL).resources("", "64Mi"))
                .hasMessageContaining("at least 256Mi");
        assertThatThrownBy(() -> spec("db", Template.MYSQL).volume("-1Gi", "")).hasMessageContaining("size");
        assertThatThrownBy(() -> spec("db", Template.MYSQL).volume("1Gi", "../x"))
                .hasMessageContaining("storageClass");
        assertThatThrownBy(() -> spec("shop", Template.MYSQL).beside("shop")).hasMessageContaining("shop-db");
        assertThatThrownBy(() -> new MiddlewareSpec("db", Template.MYSQL, Map.of()))
                .hasMessageContaining("Ask the administrator of the platform");
    }

    @Test
    void anEarlierVersionIsToldByItsNumbers() {
        assertThat(Versions.compare("10.6", "10.11")).isNegative();
        assertThat(Versions.compare("11", "10.11")).isPositive();
        assertThat(Versions.compare("10.11", "10.11.3")).isZero();
        assertThat(Versions.compare("8.0-debian", "8.4-debian")).isNegative();
    }

    @ParameterizedTest
    @EnumSource(Template.class)
    void noManifestBesideTheSecretHoldsThePassword(Template template) throws Exception {
        Origin origin = new Origin("retail", "shop", "dev", "1", "retail/release#1");
        MiddlewareSpec spec = spec("shop-x", template);
        Map<String, String> data = Login.fresh().data(template, "shop-x.ns.svc", "x");
        ObjectNode secret = new ObjectMapper().createObjectNode();
        data.forEach(secret.putObject("data")::put);
        String password = Login.value(secret, "password");
        assertThat(password).hasSize(32).matches("[A-Za-z0-9]+");
        assertThat(Login.value(secret, "url")).contains(password);
        var manifests = new MiddlewareObjects(spec, origin, "ns")
                .of("10.11", MiddlewareObjects.secret("shop-x", origin, "ns", data, ""));
        assertThat(manifests).hasSize(5);
        manifests.stream().filter(each -> !each.kind().equals("Secret")).forEach(each -> assertThat(
                        each.content().toString())
                .doesNotContain(password)
                .doesNotContain(data.get("password")));
        assertThat(Login.fresh().toString()).isEqualTo("login");
        assertThat(Login.of(secret).data(template, "shop-x.ns.svc", "x")).isEqualTo(data);
    }
}
