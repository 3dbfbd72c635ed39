package io.jenkins.plugins.shera.platform.rest;

import io.jenkins.plugins.shera.platform.input.Refusal;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A read that is refused: thrown from a getter on the way to {@code api/json}, it is answered as a write would be. */
public final class RefusedRead extends RuntimeException implements HttpResponse {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** The answer's status is that of the refusal's kind. */
    public RefusedRead(Refusal refusal) {
        super(refusal.getMessage(), refusal);
        this.refusal = refusal;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        JsonAnswer.of(refusal).generateResponse(request, response, node);
    }
}
