package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One thing an administrator sets up on the way from nothing to the first deployed application. */
@ExportedBean(defaultVisibility = 999)
public final class FirstStep {

    /** Kinds of a smaller order come before the tenant, which names them. */
    private static final int TENANT = 30;

    private final String id;
    private final String title;
    private final String purpose;
    private final boolean needed;
    private final boolean done;
    private final String url;

    private FirstStep(String id, String title, String purpose, boolean needed, boolean done, String url) {
        this.id = id;
        this.title = title;
        this.purpose = purpose;
        this.needed = needed;
        this.done = done;
        this.url = url;
    }

    /** All of them, in the order in which they are best taken. */
    static List<FirstStep> all() {
        List<FirstStep> steps = new ArrayList<>();
        SheraConfiguration configuration = SheraConfiguration.get();
        List<Tenant> tenants = configuration.getTenants();
        List<ConnectionKind> kinds = ConnectionKind.all();
        kinds.stream().filter(kind -> kind.order() < TENANT).map(FirstStep::of).forEach(steps::add);
        steps.add(new FirstStep(
                "tenant",
                io.jenkins.plugins.shera.platform.Messages.FirstSteps_tenant(),
                io.jenkins.plugins.shera.platform.Messages.FirstSteps_tenant_purpose(),
                true,
                !tenants.isEmpty(),
                Addresses.console() + "/#new-tenant"));
        steps.add(new FirstStep(
                "application",
                io.jenkins.plugins.shera.platform.Messages.FirstSteps_application(),
                io.jenkins.plugins.shera.platform.Messages.FirstSteps_application_purpose(),
                true,
                !configuration.getApplications().isEmpty(),
                tenants.isEmpty() ? "" : Addresses.of(tenants.get(0)) + "/#new-application"));
        kinds.stream().filter(kind -> kind.order() >= TENANT).map(FirstStep::of).forEach(steps::add);
        return steps;
    }

    private static FirstStep of(ConnectionKind kind) {
        return new FirstStep(
                kind.id(),
                kind.title(),
                kind.purpose(),
                kind.isNeeded(),
                !kind.connections().isEmpty(),
                Addresses.root() + "/" + kind.settings());
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getTitle() {
        return title;
    }

    @Exported
    public String getPurpose() {
        return purpose;
    }

    /** Whether no application can be deployed without it. */
    @Exported
    public boolean isNeeded() {
        return needed;
    }

    @Exported
    public boolean isDone() {
        return done;
    }

    /** Where it is taken; empty while something before it is missing. */
    @Exported
    public String getUrl() {
        return url;
    }
}
