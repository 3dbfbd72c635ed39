package io.jenkins.plugins.shera.harness.web;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import java.io.IOException;
import jenkins.websocket.WebSocketSession;
import jenkins.websocket.WebSockets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** Something with every kind of method, good and bad. */
@Extension
public final class Sample implements UnprotectedRootAction {
    public final Plain field = new Plain();

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return "Sample";
    }

    @Override
    public String getUrlName() {
        return "sample";
    }

    /** A type without any web method is no part of an address. */
    public Plain getPlain() {
        return new Plain();
    }

    @GET
    @WebMethod(name = "greet")
    public HttpResponse doGreet(@QueryParameter String name) {
        return HttpResponses.text("hello " + name);
    }

    @POST
    public HttpResponse doChange() {
        return HttpResponses.text("changed");
    }

    /** Named like a web method, but neither marked as one nor speaking HTTP. */
    public String doSecret() {
        return "secret";
    }

    public HttpResponse doFail() {
        throw new IllegalStateException("inner detail");
    }

    @GET
    public HttpResponse doEcho(StaplerRequest2 request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.equals("http://" + request.getHeader("Host"))) {
            return HttpResponses.error(403, "another origin");
        }
        return WebSockets.upgrade(new WebSocketSession() {
            @Override
            protected void text(String message) throws IOException {
                sendText("echo " + message);
            }
        });
    }

    /** Has a view, but no web method. */
    public static final class Plain {
        public String getSecret() {
            return "secret";
        }
    }
}
