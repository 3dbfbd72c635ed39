package io.jenkins.plugins.shera.deploy.pages.middleware;

import io.jenkins.plugins.shera.deploy.config.MiddlewareConfiguration;
import io.jenkins.plugins.shera.deploy.middleware.Template;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A template that the platform offers, with its versions. */
@ExportedBean(defaultVisibility = 999)
public final class OfferView {

    private final Template template;
    private final List<String> versions;

    private OfferView(Template template) {
        this.template = template;
        this.versions = List.copyOf(MiddlewareConfiguration.get().of(template).keySet());
    }

    /** Those that have an image. */
    static List<OfferView> all() {
        return Stream.of(Template.values())
                .map(OfferView::new)
                .filter(each -> !each.versions.isEmpty())
                .toList();
    }

    /** {@code mysql}, {@code redis} or {@code rabbitmq}. */
    @Exported
    public String getTemplate() {
        return template.id();
    }

    /** The usual one first. */
    @Exported
    public List<String> getVersions() {
        return versions;
    }

    /** Names of its parameters. */
    @Exported
    public List<String> getParameters() {
        return template.parameters().stream().map(Template.Parameter::name).toList();
    }
}
