package io.jenkins.plugins.shera.nginx.steps;

import hudson.Util;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that make an application reachable have in common: whose it is, on which nginx, and what is behind it. */
public abstract class PublishStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final String environment;
    private String tenant;
    private String nginx;
    private String service;
    private int servicePort;
    private List<String> members = new ArrayList<>();

    PublishStep(String application, String environment) {
        this.application = application;
        this.environment = environment;
    }

    public String getApplication() {
        return application;
    }

    public String getEnvironment() {
        return environment;
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Id of the nginx cluster; null for the only one the tenant may use. */
    public String getNginx() {
        return nginx;
    }

    @DataBoundSetter
    public void setNginx(String nginx) {
        this.nginx = Util.fixEmptyAndTrim(nginx);
    }

    /** The Kubernetes Service behind it; null for the one named as the application. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** Port of the Service; 0 for its first. */
    public int getServicePort() {
        return servicePort;
    }

    @DataBoundSetter
    public void setServicePort(int servicePort) {
        this.servicePort = servicePort;
    }

    /** Addresses of pods or machines, as {@code 10.0.0.5:8080}; empty for the Service. */
    public List<String> getMembers() {
        return List.copyOf(members);
    }

    @DataBoundSetter
    public void setMembers(List<String> members) {
        this.members = members == null ? new ArrayList<>() : new ArrayList<>(members);
    }
}
