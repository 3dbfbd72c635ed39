package org.jvnet.hudson.test;

import hudson.Launcher;
import hudson.Util;
import hudson.model.Hudson;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.RootAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.shera.harness.testing.Polling;
import io.jenkins.plugins.shera.harness.testing.TestHost;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

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
        Polling.until(() -> !isSomethingHappening(), Math.max(1, timeout / 1000), () -> "Jenkins is still doing something");
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
