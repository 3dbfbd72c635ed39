package io.jenkins.plugins.shera.harness.testing;

import hudson.model.Hudson;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.pages.JenkinsSite;
import io.jenkins.plugins.shera.harness.web.WebServer;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;

/** A Jenkins that runs, with its web server on a free port. */
public final class TestHost implements AutoCloseable {
    private final Jenkins jenkins;
    private final WebServer server;
    private final ACLContext identity;

    private TestHost(Jenkins jenkins, WebServer server, ACLContext identity) {
        this.jenkins = jenkins;
        this.server = server;
        this.identity = identity;
    }

    /** Starts Jenkins in the home; until closed, this thread acts as SYSTEM, as in jenkins-test-harness. */
    public static TestHost start(File home, String contextPath) throws IOException, InterruptedException {
        ACLContext identity = ACL.as2(ACL.SYSTEM2);
        Jenkins jenkins = null;
        try {
            jenkins = new Hudson(home, null);
            WebServer server = WebServer.start(new JenkinsSite(jenkins), 0, contextPath);
            return new TestHost(jenkins, server, identity);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            identity.close();
            if (jenkins != null) {
                jenkins.cleanUp();
            }
            throw e;
        }
    }

    /** The address of the pages, with a slash at the end. */
    public String address() {
        return server.address();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            jenkins.cleanUp();
            identity.close();
        }
    }
}
