package io.jenkins.plugins.shera.deploy.apm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentTemplateTest {

    private static final Map<String, String> WORDS = Map.of(
            "tenant", "retail",
            "application", "shop-of-the-whole-wide-world",
            "environment", "prod",
            "namespace", "shop-prod");

    private final TestAgents agents = new TestAgents();

    private static JsonNode template(String metadata, String container, String rest) throws Exception {
        return new ObjectMapper()
                .readTree(("{'metadata':{'labels':{'a':'b'}" + metadata
                                + "},'spec':{'containers':[{'name':'side','image':'s'},"
                                + "{'name':'shop','image':'shop:1'" + container + "}]" + rest + "}}")
                        .replace('\'', '"'));
    }

    private JsonNode on(JsonNode template) throws Exception {
        return AgentTemplate.on(template, "shop", TestAgents.pinpoint(), WORDS, agents);
    }

    private static String env(JsonNode template, String name) {
        for (JsonNode each : template.path("spec").path("containers").path(1).path("env")) {
            if (each.path("name").asText().equals(name)) {
                return each.has("value")
                        ? each.path("value").asText()
                        : each.path("valueFrom").toString();
            }
        }
        return null;
    }

    @Test
    void offLeavesTheSameBytesWhateverWasThere() throws Exception {
        for (JsonNode before : new JsonNode[] {
            template("", "", ""),
            template(",'annotations':{'x':'y'}", ",'env':[{'name':'A','value':'1'}]", ""),
            template("", ",'env':[{'name':'JAVA_TOOL_OPTIONS','value':'-Xmx1g '}]", ""),
            template("", ",'env':[{'name':'JAVA_TOOL_OPTIONS'}]", ""),
            template("", ",'env':[{'name':'PINPOINT_AGENT_NAME','value':'mine'}]", ""),
            template(
                    "",
                    ",'volumeMounts':[{'name':'data','mountPath':'/data'}]",
                    ",'volumes':[{'name':'data','emptyDir':{}}],'initContainers':[{'name':'first','image':'i'}]")
        }) {
            JsonNode copy = before.deepCopy();
            JsonNode with = on(before);
            assertThat(before).isEqualTo(copy);
            assertThat(AgentTemplate.agentOf(with)).isEqualTo("pinpoint");
            assertThat(on(with)).as("on twice").isEqualTo(with);
            assertThat(on(with).toString()).isEqualTo(with.toString());
            assertThat(AgentTemplate.off(with).toString()).isEqualTo(before.toString());
            assertThat(AgentTemplate.off(before).toString()).isEqualTo(before.toString());
            assertThat(AgentTemplate.agentOf(before)).isEmpty();
        }
    }

    @Test
    void theAgentComesByAVolumeAndTheImageStays() throws Exception {
        JsonNode with = on(template("", "", ""));
        JsonNode init = with.path("spec").path("initContainers").path(0);
        assertThat(init.path("command")).hasToString("[\"cp\",\"-r\",\"/bin/busybox\",\"/shera-apm/\"]");
        assertThat(init.path("securityContext").path("runAsNonRoot").asBoolean())
                .isTrue();
        assertThat(init.path("securityContext").path("readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(init.path("resources").path("limits").has("memory")).isTrue();
        assertThat(with.path("spec").path("containers").path(1).path("image").asText())
                .isEqualTo("shop:1");
        assertThat(with.path("spec").path("containers").path(0))
                .as("a container beside it")
                .isEqualTo(template("", "", "").path("spec").path("containers").path(0));
        assertThat(env(with, "JAVA_TOOL_OPTIONS"))
                .isEqualTo("-javaagent:/shera-apm/busybox -Dprofiler.transport.grpc.collector.ip=collector");
        assertThat(env(with, "PINPOINT_AGENT_NAME")).contains("metadata.name");
        assertThat(env(with, "PINPOINT_APPLICATION_NAME")).hasSize(24).startsWith("shop-of-the-whole-");
    }

    @Test
    void optionsThatAreThereAreKeptBeforeOurs() throws Exception {
        assertThat(env(
                        on(template("", ",'env':[{'name':'JAVA_TOOL_OPTIONS','value':'-Xmx1g'}]", "")),
                        "JAVA_TOOL_OPTIONS"))
                .startsWith("-Xmx1g -javaagent:");
        agents.ofImage = "-XX:+UseZGC";
        assertThat(env(on(template("", "", "")), "JAVA_TOOL_OPTIONS")).startsWith("-XX:+UseZGC -javaagent:");
        agents.ofImage = null;
        assertThatThrownBy(() -> on(template("", "", "")))
                .hasMessageContaining("nobody here can read whether the image shop:1 sets JAVA_TOOL_OPTIONS");
        assertThat(env(on(template("", ",'env':[{'name':'JAVA_TOOL_OPTIONS','value':''}]", "")), "JAVA_TOOL_OPTIONS"))
                .as("the application hides the image's by itself")
                .startsWith("-javaagent:");
    }

    @Test
    void whatCannotBeAppendedToIsRefused() throws Exception {
        assertThatThrownBy(() -> on(template(
                        "",
                        ",'env':[{'name':'JAVA_TOOL_OPTIONS','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]",
                        "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("valueFrom");
        assertThatThrownBy(() -> on(template("", ",'envFrom':[{'configMapRef':{'name':'c'}}]", "")))
                .hasMessageContaining("envFrom");
        assertThatThrownBy(() -> on(template("", "", ",'volumes':[{'name':'shera-apm','emptyDir':{}}]")))
                .hasMessageContaining("is named shera-apm already");
        assertThatThrownBy(() -> AgentTemplate.off(template(",'annotations':{'shera.io/apm':'{'}", "", "")))
                .hasMessageContaining("was edited by somebody");
    }

    @Test
    void theApplicationsOwnVariablesWin() throws Exception {
        JsonNode with = on(template("", ",'env':[{'name':'PINPOINT_AGENT_NAME','value':'mine'}]", ""));
        assertThat(env(with, "PINPOINT_AGENT_NAME")).isEqualTo("mine");
    }

    @Test
    void wordsAreFilledIn() {
        assertThat(AgentWords.fill("${application:8}", Map.of("application", "shop")))
                .isEqualTo("shop");
        assertThat(AgentWords.fill("${application:3}", Map.of("application", "shops")))
                .hasSize(3);
        assertThat(AgentWords.known("${collector} ${pod}", Map.of("collector", "a$1:9991")))
                .isEqualTo("a$1:9991 ${pod}");
        assertThatThrownBy(() -> AgentWords.fill("${user}", Map.of("tenant", "x")))
                .hasMessage("'${user}' is not known here. Known are [tenant].");
    }
}
