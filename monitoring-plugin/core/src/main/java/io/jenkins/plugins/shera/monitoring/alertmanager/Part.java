package io.jenkins.plugins.shera.monitoring.alertmanager;

import java.util.List;

/**
 * Somebody's part of an Alertmanager configuration, as lines of YAML without indentation.
 *
 * @param owner stands in the marks around it
 * @param receivers items of the list of receivers; none for no part at all
 * @param routes items of the list of routes
 * @param inhibitions items of the list of inhibition rules
 */
record Part(String owner, List<String> receivers, List<String> routes, List<String> inhibitions) {
    Part {
        receivers = List.copyOf(receivers);
        routes = List.copyOf(routes);
        inhibitions = List.copyOf(inhibitions);
    }
}
