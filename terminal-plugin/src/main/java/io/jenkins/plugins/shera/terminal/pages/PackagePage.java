package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.terminal.desk.PackageAnswers;
import io.jenkins.plugins.shera.terminal.desk.PackageDesk;
import io.jenkins.plugins.shera.terminal.desk.PackageRun;
import io.jenkins.plugins.shera.terminal.desk.PackageRuns;
import io.jenkins.plugins.shera.terminal.pack.Choice;
import io.jenkins.plugins.shera.terminal.pack.Hand;
import io.jenkins.plugins.shera.terminal.pack.PackOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** Keeps what was changed by hand in a container of one application as an image: look first, choose, then make. */
@ExportedBean
public final class PackagePage extends TabPage {

    private final Tenant tenant;
    private final Application application;
    private final Rooms rooms;

    PackagePage(Tenant tenant, Application application) {
        super(application, "package");
        this.tenant = tenant;
        this.application = application;
        this.rooms = new Rooms(tenant, application);
    }

    @Override
    public String getDisplayName() {
        return Messages.PackageTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-terminal";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** Its environments in order, and what each says to an image made by hand. */
    @Exported(inline = true)
    public List<PackageDoor> getEnvironments() {
        return application.getEnvironments().stream()
                .map(each -> new PackageDoor(each.getName(), each.getPolicy()))
                .toList();
    }

    /** The containers of {@code ?environment=} that run. */
    @GET
    public void doContainers(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            rooms.answer(new QueryText(request).text("environment"), response);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    /** How far the caller's own {@code ?run=} is. */
    @GET
    public void doProgress(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        PackageRun run = PackageRuns.get().find(new QueryText(request).text("run"), subject());
        if (run == null) {
            throw new RefusedRead(Refusal.unknown("run", Messages.PackagePage_run(), Messages.PackagePage_run_next()));
        }
        Rooms.send(run.json(), response);
    }

    /** Begins to list what is changed: {@code environment}, {@code pod}, {@code container}. */
    @RequirePOST
    public HttpResponse doLook(StaplerRequest2 request) {
        return write(request, "container.look").run(fields -> {
            Wanted wanted = wanted(fields);
            fields.done();
            return begin(wanted, PackageAnswers::look);
        });
    }

    /**
     * Begins to make the image: besides where, {@code seen} (of the list), {@code tag}, {@code set} ({@code everything},
     * {@code config} or {@code paths}), {@code paths}, {@code exclude}, {@code mask}, {@code env}, {@code entrypoint},
     * {@code command}.
     */
    @RequirePOST
    public HttpResponse doMake(StaplerRequest2 request) {
        return write(request, "container.package").run(fields -> {
            Wanted wanted = wanted(fields);
            String seen = fields.text("seen");
            String tag = fields.text("tag");
            PackageAnswers.Chooser chooser = chooser(fields);
            boolean mask = fields.flag("mask");
            Map<String, String> env = fields.map("env");
            List<String> entrypoint = fields.texts("entrypoint");
            List<String> command = fields.texts("command");
            fields.done();
            return begin(wanted, (run, desk) -> {
                if (!desk.origin().mark().equals(seen)) {
                    throw Refusal.conflict("seen", Messages.PackagePage_seen(), Messages.PackagePage_seen_next());
                }
                String user = Jenkins.getAuthentication2().getName();
                PackOrder order = new PackOrder(tag, new Hand(desk.origin().where(), user, Instant.now()));
                order.maskSecrets(mask)
                        .entrypoint(entrypoint.isEmpty() ? null : entrypoint)
                        .command(command.isEmpty() ? null : command);
                for (Map.Entry<String, String> each : env.entrySet()) {
                    order.env(each.getKey(), each.getValue());
                }
                PackageAnswers.make(run, desk, chooser, order);
            });
        });
    }

    /** Begins to make a patch of the text files that the image of the caller's own {@code run} changes; no container is needed any more. */
    @RequirePOST
    public HttpResponse doPatch(StaplerRequest2 request) {
        return write(request, "container.patch").run(fields -> {
            PackageRun made = PackageRuns.get().find(fields.text("run"), subject());
            fields.done();
            if (made == null || !made.hasMade()) {
                throw Refusal.unknown("run", Messages.PackagePage_made(), Messages.PackagePage_made_next());
            }
            PackageRun run = PackageRuns.get().reserve(subject());
            PackageAnswers.patch(run, made);
            return JsonAnswer.ok().put("run", run.id());
        });
    }

    private static PackageAnswers.Chooser chooser(Fields fields) {
        List<String> paths = fields.texts("paths");
        List<String> exclude = fields.texts("exclude");
        String set = fields.text("set");
        return switch (set) {
            case "", "everything" -> changes -> Choice.everything(changes).excluding(exclude);
            case "config" -> changes -> Choice.configOnly(changes).excluding(exclude);
            case "paths" -> changes -> Choice.paths(changes, paths).excluding(exclude);
            default -> throw Refusal.input("set", Messages.PackagePage_set(), Messages.PackagePage_set_next());
        };
    }

    private record Wanted(Environment environment, String pod, String container) {}

    private Wanted wanted(Fields fields) {
        return new Wanted(rooms.environment(fields.text("environment")), fields.text("pod"), fields.text("container"));
    }

    /** What is begun with an open desk, which it closes. */
    private interface Beginning {
        void at(PackageRun run, PackageDesk desk) throws IOException;
    }

    private ObjectNode begin(Wanted wanted, Beginning beginning) {
        rooms.check(wanted.environment, wanted.pod, wanted.container);
        PackageRun run = PackageRuns.get().reserve(subject());
        PackageDesk desk = null;
        boolean begun = false;
        try {
            desk = PackageDesk.open(
                    tenant.getId(),
                    application.getName(),
                    wanted.environment.getName(),
                    wanted.pod,
                    wanted.container,
                    run::say);
            beginning.at(run, desk);
            begun = true;
            return JsonAnswer.ok().put("run", run.id());
        } catch (IOException e) {
            throw Refusal.input(wanted.pod, e.getMessage(), "");
        } finally {
            if (!begun) {
                PackageRuns.get().drop(run);
                if (desk != null) {
                    desk.close();
                }
            }
        }
    }

    private String subject() {
        return tenant.getId() + "/" + application.getName();
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, subject())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.PACKAGE, permission -> TenantFolder.allows(tenant, permission));
    }
}
