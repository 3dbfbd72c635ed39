package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;

/**
 * How far a node is from what was last put there.
 *
 * @param generation of the routes in force; 0 where none was ever published
 * @param changes what somebody else changed, one line each, with the file it is in
 * @param hidden how many changes more there are that the asker may not see
 * @param served whether the workers tell that they serve the routes and weights that were last put there
 */
public record NodeDrift(long generation, List<String> changes, int hidden, boolean served) implements Serializable {

    /** Copies the list. */
    public NodeDrift {
        changes = List.copyOf(changes);
    }

    /** Whether the node is as it was left. */
    public boolean isNone() {
        return changes.isEmpty() && hidden == 0 && served;
    }

    /** Leaves only lines that name something of this tenant and nothing of another one; the others are counted. */
    NodeDrift visibleTo(String tenant, RouteSet routes) {
        Predicate<Route> own = route -> route.owner().tenant().equals(tenant);
        List<String> visible = changes.stream()
                .filter(line -> routes.routes().stream().anyMatch(own.and(route -> names(line, route))))
                .filter(line -> routes.routes().stream().noneMatch(own.negate().and(route -> names(line, route))))
                .toList();
        return new NodeDrift(generation, visible, changes.size() - visible.size(), served);
    }

    /** Whose routes the changes name. */
    List<RouteOwner> owners(RouteSet routes) {
        return routes.routes().stream()
                .filter(route -> changes.stream().anyMatch(line -> names(line, route)))
                .map(Route::owner)
                .distinct()
                .toList();
    }

    private static boolean names(String line, Route route) {
        return line.contains(route.host()) || line.contains(route.owner().id());
    }
}
