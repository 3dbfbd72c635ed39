package io.jenkins.plugins.shera.kube.exec;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What to run, or with an empty command to which process to attach.
 *
 * @param container one container of the pod; ephemeral ones count
 * @param command program and arguments as they reach the container, never through a shell; empty attaches to its main process
 * @param stdin whether input will be written
 * @param tty whether the command gets a terminal; stderr then comes with stdout
 */
public record ExecRequest(
        String namespace, String pod, String container, List<String> command, boolean stdin, boolean tty) {

    /** Copies the command. */
    public ExecRequest {
        command = List.copyOf(command);
    }

    /** A command without terminal and input. */
    public static ExecRequest command(String namespace, String pod, String container, String... command) {
        return new ExecRequest(namespace, pod, container, List.of(command), false, false);
    }

    /** Below the root of the API server; names that can be none are refused. */
    String path() {
        for (String name : List.of(namespace, pod, container)) {
            if (!name.matches("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?")) {
                throw new IllegalArgumentException("'" + name + "' is no name of a namespace, pod or container.");
            }
        }
        StringBuilder path = new StringBuilder("/api/v1/namespaces/" + namespace + "/pods/" + pod + "/"
                + (command.isEmpty() ? "attach" : "exec") + "?container=" + container + "&stdout=true&stderr=" + !tty
                + "&stdin=" + stdin + "&tty=" + tty);
        for (String word : command) {
            path.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    /** What is done where, for an error. */
    public String what() {
        return (command.isEmpty() ? "attach to " : "run " + command.get(0) + " in ") + namespace + "/" + pod + "/"
                + container;
    }
}
