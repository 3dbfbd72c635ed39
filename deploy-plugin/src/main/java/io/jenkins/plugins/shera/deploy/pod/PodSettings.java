package io.jenkins.plugins.shera.deploy.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is said of an application's pods besides image and variables. What is not said stays out of the manifest, so that
 * server-side apply leaves the field alone. Checked when it is made; saved with the build.
 */
public final class PodSettings implements Serializable {

    /** Nothing is said. */
    public static final PodSettings NONE = new PodSettings("{}");

    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?");
    private static final Pattern KEY = Pattern.compile(
            "(|[a-z0-9]/|[a-z0-9][a-z0-9.-]{0,250}[a-z0-9]/)[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern OPTIONAL_KEY = Pattern.compile("|" + KEY.pattern());
    private static final Pattern VALUE = Pattern.compile("|[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern EFFECT = Pattern.compile("|NoSchedule|PreferNoSchedule|NoExecute");
    private static final Pattern SELECTOR = Pattern.compile("[^\\p{Cntrl}]{1,2000}");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{0,500}");
    private static final int DAY = 86_400;
    private static final int USUAL_GRACE = 30;
    private static final int MOST_PARTS = 50;

    private final String json;

    private PodSettings(String json) {
        this.json = json;
    }

    /**
     * Checks the parts and puts them together.
     *
     * @throws IllegalArgumentException naming the part, its value and what to give instead
     */
    public static PodSettings of(List<PodPart> parts) {
        if (parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "The parameter pod has " + parts.size() + " parts. Give at most " + MOST_PARTS + ".");
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        Set<String> once = new TreeSet<>();
        for (PodPart part : parts) {
            String what = part.type();
            switch (what) {
                case "probe" -> {
                    what = Probes.kind(part) + " probe";
                    all.withObjectProperty("probes").set(Probes.kind(part), Probes.of(part));
                }
                case "serviceAccount" -> account(part, all.withObjectProperty("pod"));
                case "nodeSelector" -> nodes(part, all.withObjectProperty("pod"));
                case "termination" -> termination(part, all);
                case "toleration" -> toleration(part, all.withObjectProperty("pod"));
                case "spread" -> spread(part, all);
                case "antiAffinity" -> antiAffinity(part, all);
                default ->
                    throw new IllegalArgumentException("'" + what.replaceAll("\\p{Cntrl}", "?")
                            + "' cannot be in the parameter pod. Give probe, serviceAccount, nodeSelector, toleration,"
                            + " spread, antiAffinity or termination.");
            }
            if (!Set.of("toleration", "spread", "antiAffinity").contains(what) && !once.add(what)) {
                throw new IllegalArgumentException("The parameter pod has more than one " + what + ". Leave one out.");
            }
        }
        return new PodSettings(all.toString());
    }

    private static void account(PodPart part, ObjectNode pod) {
        part.only("name");
        pod.put("serviceAccountName", part.text("name", NAME, "the name of a ServiceAccount of the namespace"));
        // Who names an account wants what it may do; without one, pods get no token.
        pod.put("automountServiceAccountToken", true);
    }

    private static void nodes(PodPart part, ObjectNode pod) {
        part.only("labels");
        String wanted = "labels of nodes such as disk=ssd,zone=a";
        ObjectNode selector = pod.putObject("nodeSelector");
        for (String each : part.text("labels", SELECTOR, wanted).split(",")) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? "" : each.substring(0, equals).trim();
            String value = equals < 0 ? "" : each.substring(equals + 1).trim();
            if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches() || selector.has(key)) {
                throw part.refused("labels", wanted);
            }
            selector.put(key, value);
        }
    }

    private static void toleration(PodPart part, ObjectNode pod) {
        part.only("key", "value", "effect", "seconds");
        ObjectNode toleration = pod.withArrayProperty("tolerations").addObject();
        toleration.put("key", part.text("key", KEY, "the key of a taint"));
        if (part.has("value")) {
            toleration.put("operator", "Equal").put("value", part.text("value", VALUE, "the value of a taint"));
        } else {
            toleration.put("operator", "Exists");
        }
        String effect = part.text("effect", EFFECT, "NoSchedule, PreferNoSchedule or NoExecute, or none for all");
        if (!effect.isEmpty()) {
            toleration.put("effect", effect);
        }
        int seconds = part.number("seconds", 1, 30 * DAY);
        if (seconds > 0) {
            if (!effect.equals("NoExecute")) {
                throw part.refused("seconds", "it only with effect: 'NoExecute', or leave it out");
            }
            toleration.put("tolerationSeconds", seconds);
        }
    }

    private static void spread(PodPart part, ObjectNode all) {
        part.only("over", "maxSkew", "required");
        int skew = part.number("maxSkew", 1, 1000);
        all.withArrayProperty("spread")
                .addObject()
                .put("maxSkew", skew == 0 ? 1 : skew)
                .put("topologyKey", topology(part))
                .put("whenUnsatisfiable", part.flag("required") ? "DoNotSchedule" : "ScheduleAnyway");
    }

    private static void antiAffinity(PodPart part, ObjectNode all) {
        part.only("over", "required");
        boolean required = part.flag("required");
        ObjectNode one = all.withArrayProperty("antiAffinity").addObject();
        one.put("required", required).put("topologyKey", topology(part));
    }

    private static String topology(PodPart part) {
        String key = part.text("over", OPTIONAL_KEY, "host, zone or the key of a label of nodes");
        return switch (key) {
            case "", "host" -> "kubernetes.io/hostname";
            case "zone" -> "topology.kubernetes.io/zone";
            default -> key;
        };
    }

    private static void termination(PodPart part, ObjectNode all) {
        part.only("graceSeconds", "sleepSeconds", "command", "path");
        int grace = part.number("graceSeconds", 1, DAY);
        int sleep = part.number("sleepSeconds", 1, DAY);
        if (grace > 0) {
            all.withObjectProperty("pod").put("terminationGracePeriodSeconds", grace);
        }
        int ways = (sleep > 0 ? 1 : 0) + (part.has("command") ? 1 : 0) + (part.has("path") ? 1 : 0);
        if (ways > 1 || ways == 0 && grace == 0) {
            throw part.refused("sleepSeconds", "graceSeconds, and at most one of sleepSeconds, command and path");
        }
        if (sleep >= (grace == 0 ? USUAL_GRACE : grace)) {
            throw part.refused(
                    "sleepSeconds", "fewer seconds than graceSeconds (" + (grace == 0 ? USUAL_GRACE : grace) + ")");
        }
        ObjectNode preStop = JsonNodeFactory.instance.objectNode();
        if (sleep > 0) {
            preStop.putObject("sleep").put("seconds", sleep);
        } else if (part.has("command")) {
            preStop.putObject("exec")
                    .putArray("command")
                    .add("/bin/sh")
                    .add("-c")
                    .add(part.text("command", Probes.COMMAND, "one line that the container's /bin/sh runs"));
        } else if (part.has("path")) {
            preStop.putObject("httpGet").put("path", part.text("path", PATH, "a path such as /drain"));
        }
        if (!preStop.isEmpty()) {
            all.set("preStop", preStop);
        }
    }

    private JsonNode all() {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether nothing is said. */
    public boolean isEmpty() {
        return json.equals("{}");
    }

    /** Whether there is a probe of this kind. */
    public boolean hasProbe(String kind) {
        return all().path("probes").has(kind);
    }

    /** Name of the service account, or empty. */
    public String serviceAccount() {
        return all().path("pod").path("serviceAccountName").asText("");
    }

    /**
     * Puts what is said into a pod template, and leaves the rest of it as it is.
     *
     * @param container name of the container that is probed; the first one when none is called so
     * @throws IllegalArgumentException when a probe names no port and the container has none
     */
    public void onto(ObjectNode template, String container) {
        JsonNode all = all();
        ObjectNode pod = template.withObjectProperty("spec");
        all.path("pod").properties().forEach(each -> pod.set(each.getKey(), each.getValue()));
        ObjectNode chosen = Containers.chosen(template, container);
        for (Map.Entry<String, JsonNode> probe : all.path("probes").properties()) {
            chosen.set(probe.getKey() + "Probe", Probes.aimed(probe.getKey(), probe.getValue(), chosen));
        }
        if (all.has("preStop")) {
            chosen.withObjectProperty("lifecycle").set("preStop", Probes.aimed("preStop", all.path("preStop"), chosen));
        }
        Spreading.onto(template, all.path("spread"), all.path("antiAffinity"));
    }
}
