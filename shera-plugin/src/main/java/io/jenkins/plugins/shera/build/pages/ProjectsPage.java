package io.jenkins.plugins.shera.build.pages;

import hudson.model.Item;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.config.SonarServer;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.build.projects.Uploads;
import io.jenkins.plugins.shera.build.records.Retention;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.SheraPage;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The projects of a tenant, and all that is done with them over REST; made only for callers who may see the tenant. */
@ExportedBean
public final class ProjectsPage extends SheraPage {
    static final String ID = "projects";

    private final Tenant tenant;

    ProjectsPage(Tenant tenant) {
        this.tenant = tenant;
    }

    static String address(Tenant tenant) {
        return Addresses.of(tenant) + "/" + ID;
    }

    @Override
    public String getDisplayName() {
        return Messages.projects();
    }

    @Override
    public String getPageName() {
        return ID;
    }

    @Override
    public String getPageUrl() {
        return address(tenant);
    }

    @Override
    public String getPlugin() {
        return "shera";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    @Exported
    public String getTenant() {
        return tenant.getId();
    }

    @Exported
    public String getTitle() {
        return tenant.title();
    }

    @Exported
    public String getTenantUrl() {
        return Addresses.of(tenant);
    }

    /** Whether the caller may make projects here. */
    @Exported
    public boolean isCanCreate() {
        Item folder = TenantFolder.of(tenant);
        return folder != null
                && folder.hasPermission(Item.CREATE)
                && TenantFolder.allows(tenant, SheraPermissions.BUILD);
    }

    /** Ids of the registries the tenant may use. */
    @Exported
    public List<String> getRegistries() {
        return tenant.getRegistries();
    }

    /** Ids of the SonarQube servers the tenant may use. */
    @Exported
    public List<String> getSonarServers() {
        return SonarConfiguration.get().serversOf(tenant.getId()).stream()
                .map(SonarServer::getId)
                .toList();
    }

    /** Pipeline jobs of the folder that are no projects. */
    @Exported
    public List<String> getOtherJobs() {
        return isCanCreate() ? new Projects(tenant).others() : List.of();
    }

    /** The projects the caller may see. */
    @Exported(inline = true)
    public List<ProjectLine> getProjects() {
        return new Projects(tenant)
                .all().stream().map(job -> new ProjectLine(tenant, job)).toList();
    }

    /** One project, or nothing where the caller may not see it. */
    public ProjectView getProject(String name) {
        WorkflowJob job = new Projects(tenant).find(name).orElse(null);
        return job == null ? null : new ProjectView(tenant, job);
    }

    /** Makes a project. */
    @RequirePOST
    public HttpResponse doCreate(StaplerRequest2 request) {
        return write(request, "project.create", "").run(fields -> {
            String name = new Projects(tenant).create(fields, WebWrite.checkOnly(request));
            return JsonAnswer.ok().put("url", address(tenant) + "/project/" + name);
        });
    }

    /** Makes a job that is there a project. */
    @RequirePOST
    public HttpResponse doImport(StaplerRequest2 request) {
        return write(request, "project.import", "").run(fields -> {
            String name = fields.text("job");
            fields.done();
            new Projects(tenant).adopt(name);
            return JsonAnswer.ok().put("url", address(tenant) + "/project/" + name);
        });
    }

    /** Keeps a jar or war, the raw body of the request; {@code ?name=} is its file name. */
    @RequirePOST
    public HttpResponse doUpload(StaplerRequest2 request) {
        // Not getParameter: that could read the body as a form.
        String query = String.valueOf(request.getQueryString());
        String name = query.startsWith("name=") ? query.substring("name=".length()) : "";
        return write(request, "project.upload", "")
                .runRaw(body -> JsonAnswer.ok().put("artifact", Uploads.get().put(tenant.getId(), name, body)));
    }

    /** Asks a git server, a SonarQube or a registry whether it answers and takes the credentials; changes nothing. */
    @RequirePOST
    public HttpResponse doTest(StaplerRequest2 request) {
        return write(request, "project.test", "").run(fields -> {
            String kind = fields.text("kind");
            String message = new PartTests(tenant)
                    .test(
                            kind,
                            fields.text("git"),
                            fields.text("branch"),
                            fields.text("credentialsId"),
                            fields.text("server"),
                            fields.text("registry"));
            fields.done();
            return JsonAnswer.ok().put("message", message);
        });
    }

    /** Says which images of a name nothing needs any more, and why the others stay; with {@code delete} they go. */
    @RequirePOST
    public HttpResponse doPrune(StaplerRequest2 request) {
        return write(request, "image.prune", "").run(fields -> {
            Retention retention = new Retention(tenant, fields.text("registry"), fields.text("image"));
            int keep = (int) Math.min(
                    Integer.MAX_VALUE, Math.max(0, fields.number("keep").orElse(Retention.USUAL)));
            String tags = fields.has("keepTags") ? fields.text("keepTags") : Retention.USUAL_TAGS;
            boolean delete = fields.flag("delete");
            fields.done();
            RetentionPlan plan = retention.plan(keep, Retention.tags(tags));
            if (delete && !WebWrite.checkOnly(request)) {
                retention.apply(plan, null);
            }
            return RetentionJson.of(retention, plan).put("deleted", delete);
        });
    }

    /** The OpenAPI document of all this. */
    @GET
    @WebMethod(name = "openapi.json")
    public void doOpenapi(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(openapi().getBytes(StandardCharsets.UTF_8));
    }

    static String openapi() throws IOException {
        try (InputStream in = ProjectsPage.class.getResourceAsStream("openapi.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private WebWrite write(StaplerRequest2 request, String what, String subject) {
        return WebWrite.of(request, what, subject)
                .tenant(tenant.getId())
                .permitted(SheraPermissions.BUILD, needed -> TenantFolder.allows(tenant, needed));
    }
}
