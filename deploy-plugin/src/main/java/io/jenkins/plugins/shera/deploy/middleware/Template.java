package io.jenkins.plugins.shera.deploy.middleware;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can stand beside an application: MySQL (MariaDB too), Redis (Valkey too), RabbitMQ. */
public enum Template {
    /** A database; {@code name} of its Secret is the database. */
    MYSQL(
            3306,
            "mysql://",
            256,
            50,
            List.of(
                    new Parameter(
                            "database",
                            Parameter.INSTANCE,
                            "[a-z][a-z0-9_]{0,62}",
                            "lower case letters, digits and '_', a letter first, at most 63"),
                    new Parameter("maxConnections", "151", "[1-9][0-9]{1,4}", "a number from 10 to 99999"))),
    /** A store of keys and values, kept in an append-only file; {@code name} of its Secret is the number of the database. */
    REDIS(
            6379,
            "redis://",
            32,
            75,
            List.of(new Parameter(
                    "maxmemoryPolicy",
                    "noeviction",
                    "noeviction|(allkeys|volatile)-(lru|lfu|random)|volatile-ttl",
                    "one of Redis' policies such as noeviction or allkeys-lru"))),
    /** A broker of messages; {@code name} of its Secret is the virtual host. */
    RABBITMQ(
            5672,
            "amqp://",
            256,
            60,
            List.of(new Parameter(
                    "vhost",
                    Parameter.INSTANCE,
                    "[a-z][a-z0-9_.-]{0,62}",
                    "lower case letters, digits, '_', '-' and '.', a letter first, at most 63")));

    private final int port;
    private final String scheme;
    private final int leastMebi;
    private final int cachePercent;
    private final List<Parameter> parameters;

    Template(int port, String scheme, int leastMebi, int cachePercent, List<Parameter> parameters) {
        this.port = port;
        this.scheme = scheme;
        this.leastMebi = leastMebi;
        this.cachePercent = cachePercent;
        this.parameters = parameters;
    }

    /**
     * The template of this id.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public static Template of(String id) {
        for (Template each : values()) {
            if (each.id().equals(id)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + String.valueOf(id).replaceAll("\\p{Cntrl}", "?")
                + "' cannot be the parameter template. Give one of "
                + Stream.of(values()).map(Template::id).collect(Collectors.joining(", ")) + ".");
    }

    /** As people write it: {@code mysql}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The TCP port it listens on. */
    public int port() {
        return port;
    }

    /** What may be set about it. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Name of the user that applications log in as. */
    String user() {
        return this == REDIS ? "default" : "app";
    }

    /** Whether it has an administrator of its own whose password nobody but its own scripts needs. */
    boolean hasRoot() {
        return this == MYSQL;
    }

    /** Less memory it cannot start with, in MiB. */
    int leastMebi() {
        return leastMebi;
    }

    /** How much of its memory it keeps data in. */
    int cachePercent() {
        return cachePercent;
    }

    /** What an application names after it has connected: database, number or virtual host. */
    String inner(Map<String, String> values) {
        return switch (this) {
            case MYSQL -> values.get("database");
            case REDIS -> "0";
            case RABBITMQ -> values.get("vhost");
        };
    }

    /** All in one, as many client libraries take it. */
    String url(String user, String password, String host, String inner) {
        return scheme + user + ":" + password + "@" + host + ":" + port + "/" + inner;
    }

    /** The parameters with what is not given filled in; an unknown or wrong one is refused. */
    Map<String, String> complete(String instance, Map<String, String> given) {
        Map<String, String> values = new TreeMap<>();
        for (Parameter parameter : parameters) {
            values.put(parameter.name(), parameter.value(instance, given.get(parameter.name())));
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("'" + name.replaceAll("\\p{Cntrl}", "?")
                        + "' cannot be one of the parameters of " + id() + ". Give "
                        + parameters.stream().map(Parameter::name).collect(Collectors.joining(" or ")) + ".");
            }
        }
        return values;
    }

    /**
     * One thing that may be set.
     *
     * @param initial what it is when nothing is given; {@link #INSTANCE} for the name of the instance
     * @param wanted for people: what may be given
     */
    public record Parameter(String name, String initial, String grammar, String wanted) {

        static final String INSTANCE = "";

        String value(String instance, String given) {
            if (given == null || given.isEmpty()) {
                return initial.equals(INSTANCE) ? instance.replace('-', '_') : initial;
            }
            if (!Pattern.matches(grammar, given)) {
                throw new IllegalArgumentException("'"
                        + (given.length() > 80 ? given.substring(0, 80) + "..." : given).replaceAll("\\p{Cntrl}", "?")
                        + "' cannot be the parameter " + name + ". Give " + wanted + ".");
            }
            return given;
        }
    }
}
