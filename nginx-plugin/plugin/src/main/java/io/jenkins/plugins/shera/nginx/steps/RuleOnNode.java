package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;

/** Gives a route its rules on the machine it runs on, and tells the route as it was. */
final class RuleOnNode extends MasterToSlaveCallable<Route, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final RouteOwner owner;
    private final RouteRules rules;
    private final ArrayList<PasswordFile> brought;

    RuleOnNode(NginxNodeSettings node, RouteOwner owner, RouteRules rules, List<PasswordFile> brought) {
        this.node = node;
        this.owner = owner;
        this.rules = rules;
        this.brought = new ArrayList<>(brought);
    }

    @Override
    public Route call() throws IOException {
        try {
            return NodeAccess.node(node).rule(owner, rules, brought);
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
