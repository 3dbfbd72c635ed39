package io.jenkins.plugins.shera.deploy.middleware;

import io.jenkins.plugins.shera.platform.input.Quantity;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is wanted: which template under which name, how large. Checked when it is made; nothing in it is secret. */
public final class MiddlewareSpec implements Serializable {

    private static final long serialVersionUID = 1;

    private static final Pattern NAME = Pattern.compile("(?!shera-)(?!.*-canary$)[a-z]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}(Ki|Mi|Gi|Ti|k|M|G|T)");
    private static final Pattern CLASS = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final BigDecimal MEBI = BigDecimal.valueOf(1L << 20);
    private static final String MEMORY = "512Mi";

    private final String name;
    private final Template template;
    private final LinkedHashMap<String, String> images;
    private String version = "";
    private String size = "";
    private String storageClass = "";
    private String cpu = "";
    private String memory = MEMORY;
    private TreeMap<String, String> parameters;
    private String pullSecret = "";

    /**
     * With everything else as the template has it.
     *
     * @param images by version, as the platform's administrator offers them, the usual one first
     * @throws IllegalArgumentException naming the parameter, its value and what to give instead
     */
    public MiddlewareSpec(String name, Template template, Map<String, String> images) {
        this.name = checked(
                "name",
                name,
                NAME,
                "lower case letters, digits and '-', a letter first, at most 40, not 'shera-...' or '...-canary'");
        this.template = template;
        this.images = new LinkedHashMap<>(images);
        this.parameters = new TreeMap<>(template.complete(name, Map.of()));
        if (images.isEmpty()) {
            throw new IllegalArgumentException("There is no image for the template " + template.id()
                    + ". Ask the administrator of the platform to add one under Manage Jenkins, SheRa: middleware.");
        }
    }

    /** In this version; empty for the one that runs, at first the usual one. */
    public MiddlewareSpec version(String wanted) {
        version = wanted == null ? "" : wanted;
        if (!version.isEmpty() && !images.containsKey(version)) {
            throw new IllegalArgumentException("'" + version.replaceAll("\\p{Cntrl}", "?")
                    + "' cannot be the parameter version. The platform offers " + template.id() + " "
                    + String.join(", ", images.keySet()) + ".");
        }
        return this;
    }

    /** With a volume of this size and class; empty for what it has, at first 8Gi of the cluster's default class. */
    public MiddlewareSpec volume(String wantedSize, String wantedClass) {
        size = optional("size", wantedSize, SIZE, "a whole number with its unit such as 10Gi");
        storageClass = optional("storageClass", wantedClass, CLASS, "the name of a StorageClass");
        return this;
    }

    /** With this CPU and memory; empty for no CPU of its own and 512Mi. */
    public MiddlewareSpec resources(String wantedCpu, String wantedMemory) {
        cpu = optional("cpu", wantedCpu, QUANTITY, "a quantity of Kubernetes such as 500m");
        memory = optional("memory", wantedMemory, QUANTITY, "a quantity of Kubernetes such as 512Mi");
        memory = memory.isEmpty() ? MEMORY : memory;
        if (mebi() < template.leastMebi()) {
            throw refused("memory", memory, "at least " + template.leastMebi() + "Mi for " + template.id());
        }
        return this;
    }

    /** With these parameters of the template. */
    public MiddlewareSpec parameters(Map<String, String> given) {
        parameters = new TreeMap<>(template.complete(name, given));
        return this;
    }

    /** With the Secret by which pods pull; empty for none. */
    public MiddlewareSpec pullSecret(String secret) {
        pullSecret = secret;
        return this;
    }

    /** Refuses the name of the application itself, whose objects it would meet. */
    public MiddlewareSpec beside(String application) {
        if (name.equals(application)) {
            throw refused("name", name, "another name than the application's, such as " + application + "-db");
        }
        return this;
    }

    /** Name of the instance, of its StatefulSet and of its Service. */
    public String name() {
        return name;
    }

    /** What it is. */
    public Template template() {
        return template;
    }

    /** The version asked for, or empty. */
    String version() {
        return version;
    }

    /** Images by version. */
    Map<String, String> images() {
        return images;
    }

    /** The size asked for, or empty. */
    String size() {
        return size;
    }

    /** The class asked for, or empty. */
    String storageClass() {
        return storageClass;
    }

    /** CPU asked for, or empty. */
    String cpu() {
        return cpu;
    }

    /** Memory, which is also the limit. */
    String memory() {
        return memory;
    }

    /** How much memory it keeps data in, in MiB. */
    long cacheMebi() {
        return mebi() * template.cachePercent() / 100;
    }

    private long mebi() {
        return Quantity.amount("memory", memory).divideToIntegralValue(MEBI).longValue();
    }

    /** Every parameter of the template with its value. */
    Map<String, String> parameters() {
        return parameters;
    }

    /** Name of the Secret by which pods pull, or empty. */
    String pullSecret() {
        return pullSecret;
    }

    private static String optional(String what, String value, Pattern grammar, String wanted) {
        return value == null || value.isEmpty() ? "" : checked(what, value, grammar, wanted);
    }

    /** Checks a name that somebody gives of an instance that is there. */
    public static String name(String given) {
        return checked("name", given, NAME, "the name of one of the application's instances");
    }

    private static String checked(String what, String value, Pattern grammar, String wanted) {
        if (value == null || !grammar.matcher(value).matches()) {
            throw refused(what, value, wanted);
        }
        return value;
    }

    private static IllegalArgumentException refused(String what, String value, String wanted) {
        String shown = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return new IllegalArgumentException("'" + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown)
                + "' cannot be the parameter " + what + ". Give " + wanted + ".");
    }
}
