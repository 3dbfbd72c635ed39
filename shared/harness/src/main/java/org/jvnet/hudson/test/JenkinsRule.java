package org.jvnet.hudson.test;

import hudson.Launcher;
import hudson.Util;
import hudson.model.Hudson;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.RootAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.shera.harness.testing.Polling;
import io.jenkins.plugins.shera.harness.testing.TestHost;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.security.ApiTokenProperty;
import net.sf.json.JSONObject;
import org.htmlunit.ElementNotFoundException;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.Page;
import org.htmlunit.SilentCssErrorHandler;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.WebResponseWrapper;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.xml.sax.SAXException;

/** A Jenkins for one test. */
public class JenkinsRule implements RootAction {
    /** The running Jenkins. */
    public Jenkins jenkins;

    @Deprecated
    public Hudson hudson;

    public String contextPath = "/jenkins";

    /** After how many seconds a test is given up; 0 for never. */
    public int timeout = Integer.getInteger("jenkins.test.timeout", 180);

    /** Where the web server listens. */
    protected int localPort;

    private final List<File> temporary = new ArrayList<>();
    private TestHost host;
    private File home;

    public JenkinsRule() {}

    /** Starts Jenkins in a new home. */
    public void before() throws Throwable {
        if (home == null) {
            home = createTmpDir();
        }
        host = TestHost.start(home, contextPath);
        localPort = host.port();
        jenkins = Jenkins.get();
        hudson = (Hudson) jenkins;
    }

    /** Stops Jenkins and deletes its home. */
    public void after() throws Exception {
        stop();
        for (File folder : temporary) {
            Util.deleteRecursive(folder);
        }
        temporary.clear();
    }

    private void stop() {
        if (host != null) {
            host.close();
            host = null;
        }
    }

    /** Stops Jenkins and starts it again in the same home. */
    public void restart() throws Throwable {
        stop();
        before();
    }

    public Jenkins getInstance() {
        return jenkins;
    }

    /** Where the pages are, with a slash at the end. */
    public URL getURL() throws IOException {
        return new URL(host.address());
    }

    public <T extends TopLevelItem> T createProject(Class<T> type) throws IOException {
        return createProject(type, createUniqueProjectName());
    }

    public <T extends TopLevelItem> T createProject(Class<T> type, String name) throws IOException {
        return jenkins.createProject(type, name);
    }

    protected String createUniqueProjectName() {
        return "test" + jenkins.getItems().size();
    }

    public File createTmpDir() throws IOException {
        File folder = Files.createTempDirectory("jenkins-test").toFile();
        temporary.add(folder);
        return folder;
    }

    public TaskListener createTaskListener() {
        return StreamTaskListener.fromStdout();
    }

    public Launcher.LocalLauncher createLocalLauncher() {
        return new Launcher.LocalLauncher(StreamTaskListener.fromStdout());
    }

    /** A realm that takes every user whose password is the name. */
    public DummySecurityRealm createDummySecurityRealm() {
        return new DummySecurityRealm();
    }

    /** Builds, waits, and checks that it went well. */
    /** A new API token of the user. */
    public String createApiToken(User user) throws IOException {
        ApiTokenProperty tokens = user.getProperty(ApiTokenProperty.class);
        if (tokens == null) {
            tokens = new ApiTokenProperty();
            user.addProperty(tokens);
        }
        return tokens.generateNewToken(null).plainValue;
    }

    public <J extends Job<J, R>, R extends Run<J, R>> R buildAndAssertSuccess(J job) throws Exception {
        return buildAndAssertStatus(Result.SUCCESS, job);
    }

    /** Builds, waits, and checks the result. */
    @SuppressWarnings("unchecked")
    public <J extends Job<J, R>, R extends Run<J, R>> R buildAndAssertStatus(Result status, J job) throws Exception {
        Queue.Item item = ParameterizedJobMixIn.scheduleBuild2(job, 0);
        if (item == null) {
            throw new AssertionError(job.getFullName() + " could not be scheduled");
        }
        return assertBuildStatus(status, (R) item.getFuture().get());
    }

    public <R extends Run> R assertBuildStatus(Result status, R r) throws Exception {
        if (status != r.getResult()) {
            throw new AssertionError("unexpected build status " + r.getResult() + " instead of " + status
                    + "; build log was:\n------\n" + getLog(r) + "\n------\n");
        }
        return r;
    }

    public <R extends Run> R assertBuildStatus(Result status, java.util.concurrent.Future<? extends R> r)
            throws Exception {
        if (r == null) {
            throw new AssertionError("build was actually scheduled");
        }
        return assertBuildStatus(status, r.get());
    }

    public <R extends Run> R assertBuildStatusSuccess(R r) throws Exception {
        return assertBuildStatus(Result.SUCCESS, r);
    }

    public <R extends Run> R assertBuildStatusSuccess(java.util.concurrent.Future<? extends R> r) throws Exception {
        return assertBuildStatus(Result.SUCCESS, r);
    }

    public void assertLogContains(String substring, Run run) throws IOException {
        String log = getLog(run);
        if (!log.contains(substring)) {
            throw new AssertionError("the log of " + run + " lacks \"" + substring + "\":\n" + log);
        }
    }

    public void assertLogNotContains(String substring, Run run) throws IOException {
        String log = getLog(run);
        if (log.contains(substring)) {
            throw new AssertionError("the log of " + run + " has \"" + substring + "\":\n" + log);
        }
    }

    /** The log so far. */
    public static String getLog(Run run) throws IOException {
        return run.getLog();
    }

    /** Waits until the build has ended. */
    public <R extends Run<?, ?>> R waitForCompletion(R r) throws InterruptedException {
        Polling.until(() -> !r.isInProgress(), timeout, () -> r + " still runs");
        return r;
    }

    /** Waits until the log has the text. */
    public <R extends Run<?, ?>> R waitForMessage(String message, R r) throws IOException, InterruptedException {
        Polling.until(
                () -> {
                    if (getLog(r).contains(message)) {
                        return true;
                    }
                    if (!r.isInProgress()) {
                        assertLogContains(message, r);
                    }
                    return false;
                },
                timeout,
                () -> "the log of " + r + " lacks \"" + message + "\"");
        return r;
    }

    public boolean isSomethingHappening() {
        return !jenkins.getQueue().isEmpty() || !jenkins.toComputer().isIdle();
    }

    public void waitUntilNoActivity() throws Exception {
        waitUntilNoActivityUpTo(timeout * 1000);
    }

    /** Waits until nothing runs and nothing waits. */
    public void waitUntilNoActivityUpTo(int timeout) throws Exception {
        Polling.until(
                () -> !isSomethingHappening(), Math.max(1, timeout / 1000), () -> "Jenkins is still doing something");
    }

    /** A new browser without any session. */
    public WebClient createWebClient() {
        return new WebClient();
    }

    /** Presses the main button of the form, as a user would. */
    public HtmlPage submit(HtmlForm form) throws Exception {
        return submit(form, "Submit");
    }

    /** Presses the button of that name, or the last submit button of the form. */
    public HtmlPage submit(HtmlForm form, String name) throws Exception {
        HtmlButton button = null;
        for (HtmlElement each : form.getElementsByTagName("button")) {
            HtmlButton candidate = (HtmlButton) each;
            boolean named = name.equals(candidate.getNameAttribute());
            if (named || button == null && "submit".equals(candidate.getTypeAttribute())) {
                button = candidate;
            }
        }
        if (button == null) {
            throw new ElementNotFoundException("button", "name", name);
        }
        return button.click();
    }

    /** Opens the global configuration and saves it unchanged. */
    public void configRoundtrip() throws Exception {
        WebClient browser = createWebClient();
        HtmlPage page = browser.goTo("manage/configure");
        browser.waitForBackgroundJavaScript(10_000);
        submit(page.getFormByName("config"));
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "self";
    }

    /** A browser whose addresses are relative to this Jenkins. */
    public class WebClient extends org.htmlunit.WebClient {
        private static final long serialVersionUID = 1L;

        public WebClient() {
            getOptions().setCssEnabled(false);
            getOptions().setFetchPolyfillEnabled(true);
            setCssErrorHandler(new SilentCssErrorHandler());
        }

        /** Signs in with the name as password. */
        public WebClient login(String username) throws Exception {
            return login(username, username);
        }

        public WebClient login(String username, String password) throws Exception {
            HtmlForm form = goTo("login").getFormByName("login");
            form.getInputByName("j_username").setValue(username);
            form.getInputByName("j_password").setValue(password);
            HtmlPage page = submit(form);
            if (page.getUrl().getPath().endsWith("/loginError")) {
                throw new AssertionError("Login failed for username: " + username);
            }
            return this;
        }

        /** Sends name and password with every request. */
        public WebClient withBasicCredentials(String login, String passwordOrToken) {
            String pair = Base64.getEncoder()
                    .encodeToString((login + ':' + passwordOrToken).getBytes(StandardCharsets.UTF_8));
            addRequestHeader("Authorization", "Basic " + pair);
            return this;
        }

        public WebClient withBasicCredentials(String loginAndPassword) {
            return withBasicCredentials(loginAndPassword, loginAndPassword);
        }

        /** Sends the user's name and a new API token with every request. */
        public WebClient withBasicApiToken(User user) {
            try {
                return withBasicCredentials(user.getId(), createApiToken(user));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public WebClient withBasicApiToken(String userId) {
            return withBasicApiToken(User.getById(userId, true));
        }

        public WebClient withThrowExceptionOnFailingStatusCode(boolean enabled) {
            getOptions().setThrowExceptionOnFailingStatusCode(enabled);
            return this;
        }

        public WebClient withJavaScriptEnabled(boolean enabled) {
            getOptions().setJavaScriptEnabled(enabled);
            return this;
        }

        public WebClient withRedirectEnabled(boolean enabled) {
            getOptions().setRedirectEnabled(enabled);
            return this;
        }

        /** An HTML page, by its path below the root. */
        public HtmlPage goTo(String relative) throws IOException, SAXException {
            return (HtmlPage) goTo(relative, "text/html");
        }

        /** A page that must have this content type; null for any. */
        public Page goTo(String relative, String expectedContentType) throws IOException, SAXException {
            if (relative.startsWith("/")) {
                throw new IllegalArgumentException("an address below the root has no slash in front: " + relative);
            }
            Page page = super.getPage(new URL(getContextPath() + relative));
            String type = page.getWebResponse().getContentType();
            if (expectedContentType != null && !expectedContentType.equals(type)) {
                throw new AssertionError("expected " + expectedContentType + " at " + relative + ", but it is " + type);
            }
            return page;
        }

        public HtmlPage getPage(Item item) throws IOException, SAXException {
            return getPage(item, "");
        }

        public HtmlPage getPage(Item item, String relative) throws IOException, SAXException {
            return goTo(item.getUrl() + relative);
        }

        public HtmlPage getPage(Run<?, ?> r) throws IOException, SAXException {
            return getPage(r, "");
        }

        public HtmlPage getPage(Run<?, ?> run, String relative) throws IOException, SAXException {
            return goTo(run.getUrl() + relative);
        }

        /** Fails unless the address answers with this status. */
        public void assertFails(String url, int statusCode) throws Exception {
            try {
                super.getPage(new URL(getContextPath() + url));
            } catch (FailingHttpStatusCodeException e) {
                if (e.getStatusCode() == statusCode) {
                    return;
                }
                throw e;
            }
            throw new AssertionError(url + " should have been rejected but produced a page");
        }

        public JSONWebResponse getJSON(String path) throws IOException {
            return new JSONWebResponse(
                    super.getPage(new URL(getContextPath() + path)).getWebResponse());
        }

        /** The address with a slash at the end. */
        public String getContextPath() throws IOException {
            return getURL().toExternalForm();
        }

        /** The request with the crumb of this browser's session. */
        public WebRequest addCrumb(WebRequest req) throws IOException {
            JSONObject crumb = getJSON("crumbIssuer/api/json").getJSONObject();
            req.setAdditionalHeader(crumb.getString("crumbRequestField"), crumb.getString("crumb"));
            return req;
        }
    }

    /** An answer read as JSON. */
    public static class JSONWebResponse extends WebResponseWrapper {
        private static final long serialVersionUID = 1L;

        public JSONWebResponse(WebResponse webResponse) {
            super(webResponse);
        }

        public JSONObject getJSONObject() {
            return JSONObject.fromObject(getContentAsString());
        }
    }

    /** Takes every user whose password is the name. */
    public static class DummySecurityRealm extends AbstractPasswordBasedSecurityRealm {
        private final Map<String, Set<String>> groupsByUser = new HashMap<>();

        DummySecurityRealm() {}

        @Override
        protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
            if (username.equals(password)) {
                return loadUserByUsername2(username);
            }
            throw new BadCredentialsException(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
            List<GrantedAuthority> groups = new ArrayList<>(List.of(AUTHENTICATED_AUTHORITY2));
            groupsByUser
                    .getOrDefault(username, Set.of())
                    .forEach(group -> groups.add(new SimpleGrantedAuthority(group)));
            return new org.springframework.security.core.userdetails.User(username, "", groups);
        }

        /** Puts the user into groups. */
        public void addGroups(String username, String... groups) {
            groupsByUser.computeIfAbsent(username, key -> new TreeSet<>()).addAll(Arrays.asList(groups));
        }
    }
}
