package hudson;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.PageDecorator;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import io.jenkins.plugins.shera.harness.pages.HostPage;
import io.jenkins.plugins.shera.harness.web.SessionCrumb;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import org.apache.commons.jelly.JellyContext;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** What views call as {@code h}. */
public class Functions {
    private static final AtomicLong IDS = new AtomicLong();

    /** Gives a page its variables and declares it as one. */
    public static void initPageVariables(JellyContext context) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        request.getWebApp().getDispatchValidator().allowDispatch(request, Stapler.getCurrentResponse2());
        context.setVariable("h", new Functions());
    }

    public static String getResourcePath() {
        return Jenkins.RESOURCE_PATH;
    }

    public static String getVersion() {
        return Jenkins.VERSION;
    }

    public static String getCrumb(StaplerRequest2 req) {
        return SessionCrumb.of(req);
    }

    public static String getCrumbRequestField() {
        return SessionCrumb.FIELD;
    }

    public static String appendIfNotNull(String text, String suffix, String nullText) {
        return text == null ? nullText : text + suffix;
    }

    public static Object defaulted(Object value, Object defaultValue) {
        return value == null || value.equals("") ? defaultValue : value;
    }

    public static void checkPermission(Permission permission) {
        Jenkins.get().checkPermission(permission);
    }

    public static void checkPermission(Object object, Permission permission) {
        if (permission != null) {
            new HostPage(Stapler.getCurrentRequest2()).checkPermission(object, permission, null);
        }
    }

    public static void checkPermission(AccessControlled object, Permission permission) {
        if (permission != null) {
            object.checkPermission(permission);
        }
    }

    public static boolean hasPermission(Permission permission) {
        return Jenkins.get().hasPermission(permission);
    }

    public static boolean hasPermission(Object object, Permission permission) {
        return permission == null || new HostPage(Stapler.getCurrentRequest2()).mayAny(object, permission, null);
    }

    public static List<PageDecorator> getPageDecorators() {
        return PageDecorator.all();
    }

    /** An id no other element of the page has. */
    public String generateId() {
        return "id" + IDS.getAndIncrement();
    }

    public static Locale getCurrentLocale() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? Locale.getDefault() : request.getLocale();
    }

    public static Date getCurrentTime() {
        return new Date();
    }

    public static boolean isAnonymous() {
        return Jenkins.getAuthentication2()
                instanceof org.springframework.security.authentication.AnonymousAuthenticationToken;
    }

    public static boolean getIsUnitTest() {
        return false;
    }

    /** Below the address of its owner, or as it is if it is a whole path. */
    public static String getActionUrl(String itUrl, Action action) {
        String urlName = action.getUrlName();
        if (urlName == null) {
            return null;
        }
        String root = Stapler.getCurrentRequest2().getContextPath();
        return urlName.startsWith("/") ? root + urlName : root + "/" + itUrl + urlName;
    }

    /** The relative address of an item from this page. */
    public static String getRelativeLinkTo(Item p) {
        return Stapler.getCurrentRequest2().getContextPath() + "/" + p.getUrl();
    }

    public static String xmlEscape(String s) {
        return Util.escape(s);
    }
}
