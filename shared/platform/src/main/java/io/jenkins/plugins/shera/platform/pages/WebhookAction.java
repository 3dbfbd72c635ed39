package io.jenkins.plugins.shera.platform.pages;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.shera.platform.extension.WebhookReceiver;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.RawBody;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The one door for outside systems, {@code /shera-webhook/post/<receiver>/<key>}: nobody is logged in and no crumb is asked for, so the
 * receiver's proof comes before anything else, and every no is the same 404.
 */
@Extension
public class WebhookAction implements UnprotectedRootAction {

    /** First part of the address. */
    static final String URL = "shera-webhook";

    private static final Logger LOGGER = Logger.getLogger(WebhookAction.class.getName());

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
        return URL;
    }

    /** Takes one message. */
    @RequirePOST
    @WebMethod(name = "post")
    public HttpResponse doPost(StaplerRequest2 request) throws IOException {
        String[] path = request.getRestOfPath().split("/", 4);
        if (path.length != 3) {
            return HttpResponses.notFound();
        }
        byte[] body;
        try {
            body = RawBody.read(request);
        } catch (Refusal e) {
            // Nobody has proven anything yet, so there is neither an explanation nor a line in the log.
            return HttpResponses.status(413);
        }
        for (WebhookReceiver receiver : ExtensionList.lookup(WebhookReceiver.class)) {
            if (receiver.name().equals(path[1])
                    && receiver.accepts(path[2], request.getHeader(receiver.proofHeader()), body)) {
                return receive(receiver, path[2], query(request), body);
            }
        }
        return HttpResponses.notFound();
    }

    private static HttpResponse receive(WebhookReceiver receiver, String key, Map<String, String> query, byte[] body) {
        try {
            receiver.receive(key, query, body);
            return HttpResponses.status(204);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, receiver.name() + " could not work on a message", e);
            return HttpResponses.status(500);
        }
    }

    private static Map<String, String> query(StaplerRequest2 request) {
        Map<String, String> query = new HashMap<>();
        String text = request.getQueryString();
        if (text != null) {
            for (String pair : text.split("&", 50)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
