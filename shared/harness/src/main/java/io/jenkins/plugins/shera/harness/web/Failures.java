package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns what a page throws into an answer: denied is 403, the rest 500 with an id that stands in the log beside the trace. */
final class Failures extends WebFilter {
    static final String ID = Failures.class.getName() + ".id";
    private static final Logger LOGGER = Logger.getLogger(Failures.class.getName());
    private final Site site;

    Failures(Site site) {
        this.site = site;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        try {
            next.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | LinkageError e) {
            if (response.isCommitted()) {
                LOGGER.log(Level.FINE, "The answer to " + request.getRequestURI() + " was cut off", e);
                return;
            }
            response.reset();
            new SecurityHeaders().filter(request, response, (a, b) -> {});
            if (denied(e)) {
                Denial.answer(request, response, site, site.current());
                return;
            }
            String id = UUID.randomUUID().toString();
            request.setAttribute(ID, id);
            LOGGER.log(Level.WARNING, "Error while serving " + request.getRequestURI() + ", id " + id, e);
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    private boolean denied(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (site.isDenial(t)) {
                return true;
            }
        }
        return false;
    }
}
