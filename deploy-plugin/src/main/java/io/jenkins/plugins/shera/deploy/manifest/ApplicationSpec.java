package io.jenkins.plugins.shera.deploy.manifest;

import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What runs: image, replicas, port, variables, resources and probe of one application. Checked when it is made. */
public final class ApplicationSpec implements Serializable {

    private static final long serialVersionUID = 1;

    private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]{0,48}[a-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");
    static final Pattern PATH =
            Pattern.compile("(?!/(proc|sys|dev)(/|$))(/(?!\\.{1,2}(/|$))[A-Za-z0-9._@+-]{1,100}){1,20}");
    private static final String WANTED_PATH =
            "an absolute path of a file, of letters, digits and . _ @ + -, without '..' and not in /proc, /sys or /dev";
    private static final int LARGEST_CONFIG = 900 << 10;
    private static final int MOST_FILES = 64;
    private static final int MOST_VOLUMES = 20;
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
    private final TreeMap<String, String> configFiles;
    private final TreeSet<String> secretVariables;
    private final TreeSet<String> secretFiles;
    private final String pullSecret;
    /** Null in what was saved before applications had volumes. */
    private final ArrayList<VolumeSpec> volumes;
    /** Null in what was saved before there was middleware. */
    private final TreeMap<String, String> bind;
    /** Null in what was saved before pods had settings. */
    private final PodSettings pod;
    /** Null in what was saved before the strategy had numbers. */
    private final Pacing pacing;
    /** Null in what was saved before there were more ports than one. */
    private final TreeMap<String, Integer> ports;

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
        configFiles = new TreeMap<>(draft.configFiles);
        secretVariables = new TreeSet<>(draft.secretVariables);
        secretFiles = new TreeSet<>(draft.secretFiles);
        pullSecret = draft.pullSecret;
        volumes = new ArrayList<>(draft.volumes);
        bind = new TreeMap<>(draft.bind);
        pod = draft.pod;
        pacing = draft.pacing;
        ports = NamedPorts.checked(Math.max(0, port), draft.ports);
        checkPod();
        checkFiles();
        Bindings.check(this);
        checkVolumes();
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

    private void checkFiles() {
        long size = 0;
        for (Map.Entry<String, String> file : configFiles.entrySet()) {
            checked("configFiles", file.getKey(), PATH, WANTED_PATH);
            size += file.getValue().length();
        }
        secretFiles.forEach(path -> checked("secretFiles", path, PATH, WANTED_PATH));
        if (size > LARGEST_CONFIG || configFiles.size() > MOST_FILES || secretFiles.size() > MOST_FILES) {
            throw refused(
                    "configFiles", size + " bytes", "at most " + MOST_FILES + " files of together at most 900 KiB");
        }
        for (String path : secretFiles) {
            if (configFiles.containsKey(path)) {
                throw refused("secretFiles", path, "a path that configFiles does not have");
            }
        }
        for (String variable : secretVariables) {
            checked("secrets", variable, VARIABLE, "letters, digits, '_', '-' and '.' for the name of a variable");
            if (env.containsKey(variable)) {
                throw refused("secrets", variable, "a variable that env does not have");
            }
        }
    }

    private void checkPod() {
        if (!probePath.isEmpty() && pod.hasProbe("readiness")) {
            throw refused("probePath", probePath, "either it or a readiness probe in pod");
        }
        if (isExclusive() && pacing.isNamed()) {
            throw refused(
                    "maxSurge",
                    "a rolling update",
                    "none with a volume that one pod alone may write: its pods are replaced all at once");
        }
    }

    private void checkVolumes() {
        Set<String> taken = new TreeSet<>(configFiles.keySet());
        taken.addAll(secretFiles);
        int group = 0;
        for (VolumeSpec volume : volumes) {
            if (!taken.add(volume.name()) || !taken.add(volume.mountPath())) {
                throw refused("volumes", volume.name() + " at " + volume.mountPath(), "every name and every path once");
            }
            if (group > 0 && volume.group() > 0 && group != volume.group()) {
                throw refused("group", String.valueOf(volume.group()), "the same group for all volumes of a pod");
            }
            group = Math.max(group, volume.group());
        }
        if (volumes.size() > MOST_VOLUMES) {
            throw refused("volumes", volumes.size() + " volumes", "at most " + MOST_VOLUMES);
        }
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

    static String checked(String what, String value, Pattern grammar, String wanted) {
        if (value == null || !grammar.matcher(value).matches()) {
            throw refused(what, value, wanted);
        }
        return value;
    }

    static IllegalArgumentException refused(String what, String value, String wanted) {
        String shown = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return new ParameterException(
                what,
                "'" + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown) + "' cannot be the parameter "
                        + what + ". Give " + wanted + ".");
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
                .config(configFiles, secretVariables, secretFiles)
                .pullSecret(pullSecret)
                .replicas(number)
                .port(port, probePath)
                .ports(texts(ports()))
                .env(env)
                .resources(cpu, memory)
                .volumes(volumes())
                .bind(bind())
                .pod(pod())
                .pacing(pacing())
                .done();
    }

    /** The TCP port the program listens on, or 0. */
    public int port() {
        return port;
    }

    /** The other TCP ports by name. */
    public Map<String, Integer> ports() {
        return ports == null ? Map.of() : ports;
    }

    private static Map<String, String> texts(Map<String, Integer> numbers) {
        Map<String, String> texts = new TreeMap<>();
        numbers.forEach((name, number) -> texts.put(name, String.valueOf(number)));
        return texts;
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

    /** Contents of configuration files by absolute path. */
    public SortedMap<String, String> configFiles() {
        return configFiles;
    }

    /** Names of variables whose values are secret. */
    public SortedSet<String> secretVariables() {
        return secretVariables;
    }

    /** Absolute paths of files whose contents are secret. */
    public SortedSet<String> secretFiles() {
        return secretFiles;
    }

    /** Whether it has configuration of its own, as files or secrets. */
    public boolean isConfigured() {
        return !configFiles.isEmpty() || !secretVariables.isEmpty() || !secretFiles.isEmpty();
    }

    /** Name of the Secret by which pods pull, or empty. */
    public String pullSecret() {
        return pullSecret;
    }

    /** Its volumes, in the order given. */
    public List<VolumeSpec> volumes() {
        return volumes == null ? List.of() : volumes;
    }

    /** Names of middleware by what its variables begin with. */
    public Map<String, String> bind() {
        return bind == null ? Map.of() : bind;
    }

    /** What is said of its pods besides. */
    public PodSettings pod() {
        return pod == null ? PodSettings.NONE : pod;
    }

    /** How a rolling update replaces its pods. */
    public Pacing pacing() {
        return pacing == null ? Pacing.USUAL : pacing;
    }

    /** Whether a second pod would be a second writer of a volume that only one may write, so that pods must go before others come. */
    public boolean isExclusive() {
        return volumes().stream().anyMatch(VolumeSpec::isExclusive);
    }

    /** What is known so far. */
    public static final class Draft {
        private final String name;
        private final String image;
        private Integer replicas;
        private int port;
        private Map<String, String> ports = Map.of();
        private Map<String, String> env = Map.of();
        private String cpu;
        private String memory;
        private String probePath;
        private Map<String, String> configFiles = Map.of();
        private Set<String> secretVariables = Set.of();
        private Set<String> secretFiles = Set.of();
        private String pullSecret = "";
        private List<VolumeSpec> volumes = List.of();
        private Map<String, String> bind = Map.of();
        private PodSettings pod = PodSettings.NONE;
        private Pacing pacing = Pacing.USUAL;

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

        /** Numbers of further TCP ports by name. */
        public Draft ports(Map<String, String> more) {
            ports = more;
            return this;
        }

        /** Environment variables. */
        public Draft env(Map<String, String> variables) {
            env = variables;
            return this;
        }

        /** Configuration files by path, names of secret variables, and paths of secret files. */
        public Draft config(Map<String, String> files, Set<String> variables, Set<String> confidentialFiles) {
            configFiles = files;
            secretVariables = variables;
            secretFiles = confidentialFiles;
            return this;
        }

        /** Name of the Secret by which pods pull, or empty. */
        public Draft pullSecret(String secret) {
            pullSecret = secret;
            return this;
        }

        /** Volumes. */
        public Draft volumes(List<VolumeSpec> wanted) {
            volumes = wanted;
            return this;
        }

        /** Names of middleware by what its variables begin with. */
        public Draft bind(Map<String, String> instances) {
            bind = instances;
            return this;
        }

        /** What is said of its pods besides. */
        public Draft pod(PodSettings settings) {
            pod = settings;
            return this;
        }

        /** How a rolling update replaces its pods. */
        public Draft pacing(Pacing numbers) {
            pacing = numbers;
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
