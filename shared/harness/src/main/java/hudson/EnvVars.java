package hudson;

import java.io.File;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables: case-insensitive names, values that may refer to each other as {@code ${NAME}}. */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 4320331661987259022L;

    /** The environment of this process. */
    public static final Map<String, String> masterEnvVars = new EnvVars(System.getenv());

    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(Map<String, String> m) {
        this();
        putAll(m);
    }

    public EnvVars(EnvVars m) {
        this((Map<String, String>) m);
    }

    public EnvVars(String... keyValuePairs) {
        this();
        if (keyValuePairs.length % 2 != 0) {
            throw new IllegalArgumentException(Arrays.toString(keyValuePairs));
        }
        for (int i = 0; i < keyValuePairs.length; i += 2) {
            put(keyValuePairs[i], keyValuePairs[i + 1]);
        }
    }

    /** Sets one variable; {@code NAME+ANY} prepends to the list variable NAME. */
    public void override(String key, String value) {
        if (value == null || value.isEmpty()) {
            remove(key);
            return;
        }
        int plus = key.indexOf('+');
        if (plus <= 0) {
            put(key, value);
            return;
        }
        String name = key.substring(0, plus);
        String old = get(name);
        put(name, old == null ? value : value + File.pathSeparator + old);
    }

    /** Sets all of the given variables. */
    public EnvVars overrideAll(Map<String, String> all) {
        all.forEach(this::override);
        return this;
    }

    /** Sets all of the given variables, each expanded against what is set so far. */
    public EnvVars overrideExpandingAll(Map<String, String> all) {
        all.forEach((key, value) -> override(key, expand(value)));
        return this;
    }

    /** Adds a variable given as {@code NAME=value}. */
    public void addLine(String line) {
        int sep = line.indexOf('=');
        if (sep > 0) {
            put(line.substring(0, sep), line.substring(sep + 1));
        }
    }

    /** Replaces {@code $NAME} and {@code ${NAME}} in the text. */
    public String expand(String s) {
        return Util.replaceMacro(s, this);
    }

    /** Lets values refer to each other and to the environment. */
    public static void resolve(Map<String, String> env) {
        env.replaceAll((key, value) -> Util.replaceMacro(value, env));
    }

    @Override
    public String put(String key, String value) {
        if (value == null) {
            throw new IllegalArgumentException("Null value not allowed as an environment variable: " + key);
        }
        return super.put(key, value);
    }

    /** Sets the variable unless the value is null. */
    public void putIfNotNull(String key, String value) {
        if (value != null) {
            put(key, value);
        }
    }

    /** Sets those variables whose value is not null. */
    public void putAllNonNull(Map<String, String> map) {
        map.forEach(this::putIfNotNull);
    }
}
