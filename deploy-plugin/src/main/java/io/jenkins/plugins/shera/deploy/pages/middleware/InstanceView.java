package io.jenkins.plugins.shera.deploy.pages.middleware;

import io.jenkins.plugins.shera.deploy.manifest.Bindings;
import io.jenkins.plugins.shera.deploy.middleware.Commands;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareFacts;
import io.jenkins.plugins.shera.deploy.middleware.Template;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One instance as page and REST show it; nothing in it is secret. */
@ExportedBean(defaultVisibility = 999)
public final class InstanceView {

    private final MiddlewareFacts facts;
    private final String namespace;
    private final String application;

    InstanceView(MiddlewareFacts facts, String namespace, String application) {
        this.facts = facts;
        this.namespace = namespace;
        this.application = application;
    }

    @Exported
    public String getName() {
        return facts.name();
    }

    /** {@code mysql}, {@code redis} or {@code rabbitmq}. */
    @Exported
    public String getTemplate() {
        return facts.template();
    }

    @Exported
    public String getVersion() {
        return facts.version();
    }

    @Exported
    public String getImage() {
        return facts.image();
    }

    /** {@code Ready}, {@code Starting}, {@code Failed} or {@code Deleting}. */
    @Exported
    public String getState() {
        return facts.state();
    }

    /** Why it is not ready, in the cluster's words. */
    @Exported
    public String getTrouble() {
        return facts.trouble();
    }

    /** Host and port for others in the cluster. */
    @Exported
    public String getService() {
        return facts.host() + ":" + facts.port();
    }

    /** Name of the Secret with its login. */
    @Exported
    public String getSecret() {
        return facts.secret();
    }

    /** Name of its volume. */
    @Exported
    public String getClaim() {
        return facts.claim();
    }

    @Exported
    public String getSize() {
        return facts.size();
    }

    @Exported
    public String getStorageClass() {
        return facts.storageClass();
    }

    @Exported
    public String getCpu() {
        return facts.cpu();
    }

    @Exported
    public String getMemory() {
        return facts.memory();
    }

    /** What was chosen of the template's parameters. */
    @Exported
    public Map<String, String> getParameters() {
        return facts.parameters();
    }

    /** Names of Deployments whose pods get its login. */
    @Exported
    public List<String> getBoundBy() {
        return facts.boundBy();
    }

    /** What its variables begin with when an application is bound to it: the last word of its name. */
    @Exported
    public String getPrefix() {
        String name = facts.name();
        String own = name.startsWith(application + "-") ? name.substring(application.length() + 1) : name;
        String prefix = own.toUpperCase(Locale.ROOT).replace('-', '_');
        return Character.isLetter(prefix.charAt(0)) ? prefix : "M" + prefix;
    }

    /** Names of the variables an application that is bound to it gets. */
    @Exported
    public List<String> getVariables() {
        return Bindings.variables(getPrefix());
    }

    /** The command that saves its data; empty for a template we do not know. */
    @Exported
    public String getBackup() {
        return template() == null ? "" : Commands.backup(template(), facts.name(), namespace);
    }

    /** The command that puts saved data back. */
    @Exported
    public String getRestore() {
        return template() == null ? "" : Commands.restore(template(), facts.name(), namespace);
    }

    private Template template() {
        try {
            return Template.of(facts.template());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
