package io.jenkins.plugins.shera.harness.pages;

import hudson.Util;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.ModelObject;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Ancestor;
import org.kohsuke.stapler.StaplerRequest2;
import org.springframework.security.authentication.AnonymousAuthenticationToken;

/** What the host's own views ask while they draw one page: the variable {@code host}. */
public final class HostPage {
    private final StaplerRequest2 request;
    private final FormFields fields = new FormFields();

    public HostPage(StaplerRequest2 request) {
        this.request = request;
    }

    public String getDoctype() {
        return "<!DOCTYPE html>\n";
    }

    public String getLanguage() {
        return request.getLocale().toLanguageTag();
    }

    /** "light" or "dark" if the user chose one, else null: then the browser decides. */
    public String getTheme() {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals("theme") && Set.of("light", "dark").contains(cookie.getValue())) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** The name of who is signed in, else null. */
    public String getUser() {
        var caller = Jenkins.getAuthentication2();
        return caller instanceof AnonymousAuthenticationToken ? null : caller.getName();
    }

    public boolean isMayManage() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    public String getHereEncoded() {
        return URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
    }

    /** The way from the root to this page, without the root. */
    public List<Crumb> getBreadcrumbs() {
        List<Crumb> way = new ArrayList<>();
        for (Ancestor ancestor : request.getAncestors()) {
            if (ancestor.getObject() instanceof ModelObject named && !(ancestor.getObject() instanceof Jenkins)) {
                way.add(new Crumb(named.getDisplayName(), ancestor.getUrl() + "/"));
            }
        }
        return way;
    }

    /** Fails when the caller lacks what the page demands of its object. */
    public String checkPermission(Object it, Object one, Object any) {
        AccessControlled guarded = guardOf(it);
        if (one instanceof Permission permission) {
            guarded.checkPermission(permission);
        }
        if (any instanceof Permission[] permissions) {
            guarded.checkAnyPermission(permissions);
        }
        return "";
    }

    public boolean mayAny(Object it, Object one, Object any) {
        AccessControlled guarded = guardOf(it);
        return (!(one instanceof Permission permission) || guarded.hasPermission(permission))
                && (!(any instanceof Permission[] permissions) || guarded.hasAnyPermission(permissions));
    }

    static AccessControlled guardOf(Object it) {
        if (it instanceof AccessControlled guarded) {
            return guarded;
        }
        StaplerRequest2 now = org.kohsuke.stapler.Stapler.getCurrentRequest2();
        AccessControlled nearest = now == null ? null : now.findAncestorObject(AccessControlled.class);
        return nearest == null ? Jenkins.get() : nearest;
    }

    /** Does the link lead to this very page? */
    public boolean isCurrent(String href) {
        if (href == null) {
            return false;
        }
        String here = request.getRequestURI().replaceFirst("/$", "");
        String there =
                java.net.URI.create(request.getRequestURI()).resolve(href).getPath();
        return here.equals(there.replaceFirst("/$", ""));
    }

    public boolean hasApi(Object it) {
        return it instanceof Jenkins || it instanceof Item || it instanceof Run;
    }

    /** Browsers swallow the first line break of a text area. */
    public String getLeadingLine() {
        return "\n";
    }

    /** An icon as markup. */
    public String icon(String source, String styles, String tooltip, String title, String id) {
        String attributes = attribute("class", styles) + attribute("tooltip", tooltip) + attribute("id", id);
        String spoken = title == null || title.isEmpty()
                ? ""
                : "<span class=\"jenkins-visually-hidden\">" + escape(title) + "</span>";
        return spoken + Symbols.markup(source, attributes);
    }

    private static String attribute(String name, String value) {
        return value == null || value.isEmpty() ? "" : " " + name + "=\"" + escape(value) + "\"";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The state of a build as an icon name. */
    public String stateIcon(Run<?, ?> run) {
        return "symbol-status-" + (run == null ? "nobuilt" : StateNames.of(run.getIconColor()));
    }

    public String jobIcon(Job<?, ?> job) {
        return "symbol-status-" + StateNames.of(job.getIconColor());
    }

    public String duration(long millis) {
        return Spans.of(millis);
    }

    public String ago(long instant) {
        return Spans.since(instant);
    }

    /** The newest builds, at most that many. */
    public List<Run<?, ?>> recent(Job<?, ?> job, int most) {
        List<Run<?, ?>> builds = new ArrayList<>();
        for (Run<?, ?> run : job.getBuilds()) {
            if (builds.size() == most) {
                break;
            }
            builds.add(run);
        }
        return builds;
    }

    public List<ParameterDefinition> parameters(Job<?, ?> job) {
        return JobPages.parametersOf(job);
    }

    public List<ArtifactFile> artifacts(Run<?, ?> run) throws IOException {
        return ArtifactFile.of(run);
    }

    /** The items of a group the caller may see. */
    public List<Item> items(ItemGroup<?> group) {
        return new ArrayList<>(group.getItems());
    }

    public boolean isJob(Object item) {
        return item instanceof Job;
    }

    /** The state of a build in a word of the reader's language. */
    public String state(Run<?, ?> run) {
        if (run == null) {
            return PageTexts.get("NOT_BUILT");
        }
        Result result = run.getResult();
        return PageTexts.get(run.isBuilding() || result == null ? "RUNNING" : result.toString());
    }

    public boolean mayBuild(Item item) {
        return item.hasPermission(Item.BUILD);
    }

    public boolean mayCancel(Item item) {
        return item.hasPermission(Item.CANCEL);
    }

    /** How many items a group holds that the caller may see. */
    public String contents(Item group) {
        return group instanceof ItemGroup<?> items
                ? PageTexts.get("Items", items.getItems().size())
                : "";
    }

    /** The icon of an action: a symbol as it is, a file below the plugin or the images of the host. */
    public String actionIcon(Action action) {
        String icon = action.getIconFileName();
        return icon == null || icon.startsWith("symbol-")
                ? icon
                : icon.startsWith("/") ? request.getContextPath() + Jenkins.RESOURCE_PATH + icon : "symbol-details";
    }

    /** The script of a Pipeline for those who may configure it, else null. */
    public String script(Job<?, ?> job) {
        return job.hasPermission(Item.EXTENDED_READ) || job.hasPermission(Item.CONFIGURE)
                ? Pipelines.script(job)
                : null;
    }

    public long sinceStart(Run<?, ?> run) {
        return System.currentTimeMillis() - run.getStartTimeInMillis();
    }

    /** The parameters a build ran with; secrets are left out. */
    public List<ParameterValue> values(Run<?, ?> run) {
        ParametersAction given = run.getAction(ParametersAction.class);
        return given == null
                ? List.of()
                : given.getParameters().stream()
                        .filter(value -> !value.isSensitive())
                        .toList();
    }

    public List<StageLine> stages(Run<?, ?> run) throws IOException {
        return Pipelines.stages(run);
    }

    /** The questions the build waits for. */
    public List<Question> inputs(Run<?, ?> run) throws IOException {
        return Pipelines.questions(run);
    }

    /** A relative path, each part encoded. */
    public String path(String relative) {
        return Util.rawEncode(relative).replace("%2F", "/");
    }

    public String amount(long bytes) {
        return bytes < 1024
                ? bytes + " B"
                : bytes < 1024 * 1024
                        ? "%.1f kB".formatted(bytes / 1024.0)
                        : "%.1f MB".formatted(bytes / 1024.0 / 1024.0);
    }

    public String category(Enum<?> category) {
        return PageTexts.get(category.name());
    }

    public FormFields getFields() {
        return fields;
    }
}
