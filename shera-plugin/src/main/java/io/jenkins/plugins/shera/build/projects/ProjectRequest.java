package io.jenkins.plugins.shera.build.projects;

import io.jenkins.plugins.shera.build.builders.BuilderKind;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.maven.MavenCommand;
import io.jenkins.plugins.shera.build.script.BuildSettings;
import io.jenkins.plugins.shera.build.script.CronSchedule;
import io.jenkins.plugins.shera.build.sonar.ScannerCommand;
import io.jenkins.plugins.shera.build.source.GitSource;
import io.jenkins.plugins.shera.build.template.TagTemplate;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Names;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;

/** What a request says about a project, checked against the rules of the steps and the rights of the tenant. */
public final class ProjectRequest {
    private static final List<String> OUTCOMES = List.of("", "fail", "unstable", "continue");

    private final BuildSettings settings;
    private final ProjectProperty property;

    private ProjectRequest(BuildSettings settings, ProjectProperty property) {
        this.settings = settings;
        this.property = property;
    }

    /** Reads {@code agent}, {@code settings} and {@code triggers}; without {@code settings} a script kept by hand stays. */
    public static ProjectRequest read(Tenant tenant, Fields fields) {
        String agent = fields.text("agent");
        BuildSettings settings =
                fields.has("settings") ? fields.object("settings", null, each -> settings(agent, each)) : null;
        ProjectProperty property = fields.object("triggers", new ProjectProperty(), ProjectRequest::triggers);
        if (settings != null) {
            check(tenant, settings);
        }
        if (!property.getPoll().isEmpty()
                && (settings == null || !settings.text("git").matches("https?://.*"))) {
            throw Refusal.input("triggers.poll", Messages.ProjectRequest_poll(), Messages.ProjectRequest_poll_next());
        }
        return new ProjectRequest(settings, property);
    }

    private static BuildSettings settings(String agent, Fields fields) {
        BuildSettings settings = checked("agent", () -> new BuildSettings(agent));
        BuildSettings.PARAMETERS.forEach((name, kind) -> {
            Object value =
                    switch (kind) {
                        case TEXT, LONG_TEXT -> fields.text(name);
                        case NUMBER -> (int) fields.number(name).orElse(0);
                        case FLAG -> fields.choice(name).orElse(null);
                        case MAP -> fields.map(name);
                    };
            if (value != null && !Integer.valueOf(0).equals(value)) {
                settings.set(name, value);
            }
        });
        return settings;
    }

    private static ProjectProperty triggers(Fields fields) {
        ProjectProperty property = new ProjectProperty();
        property.setCron(schedule(fields, "cron"));
        property.setPoll(schedule(fields, "poll"));
        property.setUpstream(fields.texts("upstream"));
        property.setWebhookCredentialsId(fields.text("webhookCredentialsId"));
        return property;
    }

    private static String schedule(Fields fields, String name) {
        String line = fields.text(name);
        if (!line.isEmpty()) {
            checked(fields.where(name), () -> CronSchedule.parse(line, ""));
        }
        return line;
    }

    private static void check(Tenant tenant, BuildSettings settings) {
        String in = "settings.";
        checked(in + "image", () -> ImageReference.ofRepository(settings.text("image")));
        if (!settings.text("git").isEmpty()) {
            Names.gitUrl(in + "git", settings.text("git"));
            checked(in + "branch", () -> new GitSource(settings.text("git"), blank(settings.text("branch"))));
        } else if (settings.text("artifact").isEmpty()) {
            throw Refusal.input(in + "git", Messages.ProjectRequest_source(), Messages.ProjectRequest_source_next());
        }
        if (!settings.text("maven").isEmpty()) {
            checked(in + "maven", () -> MavenCommand.parse(settings.text("maven")));
        }
        checked(in + "builder", () -> BuilderKind.parse(blank(settings.text("builder"))));
        for (String platform : settings.text("platforms").split("[,\\s]+")) {
            if (!platform.isEmpty()) {
                checked(in + "platforms", () -> Platform.parse(platform));
            }
        }
        if (!settings.text("tags").isEmpty()) {
            checked(in + "tags", () -> {
                TagTemplate.check(settings.text("tags"));
                return "";
            });
        }
        if (!settings.text("projectKey").isEmpty()) {
            checked(in + "projectKey", () -> {
                ScannerCommand.check(settings.text("projectKey"), properties(settings));
                return "";
            });
            try {
                SonarConfiguration.get().serverFor(blank(settings.text("server")), tenant.getId());
            } catch (Refusal e) {
                throw Refusal.input(in + "server", e.why(), e.next());
            }
        }
        if (!settings.text("registry").isEmpty() && !tenant.getRegistries().contains(settings.text("registry"))) {
            throw Refusal.input(
                    in + "registry", Messages.ProjectRequest_registry(), Messages.ProjectRequest_registry_next());
        }
        for (String name : List.of("onGateFailure", "onUnavailable")) {
            if (!OUTCOMES.contains(settings.text(name))) {
                throw Refusal.input(
                        in + name, Messages.ProjectRequest_outcome(), Messages.ProjectRequest_outcome_next());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static java.util.Map<String, String> properties(BuildSettings settings) {
        Object map = settings.values().get("properties");
        return map == null ? java.util.Map.of() : (java.util.Map<String, String>) map;
    }

    private static String blank(String text) {
        return text.isEmpty() ? null : text;
    }

    private static <T> T checked(String where, java.util.function.Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.input(where, e.getMessage(), Messages.ProjectRequest_correct());
        }
    }

    /** What is to be built; null when the script is kept by hand. */
    public BuildSettings settings() {
        return settings;
    }

    /** What starts it. */
    public ProjectProperty property() {
        return property;
    }
}
