package io.jenkins.plugins.shera.platform.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin adds to every deployment: a list of settings that go out with it, as a section of the form, and as a parameter of the step
 * and of REST. What is not said in a deployment stays as it is.
 */
public abstract class DeploymentAddition implements ExtensionPoint {

    /**
     * Where something is deployed.
     *
     * @param environment one of the application's
     */
    public record Place(Tenant tenant, Application application, Environment environment) {}

    /** Name of the parameter. */
    public abstract String name();

    /** What the caller needs of the tenant to say it. */
    public abstract Permission permission();

    /**
     * How the form asks for it and what is set there now: {@code title}, {@code help}, {@code item} (what one is called in a Jenkinsfile),
     * {@code fields} (each with {@code name}, {@code label}, {@code kind} text, select or switch, and {@code choices}), and {@code values}.
     */
    public abstract ObjectNode form(Place place) throws IOException;

    /**
     * Reads and checks the field {@link #name}.
     *
     * @return the settings as text, which {@link #plan} and {@link #apply} understand, also after a restart
     */
    public abstract String read(Fields fields);

    /** What the settings would change, a line each; nothing is changed. */
    public abstract List<String> plan(Place place, String settings) throws IOException, InterruptedException;

    /**
     * Makes it so, as the caller; said again it changes nothing.
     *
     * @param build that deploys, null without one
     * @return what changed, a line each
     */
    public abstract List<String> apply(Place place, String settings, Run<?, ?> build)
            throws IOException, InterruptedException;

    /** Those of every plugin. */
    public static List<DeploymentAddition> all() {
        return ExtensionList.lookup(DeploymentAddition.class);
    }

    /** The one whose parameter bears this name. */
    public static Optional<DeploymentAddition> named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
