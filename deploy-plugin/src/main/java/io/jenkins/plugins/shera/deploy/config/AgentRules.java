package io.jenkins.plugins.shera.deploy.config;

import io.jenkins.plugins.shera.deploy.apm.Agent;
import io.jenkins.plugins.shera.deploy.apm.AgentWords;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes an agent for a tenant of what the administrator wrote, and refuses what could not work. */
final class AgentRules {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}");
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._@+-]{1,100}){1,20}/?");
    private static final Pattern OPTION = Pattern.compile("[\\x20-\\x7e]{1,2000}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");
    private static final Pattern COLLECTOR = Pattern.compile("[A-Za-z0-9.:/_\\[\\]-]{0,300}");
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?");
    private static final String PAGE = "an address that begins with http:// or https://, without a password";
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    /** Any application will do to see whether the words are known. */
    private static final Map<String, String> SOME =
            Map.of("tenant", "t", "application", "a", "environment", "e", "namespace", "n");

    private AgentRules() {}

    /** Looks at everything that can be looked at without a cluster. */
    static void check(ApmAgent agent) {
        need("name", agent.getName(), NAME, "lower case letters, digits and '-', at most 39, a letter first");
        ImageReference.parse(agent.getImage());
        need(
                "path",
                agent.getPath(),
                PATH,
                "an absolute path of a file, or of a folder with '/' at the end, without '..'");
        need("option", agent.getOption(), OPTION, "printable ASCII, at most 2000 characters");
        if (!agent.getOption().contains("-javaagent:${dir}/")) {
            throw refused("option", agent.getOption(), "an option with -javaagent:${dir}/NAME.jar");
        }
        limits("", agent.getCollector(), agent.getSampling());
        for (ApmTenant tenant : agent.getTenants()) {
            limits(" of the tenant " + tenant.getTenant(), tenant.getCollector(), tenant.getSampling());
            if (!tenant.getPage().isEmpty()) {
                page(tenant.getPage(), SOME);
            }
        }
        Agent made = of(agent, "t", "http://c:1", "50");
        Map<String, String> words = new HashMap<>(SOME);
        words.put("dir", "/d");
        AgentWords.fill(made.option(), words);
        made.env().values().stream()
                .filter(each -> !each.equals(AgentWords.POD))
                .forEach(each -> AgentWords.fill(each, words));
        if (!agent.getPage().isEmpty()) {
            page(agent.getPage(), SOME);
        }
    }

    /** The agent for a tenant. */
    static Agent of(ApmAgent agent, String tenant) {
        return of(agent, tenant, agent.collectorOf(tenant), agent.samplingOf(tenant));
    }

    /** Whether the agent reports to a collector that the tenant has not. */
    static boolean lacksCollector(ApmAgent agent, String tenant) {
        return (agent.getOption() + agent.getEnv()).contains("${collector}")
                && agent.collectorOf(tenant).isEmpty();
    }

    private static Agent of(ApmAgent agent, String tenant, String collector, String sampling) {
        Map<String, String> words = Map.of(
                "collector",
                collector,
                "sampling",
                sampling,
                "ratio",
                new BigDecimal(sampling).divide(ALL).stripTrailingZeros().toPlainString());
        Map<String, String> env = new LinkedHashMap<>();
        for (String line : agent.getEnv().split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split("=", 2);
            need("env", parts[0], VARIABLE, "lines NAME=value");
            if (parts.length < 2 || parts[0].equals("JAVA_TOOL_OPTIONS")) {
                throw refused(
                        "env", line.strip(), "lines NAME=value; what belongs into JAVA_TOOL_OPTIONS is the option");
            }
            env.put(parts[0], AgentWords.known(parts[1], words));
        }
        return new Agent(
                agent.getName(),
                agent.getImage(),
                agent.getPath(),
                AgentWords.known(agent.getOption(), words),
                env,
                agent.isWritable());
    }

    /** The address of an application's page, each word encoded. */
    static String page(String template, Map<String, String> words) {
        String address = AgentWords.fill(template, words, value -> URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20"));
        try {
            URI uri = URI.create(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri.toASCIIString();
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wanted("page", template, PAGE), e);
        }
        throw refused("page", template, PAGE);
    }

    private static void limits(String whose, String collector, String sampling) {
        need("collector" + whose, collector, COLLECTOR, "a host, host:port or URL");
        if (sampling.isEmpty() && !whose.isEmpty()) {
            return;
        }
        need("sampling" + whose, sampling, PERCENT, "a percentage from 0 to 100");
        if (new BigDecimal(sampling).compareTo(ALL) > 0) {
            throw refused("sampling" + whose, sampling, "a percentage from 0 to 100");
        }
    }

    private static void need(String what, String value, Pattern grammar, String wanted) {
        if (!grammar.matcher(value).matches()) {
            throw refused(what, value, wanted);
        }
    }

    private static IllegalArgumentException refused(String what, String value, String wanted) {
        return new IllegalArgumentException(wanted(what, value, wanted));
    }

    private static String wanted(String what, String value, String wanted) {
        return "'" + value + "' cannot be the " + what + " of an APM agent. Give " + wanted + ".";
    }
}
