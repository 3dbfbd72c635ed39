package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import io.jenkins.plugins.shera.deploy.steps.middleware.MiddlewareDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-middleware TENANT APPLICATION ENVIRONMENT [NAME (--template T [--size N] ... | --rotate | --delete NAME)]}: the middleware
 * of an application, a line each, one of which it deploys or changes when told to.
 */
@Extension
public class MiddlewareCommand extends PlaceCommand {

    @Argument(index = 3, metaVar = "NAME", usage = "name of the instance")
    public String name = "";

    @Option(name = "--template", usage = "deploys it as mysql, redis or rabbitmq")
    public String template = "";

    @Option(name = "--version", usage = "in this version of those that the platform offers")
    public String version = "";

    @Option(name = "--size", usage = "with a volume of this size")
    public String size = "";

    @Option(name = "--storage-class", usage = "of this StorageClass")
    public String storageClass = "";

    @Option(name = "--memory", usage = "with this memory")
    public String memory = "";

    @Option(name = "--parameter", usage = "NAME=VALUE of the template; may be given several times")
    public List<String> parameters = new ArrayList<>();

    @Option(name = "--override", usage = "why a freeze or the policy of images does not count; needs Promote")
    public String override = "";

    @Option(name = "--dry-run", usage = "only says what would change")
    public boolean dryRun;

    @Option(name = "--rotate", usage = "changes its credentials")
    public boolean rotate;

    @Option(name = "--delete", usage = "deletes it and keeps its volume; its name once more")
    public String delete = "";

    @Option(name = "--delete-volume", usage = "with --delete: deletes its data, too")
    public boolean deleteVolume;

    @Override
    public String getName() {
        return "shera-middleware";
    }

    @Override
    public String getShortDescription() {
        return Messages.MiddlewareCommand_description();
    }

    @Override
    protected String change() {
        if (name.isEmpty()) {
            return "";
        }
        return delete.isEmpty() ? rotate ? "middleware.rotate" : "middleware.deploy" : "middleware.delete";
    }

    @Override
    protected boolean isQuestion() {
        return dryRun;
    }

    @Override
    protected void act(Subject subject, Environment where) {
        if (name.isEmpty()) {
            MiddlewareDesk.look(subject)
                    .forEach(each -> stdout.println(each.name() + "\t" + each.template() + " " + each.version() + "\t"
                            + each.state() + "\t" + each.host() + ":" + each.port() + "\t" + each.secret() + "\t"
                            + each.size() + "\t" + each.trouble()));
        } else {
            checkChange(where);
            stdout.println(change(subject));
        }
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        for (String each : parameters) {
            String[] parts = each.split("=", 2);
            if (parts.length < 2 || given.put(parts[0], parts[1]) != null) {
                throw Refusal.input(
                        "--parameter",
                        Messages.MiddlewareCommand_parameter(),
                        Messages.MiddlewareCommand_parameter_next());
            }
        }
        return given;
    }

    private String change(Subject subject) {
        if (!delete.isEmpty()) {
            return MiddlewareDesk.remove(subject, MiddlewareSpec.name(name), delete, deleteVolume);
        }
        if (rotate) {
            return String.join("\n", MiddlewareDesk.rotate(subject, MiddlewareSpec.name(name)));
        }
        if (!override.isBlank()) {
            check(SheraPermissions.PROMOTE);
        }
        MiddlewareSpec spec = MiddlewareDesk.spec(subject, name, template, version, given())
                .volume(size, storageClass)
                .resources("", memory);
        return String.join(
                "\n",
                dryRun ? MiddlewareDesk.plan(subject, spec) : MiddlewareDesk.deploy(subject, spec, override.trim()));
    }
}
