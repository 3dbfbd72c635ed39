package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** TCP ports of an application besides its main one, by name: of its container, and of its Service under the same numbers. */
public final class NamedPorts {

    /** Name of the port that {@code port} says. */
    public static final String MAIN = "main";

    private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?");
    private static final int MOST = 20;

    private NamedPorts() {}

    /**
     * Numbers by name.
     *
     * @param main number of the main port, 0 for none
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    static TreeMap<String, Integer> checked(int main, Map<String, String> said) {
        TreeMap<String, Integer> ports = new TreeMap<>();
        Set<Integer> taken = new TreeSet<>(Set.of(main));
        said.forEach((name, number) -> {
            boolean named = NAME.matcher(name).matches() && !name.contains("--") && !name.equals(MAIN);
            if (!named) {
                throw ApplicationSpec.refused(
                        "ports", name, "at most 15 lower case letters, digits and '-' as a name, other than " + MAIN);
            }
            String wanted = String.valueOf(number).strip();
            int port = wanted.matches("[0-9]{1,5}") ? Integer.parseInt(wanted) : 0;
            if (port < 1 || port > 65535 || !taken.add(port)) {
                throw ApplicationSpec.refused("ports", name + ": " + wanted, "a number from 1 to 65535, each once");
            }
            ports.put(name, port);
        });
        if (!ports.isEmpty() && (main == 0 || ports.size() > MOST)) {
            throw ApplicationSpec.refused("ports", ports.size() + " ports", "at most " + MOST + ", together with port");
        }
        return ports;
    }

    static void ofContainer(Map<String, Integer> ports, ArrayNode into) {
        ports.forEach((name, number) -> into.addObject().put("name", name).put("containerPort", number));
    }

    static void ofService(Map<String, Integer> ports, ArrayNode into) {
        ports.forEach((name, number) -> into.addObject()
                .put("name", name)
                .put("port", number)
                .put("protocol", "TCP")
                .put("targetPort", name));
    }
}
