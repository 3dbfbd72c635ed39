package io.jenkins.plugins.shera.platform.pages;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;
import io.jenkins.plugins.shera.platform.openapi.OpenApiDocument;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The console at {@code /shera}: the tenants the caller may see, and the way to everything else. */
@Extension
@ExportedBean
public class ConsoleAction extends SheraPage implements RootAction, StaplerProxy {

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return this;
    }

    @Override
    public String getIconFileName() {
        return "symbol-shera plugin-shera-platform";
    }

    @Override
    public String getDisplayName() {
        return "SheRa";
    }

    @Override
    public String getUrlName() {
        return "shera";
    }

    @Override
    public String getPageName() {
        return "console";
    }

    @Override
    public String getPageUrl() {
        return Addresses.console();
    }

    @Exported
    public boolean isCanAdminister() {
        return isAdministrator();
    }

    /** The tenants the caller may see. */
    @Exported
    public List<TenantSummary> getTenants() {
        return SheraConfiguration.get().getTenants().stream()
                .filter(each -> TenantFolder.allows(each, SheraPermissions.VIEW))
                .map(TenantSummary::new)
                .toList();
    }

    /** What an administrator should look at; empty for others. */
    @Exported
    public List<Problem> getProblems() {
        return isAdministrator() ? Problem.all() : List.of();
    }

    /** What an administrator sets up on the way to the first application; empty for others. */
    @Exported
    public List<FirstStep> getFirstSteps() {
        return isAdministrator() ? FirstStep.all() : List.of();
    }

    /** A tenant's page, or nothing where the caller may not know of it. */
    public TenantView getTenant(String id) {
        Tenant tenant = SheraConfiguration.get().tenant(id);
        return tenant != null && TenantFolder.allows(tenant, SheraPermissions.VIEW) ? new TenantView(tenant) : null;
    }

    /** Clusters and registries. */
    public PlatformView getPlatform() {
        return new PlatformView();
    }

    /** The audit trail. */
    public AuditView getAudit() {
        return new AuditView();
    }

    /** What programs may ask, to read. */
    public RestView getRest() {
        return new RestView();
    }

    /** The OpenAPI document of what every plugin that is here answers. */
    @GET
    @WebMethod(name = "openapi.json")
    public void doOpenapi(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String root = Jenkins.get().getRootUrl();
        String base = root == null ? request.getContextPath() + "/" : root;
        byte[] document = OpenApiDocument.of(ApiDescription.all(), base.replaceAll("/+$", ""))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(document);
    }

    /** Adds a tenant. */
    @RequirePOST
    public HttpResponse doCreateTenant(StaplerRequest2 request) {
        return WebWrite.of(request, "tenant.create", "")
                .permitted(SheraPermissions.ADMINISTER, Jenkins.get()::hasPermission)
                .run(fields -> {
                    Tenant wanted = Bodies.tenant(fields.text("id"), fields);
                    fields.number("version");
                    fields.done();
                    Tenant created =
                            new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).create(wanted);
                    return Bodies.warned(created, JsonAnswer.ok())
                            .put("url", Addresses.of(created))
                            .put("version", created.getVersion());
                });
    }
}
