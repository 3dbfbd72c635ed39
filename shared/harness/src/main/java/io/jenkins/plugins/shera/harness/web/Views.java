package io.jenkins.plugins.shera.harness.web;

import org.kohsuke.stapler.CancelRequestHandlingException;
import org.kohsuke.stapler.DispatchValidator;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Which views answer a request: the index, and those that say they are a page (by {@code l:layout}, {@code l:view},
 * {@code l:ajax} or a content type). A fragment such as {@code config.jelly} is 404, as in Jenkins.
 */
final class Views implements DispatchValidator {
    private static final String ALLOWED = Views.class.getName();

    @Override
    public Boolean isDispatchAllowed(StaplerRequest2 request, StaplerResponse2 response) {
        boolean allowed = request.getAttribute(ALLOWED) != null
                || response.getContentType() != null
                || response.getStatus() >= 300;
        return allowed ? Boolean.TRUE : null;
    }

    @Override
    public Boolean isDispatchAllowed(StaplerRequest2 request, StaplerResponse2 response, String view, Object node) {
        if (view.equals("index")) {
            allowDispatch(request, response);
        }
        return isDispatchAllowed(request, response);
    }

    @Override
    public void allowDispatch(StaplerRequest2 request, StaplerResponse2 response) {
        request.setAttribute(ALLOWED, true);
    }

    @Override
    public void requireDispatchAllowed(StaplerRequest2 request, StaplerResponse2 response)
            throws CancelRequestHandlingException {
        if (!Boolean.TRUE.equals(isDispatchAllowed(request, response))) {
            throw new CancelRequestHandlingException();
        }
    }
}
