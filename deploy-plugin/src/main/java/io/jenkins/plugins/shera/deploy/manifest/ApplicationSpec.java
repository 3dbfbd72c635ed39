package io.jenkins.plugins.shera.deploy.manifest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What runs: image, replicas, port, variables, resources and probe of one application. Checked when it is made. */
public final class ApplicationSpec implements Serializable {

    private static final long serialVersionUID = 1;

    private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]{0,48}[a-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");
    private static final int MOST_REPLICAS = 1000;
    private static final int LARGEST_VALUE = 64 << 10;

    private final String name;
    private final String image;
    private final Integer replicas;
    private final int port;
    private final TreeMap<String, String> env;
    private final String cpu;
    private final String memory;
    private final String probePath;

    private ApplicationSpec(Draft draft) {
        name = checked(
                "application", draft.name, LABEL, "lower case letters, digits and '-', at most 50, a letter first");
        image = draft.image;
        replicas = draft.replicas;
        port = draft.port;
        env = new TreeMap<>(draft.env);
        cpu = optional("cpu", draft.cpu);
        memory = optional("memory", draft.memory);
        probePath = draft.probePath == null ? "" : draft.probePath;
        if (replicas != null && (replicas < 0 || replicas > MOST_REPLICAS)) {
            throw refused("replicas", String.valueOf(replicas), "a number from 0 to " + MOST_REPLICAS);
        }
        if (port < 0 || port > 65535) {
            throw refused("port", String.valueOf(port), "a number from 1 to 65535, or 0 for a program without one");
        }
        if (!probePath.isEmpty() && (port == 0 || !probePath.matches("/[\\x21-\\x7e]{0,500}"))) {
            throw refused("probePath", probePath, "a path such as /healthz, together with port");
        }
        env.forEach((key, value) -> {
            checked("env", key, VARIABLE, "letters, digits, '_', '-' and '.' for the name of a variable");
            if (value.length() > LARGEST_VALUE || value.indexOf('\0') >= 0) {
                throw refused("env", key, "a value of at most 64 KiB without NUL");
            }
        });
    }

    /** Starts a description. */
    public static Draft of(String name, String image) {
        return new Draft(name, image);
    }

    private static String optional(String what, String value) {
        return value == null || value.isEmpty()
                ? ""
                : checked(what, value, QUANTITY, "a quantity of Kubernetes such as 500m or 256Mi");
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

    /** Name of the application and of its objects. */
    public String name() {
        return name;
    }

    /** Full reference of the image. */
    public String image() {
        return image;
    }

    /** Replicas asked for, or null to leave the number to what is in the cluster. */
    public Integer replicas() {
        return replicas;
    }

    /** The same with another number of replicas; null names none. */
    public ApplicationSpec withReplicas(Integer number) {
        return of(name, image)
                .replicas(number)
                .port(port, probePath)
                .env(env)
                .resources(cpu, memory)
                .done();
    }

    /** The TCP port the program listens on, or 0. */
    public int port() {
        return port;
    }

    /** Environment variables by name. */
    public Map<String, String> env() {
        return env;
    }

    /** CPU asked for, or empty. */
    public String cpu() {
        return cpu;
    }

    /** Memory asked for, which is also the limit, or empty. */
    public String memory() {
        return memory;
    }

    /** Path of the HTTP readiness probe, or empty. */
    public String probePath() {
        return probePath;
    }

    /** What is known so far. */
    public static final class Draft {
        private final String name;
        private final String image;
        private Integer replicas;
        private int port;
        private Map<String, String> env = Map.of();
        private String cpu;
        private String memory;
        private String probePath;

        private Draft(String name, String image) {
            this.name = name;
            this.image = image;
        }

        /** Replicas, or null. */
        public Draft replicas(Integer number) {
            replicas = number;
            return this;
        }

        /** Port and, or null, the path of its readiness probe; without a path the port itself is probed. */
        public Draft port(int number, String path) {
            port = number;
            probePath = path;
            return this;
        }

        /** Environment variables. */
        public Draft env(Map<String, String> variables) {
            env = variables;
            return this;
        }

        /** CPU and memory as Kubernetes writes them, each may be null. */
        public Draft resources(String wantedCpu, String wantedMemory) {
            cpu = wantedCpu;
            memory = wantedMemory;
            return this;
        }

        /**
         * The checked description.
         *
         * @throws IllegalArgumentException naming the parameter, its value and what to give instead
         */
        public ApplicationSpec done() {
            return new ApplicationSpec(this);
        }
    }
}
