package io.jenkins.plugins.shera.deploy.steps.middleware;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import java.io.Serializable;

/** What is to be done with one instance: deployed, or given new credentials. Saved with the build; nothing in it is secret. */
final class MiddlewareRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final String application;
    private final String environment;
    private final String cluster;
    private final String namespace;
    private final String name;
    private final MiddlewareSpec spec;
    private final String pullRegistry;
    private final String id;

    /**
     * To be deployed as this, or with null for new credentials.
     *
     * @param pullRegistry id of the registry whose login pods pull with, empty for none
     * @param id names this request, the same before and after a restart
     */
    MiddlewareRequest(Subject subject, String name, MiddlewareSpec spec, String pullRegistry, String id) {
        this.tenant = subject.tenant();
        this.application = subject.application();
        this.environment = subject.environment();
        this.cluster = subject.cluster();
        this.namespace = subject.namespace();
        this.name = name;
        this.spec = spec;
        this.pullRegistry = pullRegistry;
        this.id = id;
    }

    Subject subject() {
        return new Subject(tenant, application, environment, cluster, namespace);
    }

    String name() {
        return name;
    }

    MiddlewareSpec spec() {
        return spec;
    }

    String pullRegistry() {
        return pullRegistry;
    }

    boolean isRotation() {
        return spec == null;
    }

    String id() {
        return id;
    }

    Origin origin(String build) {
        return new Origin(tenant, application, environment, id, build);
    }

    @Override
    public String toString() {
        return name + " of " + subject();
    }
}
