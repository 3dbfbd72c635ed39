package io.jenkins.plugins.shera.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The one way in for writing web methods: permission first, then size, syntax and rules; every no becomes JSON and a line of the
 * audit trail. The method itself carries {@code @RequirePOST}.
 *
 * <pre>return WebWrite.of(request, "tenant.update", id).permitted(Permission, allowed).run(fields -&gt; ...);</pre>
 */
public final class WebWrite {

    private static final Logger LOGGER = Logger.getLogger(WebWrite.class.getName());

    /** What a request asks for; returns the answer, which {@link JsonAnswer#ok()} begins. */
    @FunctionalInterface
    public interface Work {
        /** Reads the fields, does the work. */
        ObjectNode apply(Fields fields) throws IOException;
    }

    /** What an upload asks for. */
    @FunctionalInterface
    public interface RawWork {
        /** Reads the body, does the work. */
        ObjectNode apply(InputStream body) throws IOException;
    }

    private interface Answering {
        ObjectNode get() throws IOException;
    }

    private final StaplerRequest2 request;
    private final String what;
    private final String subject;
    private String tenant = "";
    private Permission permission;
    private boolean allowed;

    private WebWrite(StaplerRequest2 request, String what, String subject) {
        this.request = request;
        this.what = what;
        this.subject = subject;
    }

    /** {@code what} and {@code subject} name the change in the audit trail, as {@code tenant.update} and {@code payments}. */
    public static WebWrite of(StaplerRequest2 request, String what, String subject) {
        return new WebWrite(request, what, subject);
    }

    /** The id of the tenant concerned. */
    public WebWrite tenant(String id) {
        tenant = id;
        return this;
    }

    /** Who may: the caller must pass this check, which is made now. */
    public WebWrite permitted(Permission needed, Predicate<Permission> check) {
        permission = needed;
        allowed = check.test(needed);
        return this;
    }

    /** Whether the request only wants to know if it would be refused ({@code ?check=true}): nothing is stored, nothing is audited. */
    public static boolean checkOnly(StaplerRequest2 request) {
        String query = request.getQueryString();
        return query != null && List.of(query.split("&")).contains("check=true");
    }

    /** Runs the work, or says why not. Fields the work does not read are refused before anything it returns is sent. */
    public HttpResponse run(Work work) {
        return answer(() -> {
            JsonNode body = RequestBody.read(request);
            return work.apply(new Fields(body, ""));
        });
    }

    private HttpResponse answer(Answering work) {
        try {
            if (!allowed) {
                throw Refusal.forbidden(
                        "",
                        Messages.WebWrite_permission(
                                Jenkins.getAuthentication2().getName(), permission.name),
                        Messages.WebWrite_permission_next());
            }
            return JsonAnswer.of(work.get());
        } catch (Refusal refusal) {
            if (!checkOnly(request) || refusal.kind() == Refusal.Kind.FORBIDDEN) {
                audit().refused(refusal.getMessage());
            }
            return JsonAnswer.of(refusal);
        } catch (IOException | RuntimeException e) {
            String mark = UUID.randomUUID().toString().substring(0, 8);
            LOGGER.log(Level.WARNING, "request " + mark + " (" + what + " " + subject + ") failed", e);
            audit().failed(e.getClass().getSimpleName() + ", " + mark);
            return JsonAnswer.internal(
                    Messages.WebWrite_failed(),
                    Messages.WebWrite_failed_why(mark),
                    Messages.WebWrite_failed_next(mark));
        }
    }

    /** The same for a body that is no JSON and may be large: the work reads it itself, with a limit of its own. */
    public HttpResponse runRaw(RawWork work) {
        return answer(() -> work.apply(request.getInputStream()));
    }

    private AuditLine audit() {
        return AuditLine.of(what, subject).tenant(tenant);
    }
}
