package io.jenkins.plugins.shera.deploy.middleware;

import io.jenkins.plugins.shera.kube.api.ResourceKind;

/** The kinds an instance is made of, beside claims and Services. */
final class MiddlewareKinds {

    static final ResourceKind STATEFUL_SET = new ResourceKind("apps/v1", "StatefulSet", "statefulsets", true);
    static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);

    private MiddlewareKinds() {}
}
