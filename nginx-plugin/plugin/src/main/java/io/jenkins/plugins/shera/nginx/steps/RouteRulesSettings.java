package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteAccess;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import io.jenkins.plugins.shera.nginx.model.RouteLimits;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.rules.RuleTexts;
import io.jenkins.plugins.shera.platform.input.Fields;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What nginx does with requests of a route: {@code rules: [maxBody: '20m', requestsPerSecond: 50, responseHeaders: 'X-Frame-Options: DENY']};
 * without anything in it takes away what the route had.
 */
public class RouteRulesSettings extends AbstractDescribableImpl<RouteRulesSettings> implements Serializable {
    private static final long serialVersionUID = 1L;

    private boolean wholeHost;
    private String requestHeaders = "";
    private String responseHeaders = "";
    private String maxBody = "";
    private String maxRate = "";
    private int requestsPerSecond;
    private int burst;
    private int connections;
    private int connectTimeout;
    private int readTimeout;
    private int sendTimeout;
    private String allow = "";
    private String deny = "";
    private String realm = "";
    private String users = "";
    private String redirects = "";
    private String aliases = "";
    private String balance = "";
    private String stickyCookie = "";
    private int maxFails;
    private int failTimeout;

    /** With nothing in it. */
    @DataBoundConstructor
    public RouteRulesSettings() {}

    /** As REST and the command line give them; the caller ends with {@link Fields#done}. */
    public static RouteRulesSettings of(Fields fields) {
        RouteRulesSettings settings = new RouteRulesSettings();
        settings.setWholeHost(fields.flag("wholeHost"));
        settings.setRequestHeaders(String.join("\n", fields.texts("requestHeaders")));
        settings.setResponseHeaders(String.join("\n", fields.texts("responseHeaders")));
        settings.setMaxBody(fields.text("maxBody"));
        settings.setMaxRate(fields.text("maxRate"));
        settings.setRequestsPerSecond(number(fields, "requestsPerSecond"));
        settings.setBurst(number(fields, "burst"));
        settings.setConnections(number(fields, "connections"));
        settings.setConnectTimeout(number(fields, "connectTimeout"));
        settings.setReadTimeout(number(fields, "readTimeout"));
        settings.setSendTimeout(number(fields, "sendTimeout"));
        settings.setAllow(String.join(" ", fields.texts("allow")));
        settings.setDeny(String.join(" ", fields.texts("deny")));
        settings.setRealm(fields.text("realm"));
        settings.setUsers(String.join(" ", fields.texts("users")));
        settings.setRedirects(String.join("\n", fields.texts("redirects")));
        settings.setAliases(String.join(" ", fields.texts("aliases")));
        settings.setBalance(fields.text("balance"));
        settings.setStickyCookie(fields.text("stickyCookie"));
        settings.setMaxFails(number(fields, "maxFails"));
        settings.setFailTimeout(number(fields, "failTimeout"));
        return settings;
    }

    /** A number that is out of range stays out of range, and is refused by name later. */
    private static int number(Fields fields, String name) {
        long given = fields.number(name).orElse(0);
        return given != (int) given ? -1 : (int) given;
    }

    /** The same as they lie on a node, in the words that {@link #of} reads. */
    public static void into(ObjectNode json, RouteRules rules) {
        RouteLimits limits = rules.limits() == null ? RouteLimits.NONE : rules.limits();
        RouteAccess access = rules.access() == null ? RouteAccess.ANYBODY : rules.access();
        RouteBalance balance = rules.balance() == null ? RouteBalance.NONE : rules.balance();
        json.put("wholeHost", rules.wholeHost())
                .put("requestHeaders", RuleTexts.ofHeaders(rules.request()))
                .put("responseHeaders", RuleTexts.ofHeaders(rules.response()))
                .put("maxBody", RuleTexts.ofSize(limits.bodyBytes()))
                .put("maxRate", RuleTexts.ofSize(limits.bytesPerSecond()))
                .put("requestsPerSecond", limits.requestsPerSecond())
                .put("burst", limits.burst())
                .put("connections", limits.connections())
                .put("connectTimeout", limits.connectSeconds())
                .put("readTimeout", limits.readSeconds())
                .put("sendTimeout", limits.sendSeconds())
                .put("allow", String.join(" ", access.allow()))
                .put("deny", String.join(" ", access.deny()))
                .put("realm", Util.fixNull(access.realm()))
                .put("users", String.join(" ", access.credentials()))
                .put("redirects", RuleTexts.ofRedirects(rules.redirects()))
                .put("aliases", String.join(" ", rules.aliases()))
                .put("balance", balance.methodText())
                .put("stickyCookie", Util.fixNull(balance.stickyCookie()))
                .put("maxFails", balance.maxFails())
                .put("failTimeout", balance.failSeconds());
    }

    /** The rules for a host, judged; {@code users} is the version of the password file, null for none. */
    RouteRules on(String host, String version) throws InvalidRouteException {
        RouteLimits limits = new RouteLimits(
                RuleTexts.size("maxBody", maxBody),
                requestsPerSecond,
                burst,
                connections,
                RuleTexts.size("maxRate", maxRate),
                connectTimeout,
                readTimeout,
                sendTimeout);
        RouteAccess access = new RouteAccess(
                RuleTexts.words(allow),
                RuleTexts.words(deny),
                Util.fixEmpty(realm),
                version == null ? List.of() : RuleTexts.words(users),
                version);
        return new RouteRules(
                        wholeHost,
                        RuleTexts.headers(requestHeaders),
                        RuleTexts.headers(responseHeaders),
                        limits,
                        access,
                        RuleTexts.redirects(redirects),
                        RuleTexts.words(aliases),
                        RouteBalance.of(balance, Util.fixEmptyAndTrim(stickyCookie), maxFails, failTimeout))
                .check(host);
    }

    /** Whether they hold for other routes of the host, too. */
    public boolean isWholeHost() {
        return wholeHost;
    }

    @DataBoundSetter
    public void setWholeHost(boolean wholeHost) {
        this.wholeHost = wholeHost;
    }

    /** Headers for the application, one a line. */
    public String getRequestHeaders() {
        return requestHeaders;
    }

    @DataBoundSetter
    public void setRequestHeaders(String requestHeaders) {
        this.requestHeaders = Util.fixNull(requestHeaders);
    }

    /** Headers for the client, one a line. */
    public String getResponseHeaders() {
        return responseHeaders;
    }

    @DataBoundSetter
    public void setResponseHeaders(String responseHeaders) {
        this.responseHeaders = Util.fixNull(responseHeaders);
    }

    /** Largest body of a request, as {@code 20m}. */
    public String getMaxBody() {
        return maxBody;
    }

    @DataBoundSetter
    public void setMaxBody(String maxBody) {
        this.maxBody = Util.fixNull(maxBody);
    }

    /** Most bytes a second of one answer, as {@code 500k}. */
    public String getMaxRate() {
        return maxRate;
    }

    @DataBoundSetter
    public void setMaxRate(String maxRate) {
        this.maxRate = Util.fixNull(maxRate);
    }

    /** Of one client address; 0 for any number. */
    public int getRequestsPerSecond() {
        return requestsPerSecond;
    }

    @DataBoundSetter
    public void setRequestsPerSecond(int requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    /** Requests above the rate that are let through. */
    public int getBurst() {
        return burst;
    }

    @DataBoundSetter
    public void setBurst(int burst) {
        this.burst = burst;
    }

    /** At a time of one client address; 0 for any number. */
    public int getConnections() {
        return connections;
    }

    @DataBoundSetter
    public void setConnections(int connections) {
        this.connections = connections;
    }

    /** Seconds; 0 for nginx's own. */
    public int getConnectTimeout() {
        return connectTimeout;
    }

    @DataBoundSetter
    public void setConnectTimeout(int connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** Seconds; 0 for nginx's own. */
    public int getReadTimeout() {
        return readTimeout;
    }

    @DataBoundSetter
    public void setReadTimeout(int readTimeout) {
        this.readTimeout = readTimeout;
    }

    /** Seconds; 0 for nginx's own. */
    public int getSendTimeout() {
        return sendTimeout;
    }

    @DataBoundSetter
    public void setSendTimeout(int sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    /** Addresses and networks that may come, and then nobody else. */
    public String getAllow() {
        return allow;
    }

    @DataBoundSetter
    public void setAllow(String allow) {
        this.allow = Util.fixNull(allow);
    }

    /** Addresses and networks that may not come. */
    public String getDeny() {
        return deny;
    }

    @DataBoundSetter
    public void setDeny(String deny) {
        this.deny = Util.fixNull(deny);
    }

    /** What a browser shows when it asks for a password. */
    public String getRealm() {
        return realm;
    }

    @DataBoundSetter
    public void setRealm(String realm) {
        this.realm = Util.fixNull(realm);
    }

    /** Ids of credentials with user name and password; one of them has to be given. */
    public String getUsers() {
        return users;
    }

    @DataBoundSetter
    public void setUsers(String users) {
        this.users = Util.fixNull(users);
    }

    /** Paths that lead elsewhere, one a line. */
    public String getRedirects() {
        return redirects;
    }

    @DataBoundSetter
    public void setRedirects(String redirects) {
        this.redirects = Util.fixNull(redirects);
    }

    /** Other host names that lead to the route's own. */
    public String getAliases() {
        return aliases;
    }

    @DataBoundSetter
    public void setAliases(String aliases) {
        this.aliases = Util.fixNull(aliases);
    }

    /** How the next member is chosen; empty for one after the other. */
    public String getBalance() {
        return balance;
    }

    @DataBoundSetter
    public void setBalance(String balance) {
        this.balance = Util.fixNull(balance);
    }

    /** Name of the cookie that keeps a client with its member; empty for none. */
    public String getStickyCookie() {
        return stickyCookie;
    }

    @DataBoundSetter
    public void setStickyCookie(String stickyCookie) {
        this.stickyCookie = Util.fixNull(stickyCookie);
    }

    /** Failures after which a member is left out for a time; 0 for nginx's own. */
    public int getMaxFails() {
        return maxFails;
    }

    @DataBoundSetter
    public void setMaxFails(int maxFails) {
        this.maxFails = maxFails;
    }

    /** Seconds; 0 for nginx's own. */
    public int getFailTimeout() {
        return failTimeout;
    }

    @DataBoundSetter
    public void setFailTimeout(int failTimeout) {
        this.failTimeout = failTimeout;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RouteRulesSettings> {
        @Override
        public String getDisplayName() {
            return Messages.RouteRulesSettings_displayName();
        }
    }
}
