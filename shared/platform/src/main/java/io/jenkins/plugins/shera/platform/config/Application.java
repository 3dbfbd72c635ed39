package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Something a tenant builds, deploys and watches under one name. */
public final class Application extends Versioned<Application> {

    private final String tenant;
    private final String name;
    private String displayName;
    private String description;
    private String repository;
    private List<Environment> environments = new ArrayList<>();

    /** {@code tenant} is a tenant's id, {@code name} a DNS-1123 label; neither ever changes. */
    @DataBoundConstructor
    public Application(String tenant, String name) {
        this.tenant = tenant;
        this.name = name;
    }

    public String getTenant() {
        return tenant;
    }

    public String getName() {
        return name;
    }

    public String getDisplayName() {
        return Util.fixNull(displayName);
    }

    @DataBoundSetter
    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    /** The display name, or the name where there is none. */
    public String title() {
        return getDisplayName().isEmpty() ? name : getDisplayName();
    }

    public String getDescription() {
        return Util.fixNull(description);
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = description;
    }

    /** Address of its git repository, empty where not known. */
    public String getRepository() {
        return Util.fixNull(repository);
    }

    @DataBoundSetter
    public void setRepository(String repository) {
        this.repository = repository;
    }

    /** Where it runs, in the order a digest is promoted. */
    public List<Environment> getEnvironments() {
        return Collections.unmodifiableList(environments);
    }

    @DataBoundSetter
    public void setEnvironments(List<Environment> environments) {
        this.environments = new ArrayList<>(Util.fixNull(environments));
    }

    /** The environment of this name. */
    public Optional<Environment> environment(String wanted) {
        return environments.stream()
                .filter(each -> each.getName().equals(wanted))
                .findFirst();
    }

    @Override
    String storeKey() {
        return tenant + "/" + name;
    }

    @Extension
    @Symbol("application")
    public static final class DescriptorImpl extends Descriptor<Application> {
        @Override
        public String getDisplayName() {
            return Messages.Application_displayName();
        }
    }
}
