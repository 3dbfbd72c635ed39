package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a route its rules, and tells the route as it was.
 *
 * @param brought files of passwords that the rules name
 */
public record RuleOnNode(RouteOwner owner, RouteRules rules, List<PasswordFile> brought) implements NodeWork<Route> {
    /** Copies the list into one that travels. */
    public RuleOnNode {
        brought = new ArrayList<>(brought);
    }

    @Override
    public Route on(NginxInstallation nginx) throws IOException, InterruptedException, InvalidRouteException {
        return new NginxNode(nginx).rule(owner, rules, brought);
    }
}
