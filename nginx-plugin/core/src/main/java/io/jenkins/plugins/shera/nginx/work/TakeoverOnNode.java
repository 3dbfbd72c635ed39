package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.Takeover;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Puts routes and files of people in force together, tests them, or takes both back; answers what was there. */
public final class TakeoverOnNode implements NodeWork<TakeoverOnNode.Before> {
    private static final long serialVersionUID = 1L;

    private final Mode mode;
    private final ArrayList<Route> routes;
    private final ArrayList<CertificatePair> brought;
    private final TreeMap<String, String> files;

    /** Null from a sender that had none. */
    private final SiteAllowance allowed;

    private enum Mode {
        TEST,
        PUT,
        BACK
    }

    /** What a node had before. */
    public record Before(ArrayList<Route> routes, TreeMap<String, String> files) implements Serializable {}

    private TakeoverOnNode(
            Mode mode,
            Collection<Route> routes,
            Collection<CertificatePair> brought,
            Map<String, String> files,
            SiteAllowance allowed) {
        this.mode = mode;
        this.routes = new ArrayList<>(routes);
        this.brought = new ArrayList<>(brought);
        this.files = new TreeMap<>(files);
        this.allowed = allowed;
    }

    /** Tests; nothing is kept. */
    public static TakeoverOnNode test(
            Collection<Route> routes,
            Collection<CertificatePair> brought,
            Map<String, String> files,
            SiteAllowance allowed) {
        return new TakeoverOnNode(Mode.TEST, routes, brought, files, allowed);
    }

    /** Adds the routes, and makes these all the files. */
    public static TakeoverOnNode put(
            Collection<Route> routes,
            Collection<CertificatePair> brought,
            Map<String, String> files,
            SiteAllowance allowed) {
        return new TakeoverOnNode(Mode.PUT, routes, brought, files, allowed);
    }

    /** Gives a node all that it had. */
    public static TakeoverOnNode back(Before before) {
        return new TakeoverOnNode(Mode.BACK, before.routes(), new ArrayList<>(), before.files(), null);
    }

    @Override
    public Before on(NginxInstallation installation) throws IOException, InterruptedException, InvalidRouteException {
        NginxNode nginx = new NginxNode(installation);
        Before before = new Before(new ArrayList<>(nginx.routes().routes()), new TreeMap<>(nginx.siteFiles()));
        Takeover takeover = new Takeover(installation);
        switch (mode) {
            case TEST -> takeover.test(routes, brought, files, SiteAllowance.orUsual(allowed));
            case PUT -> takeover.put(routes, brought, files, SiteAllowance.orUsual(allowed));
            case BACK -> takeover.back(routes, files);
        }
        return before;
    }
}
