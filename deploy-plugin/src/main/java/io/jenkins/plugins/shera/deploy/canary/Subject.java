package io.jenkins.plugins.shera.deploy.canary;

/** What is rolled out where: one application of a tenant in one environment, which is a namespace of a cluster. */
public record Subject(String tenant, String application, String environment, String cluster, String namespace) {

    /** Name of the canary's Deployment and Service. */
    public String canary() {
        return application + "-canary";
    }

    /** Name of the ConfigMap that holds the rollout. */
    public String record() {
        return application + "-rollout";
    }

    /** Unique among all rollouts; also the subject in the audit trail. */
    public String key() {
        return tenant + "/" + application + "/" + environment;
    }

    @Override
    public String toString() {
        return application + " in " + environment + " (cluster " + cluster + ", namespace " + namespace + ")";
    }
}
